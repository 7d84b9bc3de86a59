package io.jenkins.plugins.amideploy.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceFileTest {
    @TempDir
    private Path root;

    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws Exception {
        workspace = Files.createDirectories(root.resolve("workspace"));
    }

    private String read(String path) throws Exception {
        return new WorkspaceFile(path, Optional.of(new FilePath(workspace.toFile()))).text();
    }

    private void assertUnreadable(String path, String why) {
        String message =
                assertThrows(WorkspaceFile.Unreadable.class, () -> read(path)).getMessage();
        assertTrue(message.contains(why), message);
        assertTrue(message.contains("'" + path + "'"), message);
    }

    @Test
    void textIsReadAsItIs() throws Exception {
        Files.createDirectories(workspace.resolve("deploy"));
        Files.writeString(workspace.resolve("deploy/web.yaml"), "Description: Übung\n");
        assertEquals("Description: Übung\n", read("deploy/web.yaml"));
        assertEquals("Description: Übung\n", read("./deploy/../deploy/web.yaml"));
    }

    @Test
    void whatIsNoFileIsNamed() throws Exception {
        Files.createDirectories(workspace.resolve("deploy"));
        assertUnreadable("web.yaml", "there is no file");
        assertUnreadable("deploy", "there is no file");
    }

    @Test
    void nothingOutsideOfTheWorkspaceIsRead() throws Exception {
        Path secret = Files.writeString(root.resolve("secret"), "x");
        Files.createSymbolicLink(workspace.resolve("link"), secret);
        assertUnreadable("../secret", "is not inside of the workspace");
        assertUnreadable(secret.toString(), "is not inside of the workspace");
        assertUnreadable("link", "is not inside of the workspace");
    }

    @Test
    void whatCannotBeATemplateIsRefused() throws Exception {
        Files.write(workspace.resolve("long"), new byte[1_048_577]);
        Files.write(workspace.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.writeString(workspace.resolve("blank"), " \n");
        assertUnreadable("long", "is longer than 1048576 bytes");
        assertUnreadable("binary", "is not text in UTF-8");
        assertUnreadable("blank", "is empty");
    }

    @Test
    void withoutAWorkspaceItIsSaidWhatToDo() {
        String message = assertThrows(
                        WorkspaceFile.Unreadable.class, () -> new WorkspaceFile("web.yaml", Optional.empty()).text())
                .getMessage();
        assertTrue(message.contains("Put the step into a node block"), message);
    }
}
