package io.jenkins.plugins.amideploy.core.simulator;

import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Parameters that name images: AWS Systems Manager API Reference, "GetParameter" and "GetParameters". */
final class ParameterOperations {
    private final World world;

    ParameterOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.SSM, GetParameterRequest.class, this::one);
        operations.on(Service.SSM, GetParametersRequest.class, this::several);
    }

    private GetParameterResponse one(GetParameterRequest request) {
        if (!world.parameters.containsKey(request.name())) {
            throw new Rejection(
                    ParameterNotFoundException.builder(),
                    400,
                    "ParameterNotFound",
                    "Parameter " + request.name() + " not found.");
        }
        return GetParameterResponse.builder().parameter(of(request.name())).build();
    }

    private GetParametersResponse several(GetParametersRequest request) {
        return GetParametersResponse.builder()
                .parameters(request.names().stream()
                        .filter(world.parameters::containsKey)
                        .map(this::of)
                        .toList())
                .invalidParameters(request.names().stream()
                        .filter(name -> !world.parameters.containsKey(name))
                        .toList())
                .build();
    }

    private Parameter of(String name) {
        return Parameter.builder()
                .name(name)
                .type(ParameterType.STRING)
                .value(world.parameters.get(name))
                .version(1L)
                .build();
    }
}
