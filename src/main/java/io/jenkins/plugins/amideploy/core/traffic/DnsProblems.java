package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Why a name's records cannot be divided between two balancers, each reason once. */
final class DnsProblems {
    /** An answer kept for longer makes each step, and each way back, take longer than anyone wants to wait. */
    private static final Duration LONGEST_TTL = Duration.ofHours(1);

    private final String name;
    private final Endpoint blue;
    private final List<String> problems = new ArrayList<>();

    private DnsProblems(String name, Endpoint blue) {
        this.name = name;
        this.blue = blue;
    }

    static List<String> of(String name, NameRecords live, Endpoint blue) {
        DnsProblems found = new DnsProblems(name, blue);
        if (live.isEmpty()) {
            found.add("there is no A, AAAA or CNAME record " + name + " in the hosted zone");
        }
        live.types().forEach(found::look);
        if (live.ttl().compareTo(LONGEST_TTL) > 0) {
            found.add("answers for " + name + " may be kept for " + Words.of(live.ttl())
                    + ", and so long each step would take, and each way back; lower the TTL to at most "
                    + Words.of(LONGEST_TTL) + " and wait that time out first");
        }
        return found.problems;
    }

    private void add(String problem) {
        problems.add("recordName: " + problem);
    }

    private void look(TypedRecords records) {
        String which = "the " + records.type() + " record " + name;
        Optional<ResourceRecordSet> ours = records.live().stream()
                .filter(set ->
                        set.setIdentifier() != null && set.setIdentifier().startsWith("ami-deploy:"))
                .findFirst();
        if (ours.isPresent()) {
            add(which + " is divided already by a deployment of this plugin ("
                    + ours.get().setIdentifier() + "); wait for that build or let it unwind");
        } else if (records.live().size() > 1) {
            add(which + " has " + records.live().size() + " entries (" + policies(records)
                    + "); only a simple record, or a single weighted one, can be divided");
        } else if (records.form() != Form.BEFORE) {
            add(which + " is " + Records.target(records.live().get(0)) + ", and not the load balancer "
                    + Zone.normal(blue.dnsName()));
        } else {
            lookAtPolicy(which, records.live().get(0));
        }
    }

    private void lookAtPolicy(String which, ResourceRecordSet set) {
        String policy = Records.policy(set);
        if (!policy.isEmpty() && set.weight() == null) {
            add(which + " has a " + policy + " routing policy, which cannot be combined with weights");
        } else if (set.weight() != null && set.weight() == 0) {
            add(which + " is weighted, with the weight 0: it is not what visitors get by rights");
        }
        if (set.healthCheckId() != null) {
            add(which + " has the health check " + set.healthCheckId()
                    + ", which watches the old side; take it off the record first");
        }
        if (set.trafficPolicyInstanceId() != null) {
            add(which + " belongs to the traffic policy instance " + set.trafficPolicyInstanceId()
                    + " and can only be changed by it");
        }
    }

    private static String policies(TypedRecords records) {
        return String.join(
                ", ", records.live().stream().map(Records::policy).distinct().toList());
    }
}
