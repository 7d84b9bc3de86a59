package io.jenkins.plugins.amideploy.core.rolling;

/**
 * How many instances are replaced at the same time.
 *
 * @param percent whether {@code number} is a percentage of the group's desired capacity
 */
record BatchSize(int number, boolean percent) {

    /**
     * A count ({@code 3}) or a percentage ({@code 25%}).
     *
     * @throws IllegalArgumentException with a text for people
     */
    static BatchSize of(String text) {
        String number = text.strip();
        boolean percent = number.endsWith("%");
        BatchSize size;
        try {
            size = new BatchSize(
                    Integer.parseInt(
                            percent ? number.substring(0, number.length() - 1).strip() : number),
                    percent);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "batchSize: '" + text + "' is neither a count such as 2 nor a percentage such as 25%");
        }
        if (size.number < 1 || percent && size.number > 100) {
            throw new IllegalArgumentException(
                    "batchSize: " + text.strip() + " must be " + (percent ? "from 1% to 100%" : "1 or more"));
        }
        return size;
    }

    /** The count for a group of that size; a percentage is rounded down, to one at least. */
    int of(int capacity) {
        return percent ? Math.max(1, (int) ((long) capacity * number / 100)) : number;
    }

    @Override
    public String toString() {
        return percent ? number + "%" : Integer.toString(number);
    }
}
