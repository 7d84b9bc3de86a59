package io.jenkins.plugins.amideploy.core.rolling;

/** How many instances stay in service. */
final class Floor {
    private Floor() {}

    static int of(int capacity, int minHealthyPercentage) {
        return (int) (((long) capacity * minHealthyPercentage + 99) / 100);
    }

    /**
     * The floor while a deployment runs. It follows a capacity that others raise. It follows one that they lower only
     * where the group could otherwise not lose any instance: a scaling policy that sees our surge as idle capacity shall
     * not lower it.
     *
     * @param basis the desired capacity at the start
     * @param wanted the desired capacity that others want now
     * @param desired the live desired capacity, our surge included
     */
    static int during(int basis, int wanted, int desired, int minHealthyPercentage) {
        int strict = of(Math.max(basis, wanted), minHealthyPercentage);
        return desired - 1 >= strict ? strict : of(wanted, minHealthyPercentage);
    }
}
