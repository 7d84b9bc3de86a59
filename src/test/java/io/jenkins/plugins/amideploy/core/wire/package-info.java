/**
 * The procedures over the wire, against moto's server: an AWS that was not written here. It has no states and no time,
 * so it proves that our requests are ones that AWS understands and that a deployment of them ends where it should.
 */
package io.jenkins.plugins.amideploy.core.wire;
