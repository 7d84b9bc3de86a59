package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesResponse;

/**
 * A listener's certificates beside its default one: Elastic Load Balancing API Reference (2015-12-01),
 * "AddListenerCertificates" (nothing happens where it has it already), "DescribeListenerCertificates" (which shows the
 * default one, too).
 */
final class ListenerCertificates {
    private final World world;

    ListenerCertificates(World world, Operations operations) {
        this.world = world;
        operations.on(Service.ELB_V2, AddListenerCertificatesRequest.class, this::add);
        operations.on(Service.ELB_V2, RemoveListenerCertificatesRequest.class, this::remove);
        operations.on(Service.ELB_V2, DescribeListenerCertificatesRequest.class, this::describe);
    }

    private AddListenerCertificatesResponse add(AddListenerCertificatesRequest request) {
        SimulatedListener listener = SimulatedListener.find(world, request.listenerArn());
        if (listener.settings.certificates().isEmpty()) {
            throw Service.ELB_V2.rejection(
                    "ValidationError", "Certificates cannot be added to a listener that is not secure");
        }
        request.certificates().forEach(certificate -> listener.certificates.add(certificate.certificateArn()));
        return AddListenerCertificatesResponse.builder()
                .certificates(request.certificates())
                .build();
    }

    private RemoveListenerCertificatesResponse remove(RemoveListenerCertificatesRequest request) {
        SimulatedListener listener = SimulatedListener.find(world, request.listenerArn());
        request.certificates().forEach(certificate -> listener.certificates.remove(certificate.certificateArn()));
        return RemoveListenerCertificatesResponse.builder().build();
    }

    private DescribeListenerCertificatesResponse describe(DescribeListenerCertificatesRequest request) {
        SimulatedListener listener = SimulatedListener.find(world, request.listenerArn());
        List<Certificate> all = new ArrayList<>();
        listener.settings
                .certificates()
                .forEach(certificate ->
                        all.add(certificate.toBuilder().isDefault(true).build()));
        listener.certificates.forEach(arn -> all.add(
                Certificate.builder().certificateArn(arn).isDefault(false).build()));
        Pages<Certificate> page =
                Pages.of(all, request.marker(), request.pageSize(), 400, TargetGroupOperations.badMarker());
        return DescribeListenerCertificatesResponse.builder()
                .certificates(page.items())
                .nextMarker(page.nextToken())
                .build();
    }
}
