/**
 * Tries a connection to AWS without changing anything: who is calling, and what of the documented policies is missing.
 */
package io.jenkins.plugins.amideploy.config.connection;
