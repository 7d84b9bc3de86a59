package io.jenkins.plugins.amideploy.core.simulator;

import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.KeyType;

/** A key pair whose public half was imported. */
final class SimulatedKeyPair extends Resource<KeyPairInfo> {
    final String name;
    private final String fingerprint;

    SimulatedKeyPair(World world, String name, String fingerprint) {
        super(world, world.ids.resource("key"));
        this.name = name;
        this.fingerprint = fingerprint;
    }

    @Override
    KeyPairInfo describe() {
        return KeyPairInfo.builder()
                .keyPairId(id)
                .keyName(name)
                .keyFingerprint(fingerprint)
                .keyType(KeyType.RSA)
                .createTime(created)
                .tags(Tags.list(tags))
                .build();
    }
}
