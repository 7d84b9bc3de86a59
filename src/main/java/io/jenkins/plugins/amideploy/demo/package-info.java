/** Demo jobs on a simulated AWS, for whoever starts the plugin without an AWS account. Asleep unless switched on. */
package io.jenkins.plugins.amideploy.demo;
