/**
 * AWS in memory on a virtual clock, behind the SDK's own client interfaces: what every procedure is proved on, and what
 * the plan and the demo run on.
 *
 * <p>It behaves as AWS documents; where AWS does not document a behaviour, the one that is harder for a deployer was
 * chosen, and the class that models it says so. One seed decides everything that is drawn.
 */
package io.jenkins.plugins.amideploy.core.simulator;
