package io.jenkins.plugins.amideploy.core.bench;

import java.util.Arrays;
import java.util.Collection;

/** What was measured of one quantity over the seeds. */
record Sample(double mean, double p95, double worst) {
    static Sample of(Collection<? extends Number> values) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int last = sorted.length - 1;
        return new Sample(
                Arrays.stream(sorted).average().orElseThrow(), sorted[(int) Math.ceil(0.95 * last)], sorted[last]);
    }
}
