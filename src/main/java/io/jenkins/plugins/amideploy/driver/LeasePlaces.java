package io.jenkins.plugins.amideploy.driver;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.amideploy.config.AwsAccess;
import io.jenkins.plugins.amideploy.config.AwsSettings;
import io.jenkins.plugins.amideploy.config.BuildReference;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where groups may be leased by deployments of this controller: where the administrator's defaults lead to, and where
 * groups were deployed to lately, which {@code ami-deploy-groups.xml} in Jenkins' home knows also of deployments that
 * were lost.
 */
@Extension
public final class LeasePlaces {
    private final PlaceFile file = new PlaceFile("ami-deploy-groups.xml");

    public static LeasePlaces get() {
        return ExtensionList.lookupSingleton(LeasePlaces.class);
    }

    /** Remembers an order that takes leases; when this returns, that survives a crash. Other orders are none of ours. */
    void ordered(BuildReference build, DeploymentOrder order) {
        if (takesLeases(order)) {
            file.add(new BuiltWith(build, order.aws(), List.of(), Instant.now()));
        }
    }

    static boolean takesLeases(DeploymentOrder order) {
        return order.parameters().containsKey("group");
    }

    void moved(String from, String to) {
        file.change(known -> known.moved(from, to));
    }

    /** All places, each once, the administrator's first. */
    public Set<LeasePlace> all() {
        file.forget();
        Set<LeasePlace> places = new LinkedHashSet<>();
        String region = AwsAccess.defaultRegion();
        if (!region.isEmpty()) {
            places.add(new LeasePlace(new AwsSettings("", region, "", ""), Optional.empty()));
        }
        for (BuiltWith known : file.all()) {
            // Whatever the administrator may use leads to the same groups, whichever job it was.
            boolean own = !known.aws().credentialsId().isEmpty();
            places.add(new LeasePlace(known.aws(), own ? Optional.of(known.build()) : Optional.empty()));
        }
        return places;
    }
}
