/** The build steps of freestyle jobs. */
package io.jenkins.plugins.amideploy.freestyle;
