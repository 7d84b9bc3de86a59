/**
 * The SDK clients, shared per credentials and region, and the one place that reads groups, instances, health and
 * activities. Nothing here decides anything; it tells what AWS says and how AWS failed.
 */
package io.jenkins.plugins.amideploy.core.aws;
