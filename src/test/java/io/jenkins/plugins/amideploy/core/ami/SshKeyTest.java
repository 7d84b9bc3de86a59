package io.jenkins.plugins.amideploy.core.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH itself reads the key that the block gets, and finds the public part that AWS gets. */
class SshKeyTest {
    @Test
    void openSshDerivesTheSamePublicKey(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "there is no ssh-keygen");
        String key = SshKey.generate();
        Path file = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key);
        Process keygen = new ProcessBuilder("/usr/bin/ssh-keygen", "-y", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String shown = new String(keygen.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertEquals(0, keygen.waitFor(), shown);
        assertEquals(SshKey.publicPart(key), shown);
    }

    @Test
    void everyBuildHasAKeyOfItsOwn() {
        assertTrue(!SshKey.generate().equals(SshKey.generate()));
    }
}
