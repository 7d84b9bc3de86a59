/**
 * Load balancers: what one consists of, a copy of it, its removal, capacity reserved for it, and the bridge that lets a
 * new group serve behind an old one. Used by the procedures that change them.
 */
package io.jenkins.plugins.amideploy.core.balancer;
