/** The Pipeline steps, and the one execution that all of them have. */
package io.jenkins.plugins.amideploy.pipeline;
