/**
 * {@code rollingAmiDeploy}: points a group at a new image and replaces its instances a few at a time, streamed, never
 * below the floor.
 */
package io.jenkins.plugins.amideploy.core.rolling;
