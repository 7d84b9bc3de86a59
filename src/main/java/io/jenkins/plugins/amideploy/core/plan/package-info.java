/** Plays a deployment on the simulator: what {@code plan: true} prints, and what the demo and the benchmark show. */
package io.jenkins.plugins.amideploy.core.plan;
