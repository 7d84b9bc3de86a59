package io.jenkins.plugins.amideploy.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;

class OnDemandTest {
    private static final LaunchSource TEMPLATE = new LaunchSource.Template("lt-1", "1");

    private static LaunchSources.Facts launches(boolean spot) {
        return new LaunchSources.Facts(TEMPLATE, "ami-1", List.of("m5.large"), spot);
    }

    private static MixedInstancesPolicy policy(int base, int percentage, LaunchTemplateOverrides... overrides) {
        return MixedInstancesPolicy.builder()
                .instancesDistribution(
                        d -> d.onDemandBaseCapacity(base).onDemandPercentageAboveBaseCapacity(percentage))
                .launchTemplate(t -> t.overrides(overrides))
                .build();
    }

    @Test
    void aTemplateThatAsksForSpotInstancesNeedsNone() {
        assertEquals(0, OnDemand.of(10, null, launches(true)).capacity());
        assertEquals(10, OnDemand.of(10, null, launches(false)).capacity());
    }

    @Test
    void theBaseComesFirstAndThePercentageIsRoundedUp() {
        assertEquals(4, OnDemand.of(10, policy(2, 20), launches(false)).capacity());
        assertEquals(3, OnDemand.of(3, policy(5, 0), launches(false)).capacity());
        assertEquals(2, OnDemand.of(3, policy(1, 34), launches(false)).capacity());
    }

    @Test
    void aPolicyWithoutDistributionIsOnDemandThroughout() {
        MixedInstancesPolicy plain = MixedInstancesPolicy.builder().build();

        assertEquals(new OnDemand(7, Map.of("m5.large", 1)), OnDemand.of(7, plain, launches(false)));
    }

    @Test
    void overridesCountByTheirWeights() {
        OnDemand some = OnDemand.of(
                8,
                policy(
                        0,
                        100,
                        LaunchTemplateOverrides.builder()
                                .instanceType("c5.large")
                                .build(),
                        LaunchTemplateOverrides.builder()
                                .instanceType("c5.xlarge")
                                .weightedCapacity("2")
                                .build()),
                launches(false));

        assertEquals(Map.of("c5.large", 1, "c5.xlarge", 2), some.weights());
    }

    @Test
    void requirementsSayNoTypes() {
        LaunchTemplateOverrides requirements = LaunchTemplateOverrides.builder()
                .instanceRequirements(r -> r.vCpuCount(v -> v.min(2)))
                .build();

        assertEquals(
                Map.of(),
                OnDemand.of(8, policy(0, 100, requirements), launches(false)).weights());
    }

    @Test
    void theFamilyOfATypeTellsItsQuota() {
        assertEquals(Optional.of(VcpuClass.STANDARD), VcpuClass.of("t3.small"));
        assertEquals(Optional.of(VcpuClass.STANDARD), VcpuClass.of("im4gn.large"));
        assertEquals(Optional.of(VcpuClass.G), VcpuClass.of("g5.xlarge"));
        assertEquals(Optional.of(VcpuClass.G), VcpuClass.of("vt1.3xlarge"));
        assertEquals(Optional.of(VcpuClass.INF), VcpuClass.of("inf2.xlarge"));
        assertEquals(Optional.of(VcpuClass.TRN), VcpuClass.of("trn1.2xlarge"));
        assertEquals(Optional.of(VcpuClass.HIGH_MEMORY), VcpuClass.of("u-6tb1.metal"));
        assertEquals(Optional.of(VcpuClass.X), VcpuClass.of("x2gd.large"));
        assertEquals(Optional.empty(), VcpuClass.of("mac2.metal"));
    }

    @Test
    void typesOfTwoClassesShareNoQuota() {
        assertEquals(Optional.of(VcpuClass.STANDARD), VcpuClass.ofAll(List.of("c5.large", "m5.large")));
        assertEquals(Optional.empty(), VcpuClass.ofAll(List.of("c5.large", "g5.xlarge")));
    }
}
