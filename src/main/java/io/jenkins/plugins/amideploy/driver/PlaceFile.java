package io.jenkins.plugins.amideploy.driver;

import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** A file in Jenkins' home that remembers for a month with what, and where, jobs have worked in AWS. */
final class PlaceFile {
    private static final Logger LOGGER = Logger.getLogger(PlaceFile.class.getName());
    private static final Duration REMEMBERED = Duration.ofDays(30);
    /** A build in this time after another does not make the entry any newer. */
    private static final Duration SAME = Duration.ofHours(1);

    private final XmlFile file;

    PlaceFile(String name) {
        this.file = new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), name));
    }

    /** Remembers it; when this returns, that survives a crash. */
    synchronized void add(BuiltWith now) {
        List<BuiltWith> all = all();
        Optional<BuiltWith> before = all.stream().filter(now::like).findFirst();
        if (before.filter(known -> known.copies().containsAll(now.copies()))
                .filter(known -> known.needed().plus(SAME).isAfter(now.needed()))
                .isPresent()) {
            return;
        }
        before.ifPresent(all::remove);
        all.add(before.map(known -> known.and(now)).orElse(now));
        write(all);
    }

    /** What is remembered. A file that cannot be read is begun anew: no build shall fail for it. */
    synchronized List<BuiltWith> all() {
        if (!file.exists()) {
            return new ArrayList<>();
        }
        try {
            return new ArrayList<>(Arrays.asList((BuiltWith[]) file.read()));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Where builds worked lately is not known any more: " + file.getFile(), e);
            return new ArrayList<>();
        }
    }

    synchronized void change(UnaryOperator<BuiltWith> change) {
        if (file.exists()) {
            write(all().stream().map(change).toList());
        }
    }

    /** Forgets what has not been needed for long. */
    synchronized void forget() {
        List<BuiltWith> all = all();
        if (all.removeIf(known -> known.needed().plus(REMEMBERED).isBefore(Instant.now()))) {
            write(all);
        }
    }

    private void write(List<BuiltWith> all) {
        try {
            file.write(all.toArray(BuiltWith[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file.getFile(), e);
        }
    }
}
