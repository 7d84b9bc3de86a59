package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import io.jenkins.plugins.amideploy.config.BuildReference;
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

/**
 * With what images were built lately, in {@code ami-deploy/image-builds} in Jenkins' home: where something may have been
 * left behind although neither the build nor its deployment is known any more.
 */
@Extension
public final class ImageBuilds {
    private static final Logger LOGGER = Logger.getLogger(ImageBuilds.class.getName());
    /** For how long something may turn up after all. */
    private static final Duration REMEMBERED = Duration.ofDays(30);
    /** A build in this time after another does not make the entry any newer. */
    private static final Duration SAME = Duration.ofHours(1);

    private final XmlFile file =
            new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), "ami-deploy/image-builds"));

    static ImageBuilds get() {
        return ExtensionList.lookupSingleton(ImageBuilds.class);
    }

    /** Remembers an order to build an image; when this returns, that survives a crash. Other orders are none of ours. */
    synchronized void ordered(BuildReference build, DeploymentOrder order) {
        if (!order.procedure().equals(BuildAmiProcedure.NAME)) {
            return;
        }
        BuiltWith now = new BuiltWith(build, order.aws(), copies(order), Instant.now());
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

    /** The regions in {@code eu-central-1, us-east-1=<key>}. */
    private static List<String> copies(DeploymentOrder order) {
        return Arrays.stream(order.parameters().getOrDefault("copyTo", "").split(","))
                .map(copy -> copy.replaceFirst("=.*", "").strip())
                .filter(region -> !region.isEmpty())
                .toList();
    }

    /** What is remembered. A file that cannot be read is begun anew: no build shall fail for it. */
    synchronized List<BuiltWith> all() {
        if (!file.exists()) {
            return new ArrayList<>();
        }
        try {
            return new ArrayList<>(Arrays.asList((BuiltWith[]) file.read()));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Where images were built lately is not known any more: " + file.getFile(), e);
            return new ArrayList<>();
        }
    }

    /** Something that had been left was found there. */
    synchronized void found(BuiltWith where) {
        change(known -> known.like(where) ? known.needed(Instant.now()) : known);
    }

    synchronized void moved(String from, String to) {
        if (file.exists()) {
            change(known -> known.moved(from, to));
        }
    }

    /** Forgets where nothing has turned up for long. */
    synchronized void forget() {
        List<BuiltWith> all = all();
        if (all.removeIf(known -> known.needed().plus(REMEMBERED).isBefore(Instant.now()))) {
            write(all);
        }
    }

    private void change(UnaryOperator<BuiltWith> change) {
        write(all().stream().map(change).toList());
    }

    private void write(List<BuiltWith> all) {
        try {
            file.write(all.toArray(BuiltWith[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file.getFile(), e);
        }
    }
}
