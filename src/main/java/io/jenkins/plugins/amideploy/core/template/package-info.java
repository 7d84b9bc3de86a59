/** Reads CloudFormation templates as plain maps, lists and texts; nothing here knows what they mean. */
package io.jenkins.plugins.amideploy.core.template;
