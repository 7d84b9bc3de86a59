/**
 * {@code blueGreenCutover}: a second group on the new image behind a load balancer of its own; traffic is moved over in
 * steps, and back if need be; when nothing reaches the old side any more, it goes.
 */
package io.jenkins.plugins.amideploy.core.bluegreen;
