/** {@code make bench}: what the procedures take in time, calls and memory, held against their budgets. */
package io.jenkins.plugins.amideploy.core.bench;
