package io.jenkins.plugins.amideploy.driver;

import hudson.Util;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;

/** Writes files into a new directory, on the agent; nobody but the agent's user can ever read any of it. */
final class WriteSecrets extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;

    /** Names of files, each with what it holds. */
    private final TreeMap<String, String> contents;

    WriteSecrets(Map<String, String> contents) {
        this.contents = new TreeMap<>(contents);
    }

    @Override
    public Void invoke(File file, VirtualChannel channel) throws IOException {
        Util.deleteRecursive(file); // what an earlier attempt may have left
        Path directory = file.toPath();
        Files.createDirectories(Objects.requireNonNull(directory.getParent()));
        Files.createDirectory(directory, access(directory, "rwx------"));
        for (Map.Entry<String, String> content : contents.entrySet()) {
            write(directory.resolve(content.getKey()), content.getValue());
        }
        return null;
    }

    private static void write(Path path, String content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(path, options, access(path, "rw-------"))) {
            var bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** On Windows, access to the workspace decides, which is inherited. */
    private static FileAttribute<?>[] access(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
