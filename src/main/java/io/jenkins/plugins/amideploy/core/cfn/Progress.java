package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many instances are replaced, from the words of CloudFormation's events; kept for each group by its path. */
final class Progress {
    private static final Pattern BEGINS = Pattern.compile("Terminating (\\d+) obsolete instance");
    private static final Pattern TERMINATED = Pattern.compile("Successfully terminated instance\\(s\\) \\[([^]]*)]");
    private static final Pattern PERCENT = Pattern.compile("[Pp]rogress:? (\\d+)%");
    private static final String SIGNAL = "Received SUCCESS signal";
    private static final String TOTAL = "total.";
    private static final String DONE = "done.";
    private static final String SIGNALS = "signals.";
    private static final String PERCENTAGES = "percentages.";

    private final SavedState saved;

    Progress(SavedState saved) {
        this.saved = saved;
    }

    /** The group is replaced as a whole, and its instances count by their signals. */
    static void expectSignals(SavedState saved, String path, int signals) {
        saved.put(SIGNALS + path, signals);
    }

    /** Of that group CloudFormation tells percentages only. */
    static void expectPercentages(SavedState saved, String path, int instances) {
        saved.put(PERCENTAGES + path, instances);
    }

    void heard(String path, String reason) {
        Matcher begins = BEGINS.matcher(reason);
        Matcher terminated = TERMINATED.matcher(reason);
        Matcher percent = PERCENT.matcher(reason);
        if (begins.find()) {
            saved.put(TOTAL + path, begins.group(1));
            saved.put(DONE + path, 0);
        } else if (terminated.find() && saved.has(TOTAL + path)) {
            String ids = terminated.group(1);
            add(path, ids.isBlank() ? 0 : ids.split(",").length);
        } else if (reason.startsWith(SIGNAL) && saved.getInt(SIGNALS + path, 0) > 0) {
            saved.put(TOTAL + path, saved.getInt(SIGNALS + path, 0));
            add(path, 1);
        } else if (percent.find() && saved.has(PERCENTAGES + path)) {
            int total = saved.getInt(PERCENTAGES + path, 0);
            saved.put(TOTAL + path, total);
            saved.put(DONE + path, total * Integer.parseInt(percent.group(1)) / 100);
        }
    }

    private void add(String path, int instances) {
        saved.put(DONE + path, Math.min(saved.getInt(TOTAL + path, 0), saved.getInt(DONE + path, 0) + instances));
    }

    /** The stack turns around: what was replaced counts no longer. */
    void forget() {
        saved.toMap().keySet().stream()
                .filter(key -> key.startsWith(TOTAL) || key.startsWith(DONE))
                .forEach(saved::remove);
    }

    /** Such as {@code 3/10}; empty before anything counts. */
    String text() {
        int total = sum(TOTAL);
        return total == 0 ? "" : sum(DONE) + "/" + total;
    }

    private int sum(String prefix) {
        return saved.toMap().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToInt(entry -> Integer.parseInt(entry.getValue()))
                .sum();
    }
}
