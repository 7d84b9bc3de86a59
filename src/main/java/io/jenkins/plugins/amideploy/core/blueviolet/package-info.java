/**
 * {@code blueVioletDeploy}: a second group on the new image beside the live one, behind the same balancers; when it
 * serves, the old one goes.
 */
package io.jenkins.plugins.amideploy.core.blueviolet;
