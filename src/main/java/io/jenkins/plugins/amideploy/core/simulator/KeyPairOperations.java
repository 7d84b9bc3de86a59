package io.jenkins.plugins.amideploy.core.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Key pairs: Amazon EC2 API Reference, "ImportKeyPair", "DescribeKeyPairs", "DeleteKeyPair" and "Error codes". */
final class KeyPairOperations {
    private final World world;

    KeyPairOperations(World world, Operations operations) {
        this.world = world;
        operations.on(Service.EC2, ImportKeyPairRequest.class, this::importKey);
        operations.on(Service.EC2, DescribeKeyPairsRequest.class, this::describe);
        operations.on(Service.EC2, DeleteKeyPairRequest.class, this::delete);
    }

    static boolean exists(World world, String name) {
        return world.keyPairs.values().stream().anyMatch(key -> key.exists() && key.name.equals(name));
    }

    private ImportKeyPairResponse importKey(ImportKeyPairRequest request) {
        Members.only(request, "KeyName", "PublicKeyMaterial", "TagSpecifications");
        List<Tag> tags = Tags.of(request.tagSpecifications(), "key-pair").get("key-pair");
        String key = request.publicKeyMaterial().asUtf8String();
        if (!key.matches("(?s)(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/=]+.*")) {
            throw Service.EC2.rejection("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
        }
        if (exists(world, request.keyName())) {
            throw Service.EC2.rejection(
                    "InvalidKeyPair.Duplicate", "The keypair '" + request.keyName() + "' already exists.");
        }
        SimulatedKeyPair pair = new SimulatedKeyPair(world, request.keyName(), fingerprint(key));
        Tags.put(pair.tags, tags);
        world.keyPairs.put(pair.id, pair);
        KeyPairInfo info = pair.describe();
        return ImportKeyPairResponse.builder()
                .keyPairId(info.keyPairId())
                .keyName(info.keyName())
                .keyFingerprint(info.keyFingerprint())
                .tags(info.tags())
                .build();
    }

    /** Looks like AWS's, which is of the key's DER form; nobody can tell the two apart without the key. */
    private static String fingerprint(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder();
            for (byte part : digest) {
                text.append(text.isEmpty() ? "" : ":").append(String.format("%02x", part));
            }
            return text.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private DescribeKeyPairsResponse describe(DescribeKeyPairsRequest request) {
        Members.only(request, "KeyNames", "KeyPairIds", "Filters");
        List<KeyPairInfo> seen = world.keyPairs.values().stream()
                .flatMap(pair -> pair.seen().stream())
                .toList();
        for (String name : request.keyNames()) {
            if (seen.stream().noneMatch(pair -> pair.keyName().equals(name))) {
                throw Service.EC2.rejection("InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist");
            }
        }
        for (String id : request.keyPairIds()) {
            if (seen.stream().noneMatch(pair -> pair.keyPairId().equals(id))) {
                throw Service.EC2.rejection(
                        "InvalidKeyPair.NotFound", "The key pair with ID '" + id + "' does not exist");
            }
        }
        return DescribeKeyPairsResponse.builder()
                .keyPairs(seen.stream()
                        .filter(pair -> request.keyNames().isEmpty()
                                || request.keyNames().contains(pair.keyName()))
                        .filter(pair -> request.keyPairIds().isEmpty()
                                || request.keyPairIds().contains(pair.keyPairId()))
                        .filter(pair -> Filters.all(request.filters(), pair.tags(), name -> value(pair, name)))
                        .toList())
                .build();
    }

    private static List<String> value(KeyPairInfo pair, String filter) {
        return switch (filter) {
            case "key-name" -> List.of(pair.keyName());
            case "key-pair-id" -> List.of(pair.keyPairId());
            case "fingerprint" -> List.of(pair.keyFingerprint());
            default -> null;
        };
    }

    /** "If the key pair does not exist, the request succeeds": it is idempotent. */
    private DeleteKeyPairResponse delete(DeleteKeyPairRequest request) {
        Optional<SimulatedKeyPair> found = world.keyPairs.values().stream()
                .filter(SimulatedKeyPair::exists)
                .filter(pair -> pair.id.equals(request.keyPairId()) || pair.name.equals(request.keyName()))
                .findAny();
        found.ifPresent(Resource::delete);
        return DeleteKeyPairResponse.builder()
                .returnValue(true)
                .keyPairId(found.map(pair -> pair.id).orElse(null))
                .build();
    }
}
