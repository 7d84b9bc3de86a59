package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponseErrorItem;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponseSuccessItem;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateErrorCode;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * What changes launch templates: Amazon EC2 User Guide, "Launch templates", and "Ensuring idempotency" (the same client
 * token with the same parameters gives the same answer, with others an error).
 */
final class TemplateOperations {
    private final World world;
    private final Map<String, Answer> byToken = new HashMap<>();

    private record Answer(AwsRequest request, AwsResponse response) {}

    TemplateOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, CreateLaunchTemplateRequest.class, this::create);
        operations.on(Service.EC2, CreateLaunchTemplateVersionRequest.class, this::createVersion);
        operations.on(Service.EC2, ModifyLaunchTemplateRequest.class, this::modify);
        operations.on(Service.EC2, DeleteLaunchTemplateRequest.class, this::delete);
        operations.on(Service.EC2, DeleteLaunchTemplateVersionsRequest.class, this::deleteVersions);
    }

    private AwsResponse create(CreateLaunchTemplateRequest request) {
        return once(request.clientToken(), request, () -> {
            String name = request.launchTemplateName();
            if (world.templates.values().stream().anyMatch(template -> template.name.equals(name))) {
                throw Service.EC2.rejection(
                        "InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
            }
            SimulatedTemplate template = new SimulatedTemplate(world, name);
            for (TagSpecification tags : request.tagSpecifications()) {
                tags.tags().forEach(tag -> template.tags.put(tag.key(), tag.value()));
            }
            world.templates.put(template.id, template);
            template.add(response(request.launchTemplateData(), empty()), request.versionDescription());
            return CreateLaunchTemplateResponse.builder()
                    .launchTemplate(template.describe())
                    .build();
        });
    }

    private AwsResponse createVersion(CreateLaunchTemplateVersionRequest request) {
        return once(request.clientToken(), request, () -> {
            SimulatedTemplate template =
                    SimulatedTemplate.find(world, request.launchTemplateId(), request.launchTemplateName());
            ResponseLaunchTemplateData source = request.sourceVersion() == null
                    ? empty()
                    : template.resolve(request.sourceVersion()).launchTemplateData();
            LaunchTemplateVersion version =
                    template.add(response(request.launchTemplateData(), source), request.versionDescription());
            return CreateLaunchTemplateVersionResponse.builder()
                    .launchTemplateVersion(version)
                    .build();
        });
    }

    private AwsResponse once(String token, AwsRequest request, Supplier<AwsResponse> create) {
        Answer before = token == null ? null : byToken.get(token);
        if (before != null && !before.request.equals(request)) {
            throw Service.EC2.rejection(
                    "IdempotentParameterMismatch",
                    "The request uses the same client token as a previous, but non-identical request.");
        }
        if (before != null) {
            return before.response;
        }
        AwsResponse response = create.get();
        if (token != null) {
            byToken.put(token, new Answer(request, response));
        }
        return response;
    }

    private static ResponseLaunchTemplateData empty() {
        return ResponseLaunchTemplateData.builder().build();
    }

    private static ResponseLaunchTemplateData response(
            RequestLaunchTemplateData data, ResponseLaunchTemplateData source) {
        return data == null ? source : Pojos.copy(data, source.toBuilder()).build();
    }

    private ModifyLaunchTemplateResponse modify(ModifyLaunchTemplateRequest request) {
        SimulatedTemplate template =
                SimulatedTemplate.find(world, request.launchTemplateId(), request.launchTemplateName());
        template.makeDefault(template.resolve(request.defaultVersion()).versionNumber());
        return ModifyLaunchTemplateResponse.builder()
                .launchTemplate(template.describe())
                .build();
    }

    private DeleteLaunchTemplateResponse delete(DeleteLaunchTemplateRequest request) {
        SimulatedTemplate template =
                SimulatedTemplate.find(world, request.launchTemplateId(), request.launchTemplateName());
        world.templates.remove(template.id);
        return DeleteLaunchTemplateResponse.builder()
                .launchTemplate(template.describe())
                .build();
    }

    private DeleteLaunchTemplateVersionsResponse deleteVersions(DeleteLaunchTemplateVersionsRequest request) {
        SimulatedTemplate template =
                SimulatedTemplate.find(world, request.launchTemplateId(), request.launchTemplateName());
        List<DeleteLaunchTemplateVersionsResponseSuccessItem> deleted = new ArrayList<>();
        List<DeleteLaunchTemplateVersionsResponseErrorItem> refused = new ArrayList<>();
        for (String asked : request.versions()) {
            long version = Long.parseLong(asked);
            if (!template.has(version) || template.isDefault(version)) {
                refused.add(refusal(template, version));
            } else {
                template.delete(version);
                deleted.add(DeleteLaunchTemplateVersionsResponseSuccessItem.builder()
                        .launchTemplateId(template.id)
                        .launchTemplateName(template.name)
                        .versionNumber(version)
                        .build());
            }
        }
        return DeleteLaunchTemplateVersionsResponse.builder()
                .successfullyDeletedLaunchTemplateVersions(deleted)
                .unsuccessfullyDeletedLaunchTemplateVersions(refused)
                .build();
    }

    private static DeleteLaunchTemplateVersionsResponseErrorItem refusal(SimulatedTemplate template, long version) {
        boolean isDefault = template.isDefault(version);
        return DeleteLaunchTemplateVersionsResponseErrorItem.builder()
                .launchTemplateId(template.id)
                .launchTemplateName(template.name)
                .versionNumber(version)
                .responseError(error -> error.code(
                                isDefault
                                        ? LaunchTemplateErrorCode.UNEXPECTED_ERROR
                                        : LaunchTemplateErrorCode.LAUNCH_TEMPLATE_VERSION_DOES_NOT_EXIST)
                        .message(
                                isDefault
                                        ? "Cannot delete the default version of a launch template."
                                        : "The version number of the launch template does not exist."))
                .build();
    }
}
