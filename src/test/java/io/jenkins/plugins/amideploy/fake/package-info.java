/**
 * A procedure without AWS, for tests of what drives procedures: it counts instances in a file up and, unwinding, down
 * again. The file is its world, and is still there after a crash.
 */
package io.jenkins.plugins.amideploy.fake;
