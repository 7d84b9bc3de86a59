/** What the documentation shows is what happens. */
package io.jenkins.plugins.amideploy.core.docs;
