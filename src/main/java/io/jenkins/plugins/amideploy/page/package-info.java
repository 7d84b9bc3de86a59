/** Pages: the deployment page of a build. They show what the driver has kept, and change nothing. */
package io.jenkins.plugins.amideploy.page;
