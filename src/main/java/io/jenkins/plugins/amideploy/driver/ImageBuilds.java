package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.amideploy.config.BuildReference;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * With what images were built lately, in {@code ami-deploy/image-builds} in Jenkins' home: where something may have been
 * left behind although neither the build nor its deployment is known any more.
 */
@Extension
public final class ImageBuilds {
    private final PlaceFile file = new PlaceFile("ami-deploy/image-builds");

    static ImageBuilds get() {
        return ExtensionList.lookupSingleton(ImageBuilds.class);
    }

    /** Remembers an order to build an image; when this returns, that survives a crash. Other orders are none of ours. */
    void ordered(BuildReference build, DeploymentOrder order) {
        if (order.procedure().equals(BuildAmiProcedure.NAME)) {
            file.add(new BuiltWith(build, order.aws(), copies(order), Instant.now()));
        }
    }

    /** The regions in {@code eu-central-1, us-east-1=<key>}. */
    private static List<String> copies(DeploymentOrder order) {
        return Arrays.stream(order.parameters().getOrDefault("copyTo", "").split(","))
                .map(copy -> copy.replaceFirst("=.*", "").strip())
                .filter(region -> !region.isEmpty())
                .toList();
    }

    List<BuiltWith> all() {
        return file.all();
    }

    /** Something that had been left was found there. */
    void found(BuiltWith where) {
        file.change(known -> known.like(where) ? known.needed(Instant.now()) : known);
    }

    void moved(String from, String to) {
        file.change(known -> known.moved(from, to));
    }

    /** Forgets where nothing has turned up for long. */
    void forget() {
        file.forget();
    }
}
