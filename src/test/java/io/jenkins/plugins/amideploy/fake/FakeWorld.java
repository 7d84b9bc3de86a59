package io.jenkins.plugins.amideploy.fake;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jenkins.model.Jenkins;

/** What the fake procedure changes: a group is the list of its instances' counts over time, one in a line. */
public final class FakeWorld {
    private FakeWorld() {}

    private static Path file(String group) {
        return Jenkins.get().getRootDir().toPath().resolve("fake-" + group);
    }

    /** How many instances the group has. */
    public static int instances(String group) {
        List<String> history = history(group);
        return history.isEmpty() ? 0 : Integer.parseInt(history.get(history.size() - 1));
    }

    /** All numbers of instances that the group had, in order. */
    public static List<String> history(String group) {
        try {
            return Files.exists(file(group)) ? Files.readAllLines(file(group)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a deployment has not ended. */
    public static boolean somethingIsLive() {
        String[] files =
                new File(Jenkins.get().getRootDir(), "ami-deploy").list((parent, name) -> name.endsWith(".xml"));
        return files != null && files.length > 0;
    }

    static void set(String group, int instances) {
        try {
            Files.writeString(file(group), instances + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
