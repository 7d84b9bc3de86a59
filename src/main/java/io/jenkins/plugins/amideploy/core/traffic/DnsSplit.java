package io.jenkins.plugins.amideploy.core.traffic;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.Stop;
import io.jenkins.plugins.amideploy.core.deployment.Tick;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import io.jenkins.plugins.amideploy.core.deployment.Trouble;
import io.jenkins.plugins.amideploy.core.deployment.Words;
import io.jenkins.plugins.amideploy.core.traffic.Position.Form;
import io.jenkins.plugins.amideploy.core.traffic.TypedRecords.Marks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.route53.model.Change;

/**
 * Divides visitors by weighted records. Each change is one batch, of which Route 53 makes all or nothing, so the name
 * resolves at every moment; a record of any form becomes a pair of weighted ones and, in the end, of that form again. Each
 * batch is sent again where its answer never came: only of an answered one Route 53 tells when all its name servers have
 * it (Amazon Route 53 API Reference, "ChangeResourceRecordSets" and "GetChange").
 */
public final class DnsSplit implements Split {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private static final String ZONE = "dns.zone";
    private static final String BEFORE = "dns.before";
    private static final String TTL = "dns.ttl";
    /** What was asked for last: {@code split 50}, {@link #AFTER} or {@link #UNDONE}. */
    private static final String GOAL = "dns.goal";

    private static final String CHANGE = "dns.change";
    private static final String SENT = "dns.sent";
    private static final String IN_SYNC = "dns.insync";

    private static final String AFTER = "after";
    private static final String UNDONE = "undone";

    private final TickContext at;
    private final String maker;
    private final SavedState saved;
    private final DnsRecord record;
    private final Endpoint blue;
    private final Optional<Endpoint> green;
    private final Zone zone;
    private final String name;

    /** @param green empty before the new balancer is there, when only {@link #problems} can be asked */
    public DnsSplit(TickContext at, DnsRecord record, Endpoint blue, Optional<Endpoint> green) {
        this(at, at.owner().deployment(), record, blue, green);
    }

    /** @param maker the deployment that divided the records, where this one goes on with what that one left */
    public DnsSplit(TickContext at, String maker, DnsRecord record, Endpoint blue, Optional<Endpoint> green) {
        this.at = at;
        this.maker = maker;
        this.saved = at.state();
        this.record = record;
        this.blue = blue;
        this.green = green;
        this.zone = new Zone(at.aws(), record);
        this.name = Zone.normal(record.name());
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        String id = zone.find(problems);
        if (problems.isEmpty()) {
            problems.addAll(DnsProblems.of(name, read(id), blue));
        }
        return problems;
    }

    @Override
    public Optional<Tick> prepare() {
        return move(0);
    }

    @Override
    public Optional<Tick> move(int percentGreen) {
        return reach(
                "split " + percentGreen,
                live -> live.form() == Form.BEFORE || live.form() == Form.SPLIT,
                type -> type.toSplit(percentGreen),
                percentGreen == 0
                        ? name + " is weighted, with all visitors sent to the old side"
                        : name + ": " + percentGreen + " % of new visitors are sent to the new side");
    }

    @Override
    public Optional<Tick> finish() {
        return reach(
                AFTER,
                live -> live.form() == Form.SPLIT || live.form() == Form.AFTER,
                TypedRecords::toAfter,
                name + " has its old form again and points to the new load balancer");
    }

    @Override
    public Optional<Tick> undo() {
        boolean begunByUs = maker.equals(at.owner().deployment());
        if (begunByUs && !saved.has(GOAL)) {
            return Optional.empty();
        }
        return reach(
                UNDONE,
                live -> true,
                TypedRecords::toBefore,
                name + " points to the old load balancer, as it did before");
    }

    private NameRecords read(String zoneId) {
        return NameRecords.of(zone.records(zoneId), blue, green, new Marks(maker));
    }

    private String zoneId() {
        if (!saved.has(ZONE)) {
            List<String> problems = new ArrayList<>();
            String id = zone.find(problems);
            if (!problems.isEmpty()) {
                throw new Stop(Trouble.Kind.REFUSED, String.join("\n", problems));
            }
            saved.put(ZONE, id);
        }
        return saved.get(ZONE, "");
    }

    private Optional<Tick> reach(
            String goal,
            Function<NameRecords, Boolean> possible,
            Function<TypedRecords, List<Change>> toward,
            String done) {
        boolean sent = goal.equals(saved.get(GOAL, "")) && saved.has(CHANGE);
        if (sent && saved.has(IN_SYNC)) {
            return Optional.empty();
        }
        if (sent) {
            switch (zone.spread(saved.get(CHANGE, ""))) {
                case PENDING -> {
                    return lookAgain();
                }
                case INSYNC -> {
                    spread(done);
                    return Optional.empty();
                }
                case UNKNOWN -> saved.remove(CHANGE); // long forgotten, perhaps: it is sent once more
            }
        }
        NameRecords live = read(zoneId());
        if (live.isEmpty() && goal.equals(UNDONE)) {
            at.say("", "Somebody has deleted the record " + name + "; it is not made again");
            saved.put(GOAL, goal);
            saved.put(CHANGE, "none");
            saved.put(IN_SYNC, at.now());
            return Optional.empty();
        }
        if (!possible.apply(live)) {
            throw new Stop(
                    Trouble.Kind.REFUSED,
                    "Somebody has changed the records of " + name
                            + ", so that visitors cannot be sent to the new side: " + live);
        }
        send(goal, live, live.changes(toward));
        return lookAgain();
    }

    private Optional<Tick> lookAgain() {
        return Optional.of(new Tick.LookAgain(at.now().plus(LOOK)));
    }

    private void send(String goal, NameRecords live, List<Change> changes) {
        if (!saved.has(BEFORE)) {
            saved.put(BEFORE, live.toString());
        }
        saved.put(GOAL, goal);
        saved.put(TTL, live.ttl().toSeconds());
        saved.put(SENT, at.now());
        saved.remove(CHANGE, IN_SYNC);
        at.save();
        List<Change> batch = changes.isEmpty() ? live.changes(TypedRecords::again) : changes;
        String change = zone.change(zoneId(), batch, "AMI Deploy, " + at.owner().build() + ": " + goal);
        saved.put(CHANGE, change);
        at.save();
    }

    private void spread(String done) {
        Duration took = Duration.between(saved.getInstant(SENT).orElse(at.now()), at.now());
        saved.put(IN_SYNC, at.now());
        at.save();
        at.say(
                "",
                done + " (all name servers answer so after " + Words.of(took) + "; resolvers follow within "
                        + Words.of(ttl()) + ")");
    }

    @Override
    public Position where() {
        NameRecords live = read(zoneId());
        Form form = live.isEmpty() ? Form.OTHER : live.form();
        return new Position(form, live.percentGreen(), edited(live, form));
    }

    /** A batch whose answer never came may have been made or not; either is ours. */
    private String edited(NameRecords live, Form form) {
        String goal = saved.get(GOAL, UNDONE);
        boolean certain = saved.has(CHANGE) || !saved.has(GOAL);
        Form expected = goal.equals(AFTER) ? Form.AFTER : goal.equals(UNDONE) ? Form.BEFORE : Form.SPLIT;
        if (form == Form.OTHER || certain && form != expected) {
            return "somebody has changed the records of " + name + ", which are now: " + live;
        }
        String percent = goal.replaceFirst("^split ", "");
        return certain && form == Form.SPLIT && !percent.equals(Integer.toString(live.percentGreen()))
                ? "somebody has changed the weights of " + name + ": they send " + live.percentGreen()
                        + " % to the new side, where this deployment had set " + percent + " %"
                : "";
    }

    @Override
    public boolean settled() {
        return saved.getInstant(IN_SYNC)
                .map(inSync -> !at.now().isBefore(inSync.plus(ttl())))
                .orElse(!saved.has(GOAL));
    }

    /** Since when all name servers answer by the last move; empty while they do not. */
    public Optional<Instant> inSyncSince() {
        return saved.getInstant(IN_SYNC);
    }

    @Override
    public Duration ttl() {
        return Duration.ofSeconds(saved.getInt(TTL, 60));
    }

    /** How the records stand and how they were, for whoever has to put them back by hand; empty where none was changed. */
    public static Optional<String> wayBack(SavedState saved) {
        String goal = saved.get(GOAL, UNDONE);
        return goal.equals(UNDONE) && saved.has(IN_SYNC) || !saved.has(GOAL)
                ? Optional.empty()
                : Optional.of("The records in the hosted zone " + saved.get(ZONE, "") + " were before: "
                        + saved.get(BEFORE, ""));
    }
}
