package io.jenkins.plugins.amideploy.core.rolling;

import io.jenkins.plugins.amideploy.core.aws.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to do to the group next.
 *
 * <p>An instance is terminated without its capacity as long as more old ones are left than the surge is large: the group
 * then launches the replacement by itself, at once, and the old one's draining overlaps the new one's boot. The last old
 * ones, as many as the surge, go together with their capacity, which takes the surge back without a further call.
 *
 * @param raise by how much to raise the desired capacity, so that a batch can be on its way above the floor
 * @param cut by how much to lower it again, where the surge is more than there is left to replace
 * @param terminations whom to terminate, in this order
 */
record Decision(int raise, int cut, List<Termination> terminations) {

    /**
     * @param closing whether its capacity goes with it
     */
    record Termination(Member member, boolean closing) {}

    static Decision of(Situation s) {
        int surplus = Math.max(0, s.outstanding() - s.old().size());
        int cut = Math.min(surplus, s.missing());
        if (cut > 0) {
            return new Decision(0, cut, List.of());
        }
        int raise = raise(s);
        return raise > 0 ? new Decision(raise, 0, List.of()) : new Decision(0, 0, terminations(s));
    }

    /** A batch shall be on its way; what the floor does not allow to take out first is launched on top. */
    private static int raise(Situation s) {
        int idle = (int) s.old().stream().filter(member -> !member.serving()).count();
        int spare = Math.max(0, s.serving() - s.floor()) + idle;
        int wanted = s.limits().batch() - s.coming() - spare;
        int allowed = Math.min(s.limits().launches() - s.launched(), s.old().size() - s.outstanding());
        int most = s.limits().batch() - s.outstanding();
        return Math.min(most, Math.min(wanted, allowed));
    }

    private static List<Termination> terminations(Situation s) {
        List<Termination> chosen = new ArrayList<>();
        List<Member> left = new ArrayList<>(s.old());
        Zones zones = new Zones(s.zones(), s.old(), s.missing());
        int serving = s.serving();
        int coming = s.coming();
        int launched = s.launched();
        int surge = s.outstanding();
        while (!left.isEmpty()) {
            boolean closing = left.size() <= surge;
            if (closing
                    ? !s.limits().last()
                    : coming >= s.limits().batch() || launched >= s.limits().launches()) {
                break;
            }
            Optional<Member> next = left.stream()
                    .filter(member -> !s.busy().contains(member.id()))
                    .min(zones.order(closing));
            if (next.isEmpty() || next.get().serving() && serving - 1 < s.floor()) {
                break;
            }
            Member victim = next.get();
            chosen.add(new Termination(victim, closing));
            left.remove(victim);
            zones.goes(victim, closing);
            serving -= victim.serving() ? 1 : 0;
            surge -= closing ? 1 : 0;
            coming += closing ? 0 : 1;
            launched += closing ? 0 : 1;
        }
        return chosen;
    }
}
