package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** What a target group has that does not ask for it: Elastic Load Balancing API Reference, "CreateTargetGroup". */
final class TargetGroupSettings {
    private TargetGroupSettings() {}

    static BalancerCheck check(CreateTargetGroupRequest complete) {
        return new BalancerCheck(
                Duration.ofSeconds(complete.healthCheckIntervalSeconds()),
                complete.healthyThresholdCount(),
                complete.unhealthyThresholdCount());
    }

    static CreateTargetGroupRequest of(TargetGroupSpec spec) {
        return CreateTargetGroupRequest.builder()
                .name(spec.name())
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .vpcId(Subnets.VPC)
                .targetType(TargetTypeEnum.INSTANCE)
                .healthCheckEnabled(true)
                .healthCheckProtocol(ProtocolEnum.HTTP)
                .healthCheckPort("traffic-port")
                .healthCheckPath("/")
                .healthCheckIntervalSeconds((int) spec.check().interval().toSeconds())
                .healthCheckTimeoutSeconds(5)
                .healthyThresholdCount(spec.check().healthy())
                .unhealthyThresholdCount(spec.check().unhealthy())
                .matcher(matcher -> matcher.httpCode("200"))
                .protocolVersion("HTTP1")
                .ipAddressType("ipv4")
                .build();
    }

    static CreateTargetGroupRequest complete(CreateTargetGroupRequest asked) {
        boolean http = asked.protocolAsString().startsWith("HTTP");
        ProtocolEnum check = asked.healthCheckProtocol() != null
                ? asked.healthCheckProtocol()
                : http ? ProtocolEnum.HTTP : ProtocolEnum.TCP;
        boolean httpCheck = check != ProtocolEnum.TCP;
        CreateTargetGroupRequest.Builder complete = asked.toBuilder()
                .targetType(asked.targetType() == null ? TargetTypeEnum.INSTANCE : asked.targetType())
                .ipAddressType(asked.ipAddressTypeAsString() == null ? "ipv4" : asked.ipAddressTypeAsString())
                .healthCheckEnabled(true)
                .healthCheckProtocol(check)
                .healthCheckPort(or(asked.healthCheckPort(), "traffic-port"))
                .healthCheckIntervalSeconds(or(asked.healthCheckIntervalSeconds(), 30))
                .healthCheckTimeoutSeconds(or(asked.healthCheckTimeoutSeconds(), http ? 5 : httpCheck ? 6 : 10))
                .healthyThresholdCount(or(asked.healthyThresholdCount(), 5))
                .unhealthyThresholdCount(or(asked.unhealthyThresholdCount(), 2));
        if (http) {
            complete.protocolVersion(or(asked.protocolVersion(), "HTTP1"));
        }
        if (httpCheck) {
            complete.healthCheckPath(or(asked.healthCheckPath(), "/"))
                    .matcher(asked.matcher() == null ? matcher(http) : asked.matcher());
        }
        return complete.build();
    }

    private static Matcher matcher(boolean http) {
        return Matcher.builder().httpCode(http ? "200" : "200-399").build();
    }

    private static <T> T or(T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }
}
