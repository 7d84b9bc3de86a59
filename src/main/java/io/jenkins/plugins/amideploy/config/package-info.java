/**
 * What an administrator sets once, whose credentials a build may use, and what the forms of steps and build steps
 * share.
 */
package io.jenkins.plugins.amideploy.config;
