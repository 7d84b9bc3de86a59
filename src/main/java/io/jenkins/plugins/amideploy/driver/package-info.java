/**
 * Drives deployments on the controller, one tick after the other, for whoever started them: a Pipeline step, a build
 * step, or nobody any more. A deployment is kept in a file of its own until it has ended, so it goes on after a restart
 * and is unwound where its build is gone.
 */
package io.jenkins.plugins.amideploy.driver;
