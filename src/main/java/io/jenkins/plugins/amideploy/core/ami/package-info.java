/**
 * {@code buildAmi}: launches a temporary instance, lets it be provisioned, makes an image of it, and leaves nothing else
 * behind. {@link io.jenkins.plugins.amideploy.core.ami.BuildAmi} hands each tick to the phase that the build is in.
 */
package io.jenkins.plugins.amideploy.core.ami;
