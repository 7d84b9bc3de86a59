package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The visitors of one name as a fluid: no request is an event of its own. Every few seconds each resolver's part flows to
 * where its answer leads. Whoever might be turned away is looked for whenever anything has changed.
 */
final class Population {
    private static final Duration STEP = Duration.ofSeconds(10);

    final List<Refusal> refusals = new ArrayList<>();
    double cut;
    private final Account account;
    private final SimulatedZone zone;
    private final VisitorSpec spec;
    private final SplittableRandom random;
    private final List<Resolver> resolvers = new ArrayList<>();
    /** Open connections by the DNS name that they were made to. */
    private final Map<String, Double> open = new LinkedHashMap<>();

    private Set<String> turnedAway = Set.of();
    private boolean begun;
    private boolean lookingSoon;
    private boolean left;

    /** A resolver with the answer that it keeps. */
    private static final class Resolver {
        private boolean late;
        private boolean ipv6;
        private String host = "";
        private Instant until = Instant.EPOCH;
    }

    Population(Account account, VisitorSpec spec) {
        this.account = account;
        this.spec = spec;
        String name = RecordKey.normal(spec.name());
        this.zone = account.dns.zones.values().stream()
                .filter(candidate -> candidate.contains(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No hosted zone for " + spec.name()));
        this.random = account.dns.draws().stream("visitors of " + spec.name());
        for (int i = 0; i < spec.resolvers(); i++) {
            Resolver resolver = new Resolver();
            resolver.late = i < Math.round(spec.lateShare() * spec.resolvers());
            resolver.ipv6 = i % 3 == 0;
            resolvers.add(resolver);
        }
        account.watch(this::lookSoon);
        step();
    }

    void leave() {
        left = true;
    }

    private void step() {
        if (left) {
            return;
        }
        if (refreshAll()) {
            lookSoon();
        }
        Map<String, Double> shares = shares();
        Set<String> hosts = new LinkedHashSet<>(open.keySet());
        hosts.addAll(shares.keySet());
        hosts.forEach(host -> flow(host, shares.getOrDefault(host, 0.0)));
        begun = true;
        account.clock.after(STEP, this::step);
    }

    /** @return whether any of them has another answer now */
    private boolean refreshAll() {
        Map<String, Map<DnsAnswers.Answer, Double>> asked = new HashMap<>();
        Instant now = account.clock.now();
        boolean changed = false;
        for (Resolver resolver : resolvers) {
            if (!now.isBefore(resolver.until)) {
                String before = resolver.host;
                int server = random.nextInt(SimulatedZone.SERVERS);
                var answers =
                        asked.computeIfAbsent(server + " " + resolver.ipv6, any -> answers(server, resolver.ipv6));
                refresh(resolver, answers, now);
                changed |= !before.equals(resolver.host);
            }
        }
        return changed;
    }

    private void refresh(Resolver resolver, Map<DnsAnswers.Answer, Double> answers, Instant now) {
        double drawn = random.nextDouble();
        for (Map.Entry<DnsAnswers.Answer, Double> answer : answers.entrySet()) {
            drawn -= answer.getValue();
            if (drawn < 0) {
                resolver.host = answer.getKey().host();
                Duration rightful = Duration.ofSeconds(answer.getKey().ttl());
                Duration late = resolver.late ? spec.late().draw(random) : rightful;
                Duration kept = late.compareTo(rightful) > 0 ? late : rightful;
                // The first answer has been kept for some while already.
                resolver.until = resolver.until.equals(Instant.EPOCH)
                        ? now.plusMillis((long) (random.nextDouble() * kept.toMillis()))
                        : now.plus(kept);
                return;
            }
        }
    }

    /** Whoever prefers IPv6 takes what there is where the name has no such address. */
    private Map<DnsAnswers.Answer, Double> answers(int server, boolean ipv6) {
        DnsAnswers answers = new DnsAnswers(account, zone, server);
        Map<DnsAnswers.Answer, Double> found = ipv6 ? answers.of(spec.name(), "AAAA") : Map.of();
        return found.isEmpty() ? answers.of(spec.name(), "A") : found;
    }

    private Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        resolvers.stream()
                .filter(resolver -> !resolver.host.isEmpty())
                .forEach(resolver -> shares.merge(resolver.host, 1.0 / resolvers.size(), Double::sum));
        return shares;
    }

    double share(String there) {
        Map<String, Double> shares = shares();
        if (!there.startsWith("arn:")) {
            return shares.getOrDefault(Entrance.plain(there), 0.0);
        }
        double share = 0;
        for (Map.Entry<String, Double> host : shares.entrySet()) {
            for (Entrance entrance : entrances(host.getKey())) {
                for (Map.Entry<Balancer, Double> way : entrance.ways().entrySet()) {
                    if (way.getKey().identifier().equals(there)) {
                        share += host.getValue() * way.getValue() / spec.paths().size();
                    }
                }
            }
        }
        return share;
    }

    double connections(String host) {
        return open.getOrDefault(host, 0.0);
    }

    /** A connection for each path; the same for all where the balancer does not look at it. */
    private List<Entrance> entrances(String host) {
        return spec.paths().stream()
                .flatMap(path -> Entrance.of(account, host, spec.port(), spec.name(), path).stream())
                .toList();
    }

    /**
     * Connections end evenly, wherever they are; new ones take their place where the answers lead. Each carries a request
     * a second.
     */
    private void flow(String host, double share) {
        double seconds = STEP.toSeconds();
        double life = Math.max(1, spec.connection().toSeconds());
        double all = spec.requestsPerSecond();
        double before = begun ? open.getOrDefault(host, 0.0) : all * share;
        double staying = before * Math.exp(-seconds / life);
        double made = all * share * (1 - Math.exp(-seconds / life));
        List<Entrance> entrances = entrances(host);
        if (entrances.isEmpty()) {
            cut += before >= 0.5 ? before : 0;
            open.remove(host);
            return;
        }
        double now = staying + made;
        open.put(host, now);
        double requests = now * seconds;
        for (Entrance entrance : entrances) {
            entrance.world()
                    .traffic
                    .passed(entrance, requests / entrances.size(), made / entrances.size(), now / entrances.size());
        }
        if (now < 0.01 && share == 0) {
            open.remove(host);
        }
    }

    /** Once everything that happens at this moment has happened: what lasts for no time meets nobody. */
    private void lookSoon() {
        if (!lookingSoon && !left) {
            lookingSoon = true;
            account.clock.after(Duration.ofMillis(1), () -> {
                lookingSoon = false;
                look();
            });
        }
    }

    private void look() {
        Set<String> now = new LinkedHashSet<>();
        Set<String> hosts = new LinkedHashSet<>();
        for (int server = 0; server < SimulatedZone.SERVERS; server++) {
            Set<DnsAnswers.Answer> answers =
                    new LinkedHashSet<>(answers(server, true).keySet());
            Set<DnsAnswers.Answer> ipv4 = answers(server, false).keySet();
            if (ipv4.isEmpty()) {
                now.add(spec.name() + " does not resolve");
            }
            answers.addAll(ipv4);
            answers.forEach(answer -> hosts.add(answer.host()));
        }
        Set<String> fresh = Set.copyOf(hosts);
        resolvers.forEach(resolver -> hosts.add(resolver.host));
        hosts.remove("");
        for (String host : hosts) {
            String how = fresh.contains(host) ? "" : " (by an answer that a resolver still keeps)";
            List<Entrance> entrances = entrances(host);
            if (entrances.isEmpty()) {
                now.add("there is no load balancer " + host + how);
            }
            entrances.stream().map(Entrance::obstacle).flatMap(Optional::stream).forEach(why -> now.add(why + how));
        }
        now.stream()
                .filter(why -> !turnedAway.contains(why))
                .forEach(why -> refusals.add(new Refusal(account.clock.now(), why)));
        turnedAway = now;
    }
}
