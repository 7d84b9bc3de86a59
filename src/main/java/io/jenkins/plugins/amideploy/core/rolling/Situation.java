package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a group stands in its replacement, as far as the next decision needs it.
 *
 * @param old the instances still to be replaced that count as capacity and are not leaving
 * @param busy those of them that AWS does not let go at the moment, for a scaling activity is in progress on them
 * @param serving how many instances take traffic and may be counted on: in service everywhere, the new ones warm
 * @param zones how many instances each zone has, by zone
 * @param coming new instances that are not ready yet, and launches that AWS still owes
 * @param launched new instances, ready or not, and launches that AWS still owes
 * @param outstanding what is left of our surge
 * @param missing launches that AWS still owes: desired capacity without an instance
 */
record Situation(
        List<Member> old,
        Set<String> busy,
        int serving,
        Map<String, Integer> zones,
        int coming,
        int launched,
        int outstanding,
        int missing,
        int floor,
        Limits limits) {

    /**
     * @param batch how many may be replaced at the same time
     * @param launches how many new instances there may be before the next checkpoint
     * @param last whether there is no checkpoint before the end
     */
    record Limits(int batch, int launches, boolean last) {}
}
