/** The plugin in the console, without Jenkins and without AWS. */
package io.jenkins.plugins.amideploy.core.demo;
