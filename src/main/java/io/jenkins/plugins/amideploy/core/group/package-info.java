/**
 * What the procedures that deploy to a group have in common about groups: what a group launches from and copies of it,
 * whether an image fits, alarms, lifecycle hooks.
 */
package io.jenkins.plugins.amideploy.core.group;
