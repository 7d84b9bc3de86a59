/**
 * What happened in a deployment, for people to look at while it runs and years later: written line by line as it
 * happens, and read as a whole. Nothing is decided by it.
 */
package io.jenkins.plugins.amideploy.core.history;
