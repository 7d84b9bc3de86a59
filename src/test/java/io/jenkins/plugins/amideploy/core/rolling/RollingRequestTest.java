package io.jenkins.plugins.amideploy.core.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RollingRequestTest {
    private final List<String> problems = new ArrayList<>();

    private RollingRequest request(String... more) {
        Map<String, String> parameters = new TreeMap<>(Map.of("group", "web", "ami", "ami-0123456789abcdef0"));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return RollingRequest.of(parameters, true, problems);
    }

    @Test
    void groupAndImageAreEnough() {
        RollingRequest request = request();
        assertEquals(List.of(), problems);
        assertEquals(1, request.batchSize().of(20));
        assertEquals(100, request.minHealthyPercentage());
        assertEquals(RollingRequest.OnFailure.ROLL_BACK, request.onFailure());
        assertEquals(RollingRequest.Treatment.FAIL, request.standby());
        assertEquals(Duration.ofMinutes(15), request.healthTimeout());
    }

    @Test
    void aPercentageBatchIsRoundedDownToOneAtLeast() {
        assertEquals(2, request("batchSize", "25%").batchSize().of(11));
        assertEquals(1, request("batchSize", "5%").batchSize().of(11));
        assertEquals(List.of(), problems);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        request(
                "ami", "web-image",
                "batchSize", "0",
                "minHealthyPercentage", "101",
                "checkpoints", "10, 250",
                "onFailure", "explode",
                "warmup", "soon",
                "replaceMatching", "maybe",
                "colour", "violet");
        assertEquals(8, problems.size(), () -> String.join("\n", problems));
        assertEquals(
                List.of(
                        "ami",
                        "batchSize",
                        "minHealthyPercentage",
                        "warmup",
                        "checkpoints",
                        "onFailure",
                        "replaceMatching",
                        "colour"),
                problems.stream().map(p -> p.substring(0, p.indexOf(':'))).toList());
    }

    @Test
    void checkpointsAreSortedAndWithoutRepeats() {
        assertEquals(List.of(10, 50), request("checkpoints", "50%, 10, 50").checkpoints());
    }

    @Test
    void checkpointsWithoutABlockAreAMistake() {
        RollingRequest.of(Map.of("group", "web", "ami", "ami-0abc", "checkpoints", "50"), false, problems);
        assertEquals(List.of("checkpoints: there is no block to run at them"), problems);
    }
}
