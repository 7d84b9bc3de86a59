package io.jenkins.plugins.amideploy.core.ami;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key pair that the block gets to log in with. It is made here and AWS only gets its public part. */
final class SshKey {
    private static final String TYPE = "ssh-rsa";
    private static final int BITS = 3072;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";

    private SshKey() {}

    /** A new private key, PKCS #8 in PEM, as ssh reads it. */
    static String generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return BEGIN + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + END;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }

    /** The public part of such a key as OpenSSH writes it (RFC 4253, section 6.6), which EC2 imports. */
    static String publicPart(String privateKey) {
        byte[] encoded =
                Base64.getMimeDecoder().decode(privateKey.replace(BEGIN, "").replace(END, ""));
        try {
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(bytes);
            write(data, TYPE.getBytes(StandardCharsets.US_ASCII));
            write(data, key.getPublicExponent());
            write(data, key.getModulus());
            return TYPE + " " + Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key that was kept cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream data, BigInteger number) throws IOException {
        write(data, number.toByteArray());
    }

    private static void write(DataOutputStream data, byte[] bytes) throws IOException {
        data.writeInt(bytes.length);
        data.write(bytes);
    }
}
