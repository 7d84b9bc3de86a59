/** What the documentation tells people to write works. */
package io.jenkins.plugins.amideploy.docs;
