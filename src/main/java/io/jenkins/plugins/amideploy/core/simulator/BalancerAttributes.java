package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes and what they are by default: Elastic Load Balancing API Reference (2015-12-01), "LoadBalancerAttribute",
 * "TargetGroupAttribute", "ListenerAttribute".
 */
final class BalancerAttributes {
    private static final String LOGS = "access_logs.s3.enabled=false access_logs.s3.bucket= access_logs.s3.prefix="
            + " deletion_protection.enabled=false zonal_shift.config.enabled=false"
            + " ipv6.deny_all_igw_traffic=false ";
    private static final String APPLICATION = LOGS
            + "connection_logs.s3.enabled=false connection_logs.s3.bucket= connection_logs.s3.prefix="
            + " idle_timeout.timeout_seconds=60 client_keep_alive.seconds=3600 routing.http2.enabled=true"
            + " routing.http.drop_invalid_header_fields.enabled=false routing.http.xff_client_port.enabled=false"
            + " routing.http.preserve_host_header.enabled=false routing.http.xff_header_processing.mode=append"
            + " load_balancing.cross_zone.enabled=true routing.http.desync_mitigation_mode=defensive"
            + " waf.fail_open.enabled=false routing.http.x_amzn_tls_version_and_cipher_suite.enabled=false";
    private static final String NETWORK = LOGS + "load_balancing.cross_zone.enabled=false"
            + " dns_record.client_routing_policy=any_availability_zone secondary_ips.auto_assigned.per_subnet=0";
    private static final String TARGETS = "deregistration_delay.timeout_seconds=300 stickiness.enabled=false"
            + " load_balancing.cross_zone.enabled=use_load_balancer_configuration"
            + " target_group_health.dns_failover.minimum_healthy_targets.count=1"
            + " target_group_health.dns_failover.minimum_healthy_targets.percentage=off"
            + " target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=1"
            + " target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=off ";
    private static final String HTTP_TARGETS = TARGETS
            + "stickiness.type=lb_cookie stickiness.lb_cookie.duration_seconds=86400"
            + " stickiness.app_cookie.duration_seconds=86400 stickiness.app_cookie.cookie_name="
            + " slow_start.duration_seconds=0 load_balancing.algorithm.type=round_robin"
            + " load_balancing.algorithm.anomaly_mitigation=off";
    private static final String OTHER_TARGETS = TARGETS
            + "stickiness.type=source_ip deregistration_delay.connection_termination.enabled=false"
            + " preserve_client_ip.enabled=true proxy_protocol_v2.enabled=false"
            + " target_health_state.unhealthy.connection_termination.enabled=true"
            + " target_health_state.unhealthy.draining_interval_seconds=0";
    private static final String HTTP_LISTENER = "routing.http.response.server.enabled=true"
            + " routing.http.response.strict_transport_security.header_value="
            + " routing.http.response.content_security_policy.header_value="
            + " routing.http.response.x_content_type_options.header_value="
            + " routing.http.response.x_frame_options.header_value=";
    private static final String HTTPS_LISTENER = HTTP_LISTENER + " routing.http.request.x_amzn_tls_version.header_name="
            + " routing.http.request.x_amzn_tls_cipher_suite.header_name=";

    private BalancerAttributes() {}

    static Map<String, String> ofLoadBalancer(boolean application) {
        return parse(application ? APPLICATION : NETWORK);
    }

    static Map<String, String> ofTargetGroup(String protocol) {
        return parse(protocol.startsWith("HTTP") ? HTTP_TARGETS : OTHER_TARGETS);
    }

    static Map<String, String> ofListener(String protocol) {
        return switch (protocol) {
            case "HTTP" -> parse(HTTP_LISTENER);
            case "HTTPS" -> parse(HTTPS_LISTENER);
            case "TCP" -> parse("tcp.idle_timeout.seconds=350");
            default -> new TreeMap<>();
        };
    }

    /** @param defaults attributes as {@code key=value}, with blanks between */
    private static Map<String, String> parse(String defaults) {
        Map<String, String> attributes = new TreeMap<>();
        for (String attribute : defaults.strip().split(" +")) {
            int end = attribute.indexOf('=');
            attributes.put(attribute.substring(0, end), attribute.substring(end + 1));
        }
        return attributes;
    }

    /** Sets all of them, or none where AWS would not take one. */
    static void put(Map<String, String> on, Map<String, String> changes) {
        changes.forEach((key, value) -> {
            if (!on.containsKey(key)) {
                throw invalid("Attribute key '" + key + "' is not recognized");
            }
            if (value.isEmpty() && (key.endsWith(".bucket") || key.endsWith(".cookie_name"))) {
                throw invalid("The value of attribute '" + key + "' cannot be empty");
            }
        });
        Map<String, String> all = new TreeMap<>(on);
        all.putAll(changes);
        for (String kind : new String[] {"access_logs.s3", "connection_logs.s3"}) {
            if ("true".equals(all.get(kind + ".enabled"))
                    && all.get(kind + ".bucket").isEmpty()) {
                throw invalid("The attribute '" + kind + ".bucket' must be specified when logs are enabled");
            }
        }
        on.putAll(all);
    }

    private static Rejection invalid(String message) {
        return Service.ELB_V2.rejection("ValidationError", message);
    }
}
