/**
 * Who reaches which side: how new visitors are divided between an old and a new side that both serve, and whether the old
 * side still has any. A room that procedures share; it knows none of them.
 */
package io.jenkins.plugins.amideploy.core.traffic;
