package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.DeploymentHost;
import io.jenkins.plugins.amideploy.core.history.History.Phase;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import org.jvnet.localizer.ResourceBundleHolder;

/** What people call the phases. */
final class PhaseNames {
    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private PhaseNames() {}

    static String of(Phase phase) {
        String key = "Phase." + (phase.name().isEmpty() ? "PREFLIGHT" : phase.name());
        if (phase.unwinding()) {
            return text(key + ".back").orElseGet(() -> Messages.PhaseNames_unwinding(forward(key, phase)));
        }
        return forward(key, phase);
    }

    private static String forward(String key, Phase phase) {
        return text(key).orElseGet(() -> words(phase.name()));
    }

    /** Whether the block has the word. */
    static boolean waits(Phase phase) {
        return phase.name().equals(DeploymentHost.GATE);
    }

    private static Optional<String> text(String key) {
        try {
            return Optional.of(TEXTS.format(key));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }

    private static String words(String name) {
        String words = name.toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
