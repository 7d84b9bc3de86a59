package io.jenkins.plugins.amideploy.core.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** What was measured of one quantity over the seeds. */
record Sample(double mean, double p95, double worst) {
    static Sample of(Collection<? extends Number> values) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int last = sorted.length - 1;
        return new Sample(
                Arrays.stream(sorted).average().orElseThrow(), sorted[(int) Math.ceil(0.95 * last)], sorted[last]);
    }

    Map<String, Object> toMap() {
        return Report.map("mean", mean, "p95", p95, "worst", worst);
    }
}
