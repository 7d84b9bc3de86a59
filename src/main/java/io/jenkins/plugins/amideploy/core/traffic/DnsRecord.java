package io.jenkins.plugins.amideploy.core.traffic;

/**
 * The name by which visitors come, as the user gives it.
 *
 * @param hostedZone the id of its hosted zone or the zone's name
 * @param name of the record, with or without its final dot
 * @param role the ARN of the role that may change the zone; empty for the deployment's own credentials
 */
public record DnsRecord(String hostedZone, String name, String role) {}
