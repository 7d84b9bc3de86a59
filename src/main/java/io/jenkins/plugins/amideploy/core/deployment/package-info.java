/**
 * What every procedure runs on: the state machine contract, the runner, the lease and the way back kept on the group,
 * and the events for the console.
 */
package io.jenkins.plugins.amideploy.core.deployment;
