package io.jenkins.plugins.amideploy.core.balancer;

import io.jenkins.plugins.amideploy.core.simulator.Clients;
import io.jenkins.plugins.amideploy.core.simulator.SimulatedAws;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancing.model.AdditionalAttribute;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RewriteConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Load balancers that have everything that one of their kind can have. */
final class Maximal {
    private static final String CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/";
    private static final String TRUST =
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/0123456789abcdef";

    private final Clients clients;
    private final SimulatedAws aws;

    Maximal(SimulatedAws aws) {
        this.aws = aws;
        this.clients = aws.operator();
    }

    private List<String> subnets() {
        return clients.ec2().describeSubnets(r -> {}).subnets().stream()
                .map(Subnet::subnetId)
                .toList();
    }

    String securityGroup(String name) {
        return clients.ec2()
                .createSecurityGroup(r -> r.groupName(name).description(name))
                .groupId();
    }

    private static List<Tag> tags(String... pairs) {
        return IntStream.range(0, pairs.length / 2)
                .mapToObj(i ->
                        Tag.builder().key(pairs[2 * i]).value(pairs[2 * i + 1]).build())
                .toList();
    }

    String targetGroup(String name, Map<String, String> attributes) {
        String arn = clients.elbv2()
                .createTargetGroup(r -> r.name(name)
                        .protocol("HTTP")
                        .protocolVersion("HTTP2")
                        .port(8080)
                        .vpcId("vpc-0f000000000000001")
                        .targetType("instance")
                        .healthCheckProtocol("HTTPS")
                        .healthCheckPort("8443")
                        .healthCheckPath("/health?deep=yes")
                        .healthCheckIntervalSeconds(7)
                        .healthCheckTimeoutSeconds(3)
                        .healthyThresholdCount(3)
                        .unhealthyThresholdCount(4)
                        .matcher(m -> m.httpCode("200-299,301"))
                        .tags(tags("role", name, "team", "web")))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        attributes(arn, attributes);
        return arn;
    }

    private void attributes(String targetGroup, Map<String, String> attributes) {
        clients.elbv2()
                .modifyTargetGroupAttributes(r -> r.targetGroupArn(targetGroup)
                        .attributes(attributes.entrySet().stream()
                                .map(e -> TargetGroupAttribute.builder()
                                        .key(e.getKey())
                                        .value(e.getValue())
                                        .build())
                                .toList()));
    }

    private void balancerAttributes(String arn, Map<String, String> attributes) {
        clients.elbv2()
                .modifyLoadBalancerAttributes(r -> r.loadBalancerArn(arn)
                        .attributes(attributes.entrySet().stream()
                                .map(e -> LoadBalancerAttribute.builder()
                                        .key(e.getKey())
                                        .value(e.getValue())
                                        .build())
                                .toList()));
    }

    private static Action forward(Map<String, Integer> weights, boolean sticky) {
        return Action.builder()
                .type("forward")
                .order(2)
                .forwardConfig(config -> config.targetGroups(weights.entrySet().stream()
                                .map(e -> TargetGroupTuple.builder()
                                        .targetGroupArn(e.getKey())
                                        .weight(e.getValue())
                                        .build())
                                .toList())
                        .targetGroupStickinessConfig(
                                stickiness -> stickiness.enabled(sticky).durationSeconds(sticky ? 600 : null)))
                .build();
    }

    private void await(String arn) {
        while (!clients.elbv2()
                .describeLoadBalancers(r -> r.loadBalancerArns(arn))
                .loadBalancers()
                .get(0)
                .state()
                .codeAsString()
                .equals("active")) {
            aws.clock().advance(Duration.ofSeconds(10));
        }
    }

    /** @return its name */
    String application() {
        String name = "a-long-name-of-a-load-balancer-1";
        String stable = targetGroup(
                "a-very-long-name-of-a-target-grp",
                Map.of(
                        "deregistration_delay.timeout_seconds", "45",
                        "stickiness.enabled", "true",
                        "stickiness.type", "app_cookie",
                        "stickiness.app_cookie.cookie_name", "SESSION",
                        "slow_start.duration_seconds", "90",
                        "load_balancing.cross_zone.enabled", "false"));
        String canary = targetGroup(
                "a-very-long-name-of-a-target-gr2",
                Map.of(
                        "load_balancing.algorithm.type", "weighted_random",
                        "load_balancing.algorithm.anomaly_mitigation", "on"));
        String arn = clients.elbv2()
                .createLoadBalancer(r -> r.name(name)
                        .type("application")
                        .scheme("internal")
                        .ipAddressType("dualstack")
                        .subnets(subnets())
                        .securityGroups(securityGroup("front"), securityGroup("office"))
                        .tags(tags("Name", "web", "cost-centre", "42")))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        balancerAttributes(
                arn,
                Map.of(
                        "access_logs.s3.enabled", "true",
                        "access_logs.s3.bucket", "logs",
                        "access_logs.s3.prefix", "web",
                        "idle_timeout.timeout_seconds", "120",
                        "deletion_protection.enabled", "true",
                        "routing.http.drop_invalid_header_fields.enabled", "true",
                        "waf.fail_open.enabled", "true",
                        "client_keep_alive.seconds", "1800"));
        String https = clients.elbv2()
                .createListener(r -> r.loadBalancerArn(arn)
                        .protocol("HTTPS")
                        .port(443)
                        .sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")
                        .certificates(certificate("default"))
                        .mutualAuthentication(
                                m -> m.mode("verify").trustStoreArn(TRUST).ignoreClientCertificateExpiry(true))
                        .defaultActions(
                                Action.builder()
                                        .type("authenticate-cognito")
                                        .order(1)
                                        .authenticateCognitoConfig(c -> c.userPoolArn("arn:aws:cognito-idp:pool")
                                                .userPoolClientId("client")
                                                .userPoolDomain("login"))
                                        .build(),
                                forward(Map.of(stable, 90, canary, 10), true))
                        .tags(tags("listener", "https")))
                .listeners()
                .get(0)
                .listenerArn();
        clients.elbv2()
                .addListenerCertificates(
                        r -> r.listenerArn(https).certificates(certificate("shop"), certificate("blog")));
        clients.elbv2()
                .modifyListenerAttributes(r -> r.listenerArn(https)
                        .attributes(ListenerAttribute.builder()
                                .key("routing.http.response.strict_transport_security.header_value")
                                .value("max-age=31536000")
                                .build()));
        rules(https, stable, canary);
        clients.elbv2()
                .createListener(r -> r.loadBalancerArn(arn)
                        .protocol("HTTP")
                        .port(80)
                        .defaultActions(Action.builder()
                                .type("redirect")
                                .redirectConfig(
                                        to -> to.protocol("HTTPS").port("443").statusCode("HTTP_301"))
                                .build()));
        await(arn);
        return name;
    }

    private static Certificate certificate(String name) {
        return Certificate.builder().certificateArn(CERTIFICATE + name).build();
    }

    private void rules(String listener, String stable, String canary) {
        rule(
                listener,
                10,
                Action.builder().type("forward").targetGroupArn(canary).build(),
                null,
                List.of(
                        RuleCondition.builder()
                                .field("host-header")
                                .hostHeaderConfig(c -> c.values("canary.example.org", "*.beta.example.org"))
                                .build(),
                        RuleCondition.builder()
                                .field("http-header")
                                .httpHeaderConfig(
                                        c -> c.httpHeaderName("X-Beta").values("yes"))
                                .build(),
                        RuleCondition.builder()
                                .field("source-ip")
                                .sourceIpConfig(c -> c.values("10.0.0.0/8"))
                                .build()));
        rule(
                listener,
                20,
                forward(Map.of(stable, 1), false),
                null,
                List.of(
                        RuleCondition.builder()
                                .field("path-pattern")
                                .values("/static/*")
                                .build(),
                        RuleCondition.builder()
                                .field("http-request-method")
                                .httpRequestMethodConfig(c -> c.values("GET", "HEAD"))
                                .build(),
                        RuleCondition.builder()
                                .field("query-string")
                                .queryStringConfig(c -> c.values(QueryStringKeyValuePair.builder()
                                        .key("v")
                                        .value("2")
                                        .build()))
                                .build()));
        rule(
                listener,
                30,
                forward(Map.of(stable, 1), false),
                RuleTransform.builder()
                        .type("url-rewrite")
                        .urlRewriteConfig(c -> c.rewrites(RewriteConfig.builder()
                                .regex("^/old/(.*)")
                                .replace("/new/$1")
                                .build()))
                        .build(),
                List.of(RuleCondition.builder()
                        .field("path-pattern")
                        .pathPatternConfig(c -> c.regexValues("^/old/.*$"))
                        .build()));
        rule(
                listener,
                40,
                Action.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(c ->
                                c.statusCode("404").contentType("text/plain").messageBody("no"))
                        .build(),
                null,
                List.of(RuleCondition.builder()
                        .field("path-pattern")
                        .values("/admin")
                        .build()));
    }

    private void rule(
            String listener, int priority, Action action, RuleTransform transform, List<RuleCondition> conditions) {
        clients.elbv2()
                .createRule(r -> r.listenerArn(listener)
                        .priority(priority)
                        .actions(action)
                        .conditions(conditions)
                        .transforms(transform == null ? List.of() : List.of(transform))
                        .tags(tags("rule", Integer.toString(priority))));
    }

    /** @return its name */
    String network() {
        String name = "edge";
        String tcp = networkTargetGroup("edge-tcp", "TCP", "TCP");
        String udp = networkTargetGroup("edge-udp", "UDP", "HTTP");
        attributes(tcp, Map.of("preserve_client_ip.enabled", "false", "proxy_protocol_v2.enabled", "true"));
        attributes(udp, Map.of("stickiness.enabled", "true", "deregistration_delay.timeout_seconds", "20"));
        String arn = clients.elbv2()
                .createLoadBalancer(r -> r.name(name)
                        .type("network")
                        .scheme("internal")
                        .subnets(subnets())
                        .securityGroups(securityGroup("edge"))
                        .tags(tags("Name", "edge")))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        balancerAttributes(
                arn,
                Map.of(
                        "load_balancing.cross_zone.enabled", "true",
                        "dns_record.client_routing_policy", "availability_zone_affinity"));
        clients.elbv2()
                .createListener(r -> r.loadBalancerArn(arn)
                        .protocol("TLS")
                        .port(443)
                        .sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")
                        .certificates(certificate("edge"))
                        .alpnPolicy("HTTP2Preferred")
                        .defaultActions(Action.builder()
                                .type("forward")
                                .targetGroupArn(tcp)
                                .build()));
        clients.elbv2()
                .createListener(r -> r.loadBalancerArn(arn)
                        .protocol("UDP")
                        .port(53)
                        .defaultActions(Action.builder()
                                .type("forward")
                                .targetGroupArn(udp)
                                .build())
                        .tags(tags("listener", "dns")));
        await(arn);
        return name;
    }

    private String networkTargetGroup(String name, String protocol, String check) {
        return clients.elbv2()
                .createTargetGroup(r -> r.name(name)
                        .protocol(protocol)
                        .port(7000)
                        .vpcId("vpc-0f000000000000001")
                        .healthCheckProtocol(check)
                        .healthCheckIntervalSeconds(12)
                        .healthyThresholdCount(4)
                        .unhealthyThresholdCount(3)
                        .tags(tags("role", name)))
                .targetGroups()
                .get(0)
                .targetGroupArn();
    }

    /** @return its name */
    String classic() {
        String name = "classic";
        clients.elb()
                .createLoadBalancer(r -> r.loadBalancerName(name)
                        .scheme("internal")
                        .subnets(subnets())
                        .securityGroups(securityGroup("classic"))
                        .listeners(
                                classicListener("HTTPS", 443, 8443),
                                classicListener("HTTP", 80, 8080),
                                classicListener("TCP", 25, 2525))
                        .tags(classicTag("Name", "classic"), classicTag("team", "web")));
        clients.elb()
                .configureHealthCheck(r -> r.loadBalancerName(name)
                        .healthCheck(c -> c.target("HTTPS:8443/health")
                                .interval(11)
                                .timeout(4)
                                .healthyThreshold(3)
                                .unhealthyThreshold(5)));
        clients.elb()
                .modifyLoadBalancerAttributes(r -> r.loadBalancerName(name)
                        .loadBalancerAttributes(a -> a.crossZoneLoadBalancing(c -> c.enabled(true))
                                .accessLog(l -> l.enabled(true)
                                        .s3BucketName("logs")
                                        .s3BucketPrefix("classic")
                                        .emitInterval(5))
                                .connectionDraining(d -> d.enabled(true).timeout(77))
                                .connectionSettings(c -> c.idleTimeout(90))
                                .additionalAttributes(AdditionalAttribute.builder()
                                        .key("elb.http.desyncmitigationmode")
                                        .value("strictest")
                                        .build())));
        policy(name, "lb-cookie", "LBCookieStickinessPolicyType", "CookieExpirationPeriod", "300");
        policy(name, "app-cookie", "AppCookieStickinessPolicyType", "CookieName", "SESSION");
        policy(name, "proxy", "ProxyProtocolPolicyType", "ProxyProtocol", "true");
        policy(
                name,
                "tls",
                "SSLNegotiationPolicyType",
                "Reference-Security-Policy",
                "ELBSecurityPolicy-TLS-1-2-2017-01");
        clients.elb()
                .setLoadBalancerPoliciesOfListener(
                        r -> r.loadBalancerName(name).loadBalancerPort(443).policyNames("tls", "app-cookie"));
        clients.elb()
                .setLoadBalancerPoliciesOfListener(
                        r -> r.loadBalancerName(name).loadBalancerPort(80).policyNames("lb-cookie"));
        clients.elb()
                .setLoadBalancerPoliciesForBackendServer(
                        r -> r.loadBalancerName(name).instancePort(2525).policyNames("proxy"));
        return name;
    }

    private static Listener classicListener(String protocol, int port, int instancePort) {
        return Listener.builder()
                .protocol(protocol)
                .loadBalancerPort(port)
                .instanceProtocol(protocol)
                .instancePort(instancePort)
                .sslCertificateId(protocol.equals("HTTPS") ? CERTIFICATE + "classic" : null)
                .build();
    }

    private static software.amazon.awssdk.services.elasticloadbalancing.model.Tag classicTag(String key, String value) {
        return software.amazon.awssdk.services.elasticloadbalancing.model.Tag.builder()
                .key(key)
                .value(value)
                .build();
    }

    private void policy(String balancer, String name, String type, String attribute, String value) {
        clients.elb()
                .createLoadBalancerPolicy(r -> r.loadBalancerName(balancer)
                        .policyName(name)
                        .policyTypeName(type)
                        .policyAttributes(PolicyAttribute.builder()
                                .attributeName(attribute)
                                .attributeValue(value)
                                .build()));
    }
}
