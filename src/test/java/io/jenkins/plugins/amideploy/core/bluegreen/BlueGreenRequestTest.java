package io.jenkins.plugins.amideploy.core.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.bluegreen.Route.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlueGreenRequestTest {
    private final List<String> problems = new ArrayList<>();

    private BlueGreenRequest read(Map<String, String> also) {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "group", "web", "ami", "ami-0123456789abcdef0", "recordName", "www.example.org", "hostedZone", "Z123"));
        parameters.putAll(also);
        parameters.values().removeIf(String::isEmpty);
        return BlueGreenRequest.of(parameters, false, problems);
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        BlueGreenRequest request = read(Map.of());

        assertEquals(List.of(), problems);
        assertEquals(List.of(10, 50, 100), request.pace().stepsFor(false));
        assertEquals(Duration.ofMinutes(1), request.pace().intervalFor(false));
        assertTrue(request.bridge());
        assertTrue(request.retireOld());
        assertFalse(request.prewarm().asked());
        assertEquals(new Drain(Duration.ofMinutes(5), Duration.ofHours(2), false), request.drain());
    }

    @Test
    void aBalancerThatCannotBeWarmedIsGivenMoreAndSmallerSteps() {
        Pace usual = read(Map.of()).pace();
        Pace given = read(Map.of("steps", "100, 30%", "interval", "10")).pace();

        assertEquals(List.of(5, 10, 25, 50, 75, 100), usual.stepsFor(true));
        assertEquals(Duration.ofMinutes(5), usual.intervalFor(true));
        assertTrue(usual.slowedBy(true));
        assertEquals(List.of(30, 100), given.stepsFor(true));
        assertEquals(Duration.ofSeconds(10), given.intervalFor(true));
        assertFalse(given.slowedBy(true));
        assertEquals(List.of(), problems);
    }

    @Test
    void namesAreTakenAsRoute53WritesThem() {
        Route route = read(Map.of("recordName", "WWW.Example.org.", "hostedZone", "/hostedzone/Z0AB"))
                .route();

        assertEquals("www.example.org", route.recordName());
        assertEquals("Z0AB", route.hostedZone());
        assertEquals(List.of(), problems);
    }

    @Test
    void eachModeRefusesWhatIsTheOthers() {
        read(Map.of("listener", "443"));
        read(Map.of("mode", "listener", "prewarm", "auto", "dnsRoleArn", "arn:aws:iam::123456789012:role/dns"));

        assertEquals(
                List.of(
                        "listener: is for mode listener only",
                        "recordName: is for mode dns only",
                        "hostedZone: is for mode dns only",
                        "dnsRoleArn: is for mode dns only",
                        "prewarm: in mode listener the load balancer stays, and there is nothing to warm"),
                problems);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Map<String, String> wrong = new HashMap<>();
        wrong.put("ami", "web-2");
        wrong.put("recordName", "");
        wrong.put("hostedZone", "example!");
        wrong.put("steps", "10, 50");
        wrong.put("drainQuiet", "5");
        wrong.put("onDrainTimeout", "explode");
        wrong.put("prewarm", "much");
        wrong.put("retireold", "false");

        read(wrong);

        for (String name : List.of(
                "ami:",
                "recordName: is required in mode dns",
                "hostedZone: 'example!' is not",
                "steps: the last one must be 100",
                "drainQuiet:",
                "onDrainTimeout: 'explode' must be one of keep, retire",
                "prewarm: 'much' must be a whole number",
                "retireold: there is no such parameter")) {
            assertEquals(1, problems.stream().filter(p -> p.startsWith(name)).count(), name + " in " + problems);
        }
        assertEquals(8, problems.size(), problems.toString());
    }

    @Test
    void whatTheTagsSayIsReadBack() {
        Cutover dns = new Cutover(
                Mode.DNS, "web", "*.example.org", "Z123", "arn:aws:iam::123456789012:role/dns", List.of("web"));
        Cutover listener = new Cutover(
                Mode.LISTENER,
                "web",
                "",
                "",
                "",
                IntStream.range(0, 9).mapToObj(i -> "web-" + i).toList());

        assertEquals(Optional.of(dns), Cutover.of(dns.tags()));
        assertEquals(Optional.of(listener), Cutover.of(listener.tags()));
        assertTrue(dns.tags().values().stream().noneMatch(value -> value.contains("*")));
        assertEquals(Optional.empty(), Cutover.of(Map.of()));
    }
}
