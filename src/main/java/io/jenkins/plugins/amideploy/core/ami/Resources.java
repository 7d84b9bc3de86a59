package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.ami.BuildState.Phase;
import io.jenkins.plugins.amideploy.core.aws.AwsFailure;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * The key pair and the security group that serve this build alone. Their names are made of the deployment's id, so that
 * AWS itself refuses to make them twice.
 */
final class Resources {
    /** The secret that holds the private key. */
    static final String KEY = "ssh-key";

    private final Desk desk;
    private final BuildState state;

    Resources(Desk desk) {
        this.desk = desk;
        this.state = desk.state();
    }

    Tick tick() {
        if (desk.request().temporaryKey() && !state.done("key")) {
            makeKey();
            state.markDone("key");
            return desk.now();
        }
        if (desk.request().temporaryGroup() && state.group().isEmpty()) {
            return makeGroup();
        }
        return desk.next(Phase.LAUNCH);
    }

    private void makeKey() {
        if (desk.at().secret(KEY).isEmpty()) {
            desk.at().keepSecret(KEY, SshKey.generate());
        }
        String key = SshKey.publicPart(desk.at().secret(KEY).orElseThrow());
        desk.aboutToMake("key");
        try {
            desk.aws()
                    .ec2()
                    .importKeyPair(r -> r.keyName(desk.ownName())
                            .publicKeyMaterial(SdkBytes.fromUtf8String(key))
                            .tagSpecifications(Tags.on(ResourceType.KEY_PAIR, Tags.of(desk))));
        } catch (Ec2Exception e) {
            if (!AwsFailure.of(e).code().equals("InvalidKeyPair.Duplicate")) {
                throw e;
            }
        }
    }

    private Tick makeGroup() {
        Optional<String> there = state.asked("group") ? findGroup() : Optional.empty();
        if (there.isEmpty()) {
            desk.aboutToMake("group");
            there = createGroup();
        }
        if (there.isEmpty()) {
            if (desk.passed(Desk.SHOWN, state.askedAt("group"))) {
                throw new Stop(
                        Trouble.Kind.REFUSED,
                        "AWS says that there is a security group named " + desk.ownName() + " and does not show it.");
            }
            return desk.in(Duration.ofSeconds(3)); // AWS has it, of our first attempt, and does not show it yet
        }
        state.group(there.get());
        return desk.now();
    }

    private Optional<String> findGroup() {
        return desk
                .aws()
                .ec2()
                .describeSecurityGroups(r -> r.filters(
                        Filter.builder()
                                .name("group-name")
                                .values(desk.ownName())
                                .build(),
                        Tags.filter(Tags.DEPLOYMENT, desk.at().owner().deployment())))
                .securityGroups()
                .stream()
                .map(SecurityGroup::groupId)
                .findFirst();
    }

    /** Its rules come when it is known from where to where. Empty where there is one already. */
    private Optional<String> createGroup() {
        try {
            return Optional.of(desk.aws()
                    .ec2()
                    .createSecurityGroup(r -> r.groupName(desk.ownName())
                            .description("Temporary, of an image build by AMI Deploy")
                            .vpcId(state.vpc())
                            .tagSpecifications(Tags.on(ResourceType.SECURITY_GROUP, Tags.of(desk))))
                    .groupId());
        } catch (Ec2Exception e) {
            if (!AwsFailure.of(e).code().equals("InvalidGroup.Duplicate")) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
