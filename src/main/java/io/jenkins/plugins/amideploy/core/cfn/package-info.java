/**
 * Changes the image in a CloudFormation stack and lets the group's {@code UpdatePolicy} replace the instances:
 * AWS CloudFormation User Guide, "UpdatePolicy attribute", "Update stacks using change sets".
 */
package io.jenkins.plugins.amideploy.core.cfn;
