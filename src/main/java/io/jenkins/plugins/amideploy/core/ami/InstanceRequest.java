package io.jenkins.plugins.amideploy.core.ami;

import io.jenkins.plugins.amideploy.core.deployment.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The temporary instance as the user wants it.
 *
 * @param type empty for the default of the image's architecture
 * @param keyName a key pair that there is; empty for a temporary one
 * @param profile name or ARN of an instance profile; empty for none
 * @param rootVolumeSize GiB; 0 for what the image says
 * @param publicIp empty for what the subnet says
 * @param tags on the instance and its volumes while they exist
 */
record InstanceRequest(
        String type,
        String subnetId,
        List<String> securityGroupIds,
        String keyName,
        String profile,
        String userData,
        int rootVolumeSize,
        boolean encrypted,
        String kmsKeyId,
        boolean spot,
        Optional<Boolean> publicIp,
        String httpTokens,
        Map<String, String> tags) {
    /** Most bytes of user data (Amazon EC2 User Guide, "Run commands when you launch an EC2 instance with user data input"). */
    private static final int USER_DATA = 16 * 1024;

    static InstanceRequest of(Parameters p, List<String> problems) {
        InstanceRequest request = new InstanceRequest(
                p.matchingIfGiven("instanceType", "[a-z0-9-]+\\.[a-z0-9-]+", "an instance type such as t3.small"),
                p.matchingIfGiven("subnetId", "subnet-[0-9a-f]+", "a subnet's id"),
                p.words("securityGroupIds", "sg-[0-9a-f]+", "a security group's id"),
                p.text("keyName", ""),
                p.text("iamInstanceProfile", ""),
                p.text("userData", ""),
                p.number("rootVolumeSize", 0, 1, 65_536),
                p.flag("encrypted"),
                p.text("kmsKeyId", ""),
                p.flag("spot"),
                p.flagIfGiven("associatePublicIp"),
                p.choice("httpTokens", "required", Map.of("required", "required", "optional", "optional")),
                Tags.given("runTags", p, problems));
        if (request.userData.getBytes(StandardCharsets.UTF_8).length > USER_DATA) {
            problems.add("userData: it is longer than the 16 KiB that EC2 takes");
        }
        if (!request.kmsKeyId.isEmpty() && !request.encrypted) {
            problems.add("kmsKeyId: it is of use only with encrypted: true");
        }
        return request;
    }
}
