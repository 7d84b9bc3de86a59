package io.jenkins.plugins.amideploy.core.simulator;

import java.util.Set;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaRequest;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaResponse;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;

/** Service Quotas API Reference, "GetServiceQuota", for the quotas of running On-Demand vCPUs. */
final class ServiceQuotaOperations {
    private static final Set<String> VCPUS = Set.of(
            "L-1216C47A",
            "L-74FC7D96",
            "L-DB2E81BA",
            "L-417A185B",
            "L-7295265B",
            "L-1945791B",
            "L-2C3B7624",
            "L-6E869C2A",
            "L-F7808C92",
            "L-43DA4232");

    private final World world;

    ServiceQuotaOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.SERVICE_QUOTAS, GetServiceQuotaRequest.class, this::get);
    }

    private GetServiceQuotaResponse get(GetServiceQuotaRequest request) {
        Members.only(request, "ServiceCode", "QuotaCode");
        if (!"ec2".equals(request.serviceCode()) || !VCPUS.contains(request.quotaCode())) {
            throw new Rejection(
                    NoSuchResourceException.builder(),
                    400,
                    "NoSuchResourceException",
                    "The request failed because the specified service does not exist.");
        }
        return GetServiceQuotaResponse.builder()
                .quota(quota -> quota.serviceCode("ec2")
                        .quotaCode(request.quotaCode())
                        .unit("None")
                        .value((double) world.quota(Quota.VCPUS)))
                .build();
    }
}
