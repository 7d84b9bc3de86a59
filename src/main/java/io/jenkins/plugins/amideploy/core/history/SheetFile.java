package io.jenkins.plugins.amideploy.core.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A history in a file, whose directory is made as needed, and whose directory's directory is not: a build that was
 * deleted does not come back for it. A line that a crash has cut off is not read, and is removed before the next one is
 * written. Not safe for use by several writers; readers need not care.
 */
public final class SheetFile implements Sheet {
    private final Supplier<Optional<Path>> place;

    /** @param place the file, which may move; empty while there is none */
    public SheetFile(Supplier<Optional<Path>> place) {
        this.place = place;
    }

    @Override
    public String read() throws IOException {
        Optional<Path> file = place.get();
        return file.isPresent() ? read(file.get()) : "";
    }

    /** The whole lines of a file; empty where there is none. */
    static String read(Path file) throws IOException {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public long size() throws IOException {
        Optional<Path> file = place.get();
        return file.isPresent() && Files.exists(file.get()) ? Files.size(file.get()) : 0;
    }

    @Override
    public void append(String lines) throws IOException {
        Optional<Path> file = place.get();
        if (file.isEmpty()) {
            return;
        }
        makeDirectory(around(file.get()));
        try (FileChannel channel = FileChannel.open(
                file.get(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(endOfLastLine(channel));
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(channel.position());
        }
    }

    /**
     * Makes the directory of histories.
     *
     * @throws IOException where the one around it is not there
     */
    public static void makeDirectory(Path directory) throws IOException {
        Path build = around(directory);
        if (!Files.isDirectory(build)) {
            throw new NoSuchFileException(build.toString());
        }
        Files.createDirectories(directory);
    }

    private static Path around(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent());
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }
}
