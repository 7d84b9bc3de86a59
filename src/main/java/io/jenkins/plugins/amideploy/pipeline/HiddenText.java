package io.jenkins.plugins.amideploy.pipeline;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keeps texts out of a block's console. They are encrypted where Pipeline keeps this with its program. */
final class HiddenText extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String INSTEAD = "****";

    /** Matches each of the texts; the longer ones first, for they may hold a shorter one. */
    private final Secret pattern;

    HiddenText(Collection<String> texts) {
        this.pattern = Secret.fromString(texts.stream()
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    @Override
    public OutputStream decorateLogger(Run run, OutputStream console) {
        return new Lines(console, Pattern.compile(pattern.getPlainText()));
    }

    /** The console of Pipeline is in UTF-8 wherever it is written. */
    private static final class Lines extends LineTransformationOutputStream.Delegating {
        private final Pattern hidden;

        Lines(OutputStream console, Pattern hidden) {
            super(console);
            this.hidden = hidden;
        }

        @Override
        protected void eol(byte[] bytes, int length) throws IOException {
            Matcher matcher = hidden.matcher(new String(bytes, 0, length, StandardCharsets.UTF_8));
            if (matcher.find()) {
                out.write(matcher.replaceAll(Matcher.quoteReplacement(INSTEAD)).getBytes(StandardCharsets.UTF_8));
            } else {
                out.write(bytes, 0, length);
            }
        }
    }
}
