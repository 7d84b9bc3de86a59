package io.jenkins.plugins.amideploy.config.connection;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who calls, as GetCallerIdentity says it (AWS STS API Reference; "IAM identifiers").
 *
 * @param arn such as {@code arn:aws:sts::123456789012:assumed-role/deploy/ami-deploy@jenkins}
 */
record Caller(String arn, String account) {
    private static final Pattern ASSUMED = Pattern.compile("arn:([\\w-]+):sts::(\\d+):assumed-role/([^/]+)/.*");
    private static final Pattern USER = Pattern.compile("arn:[\\w-]+:iam::\\d+:user/.+");

    /** Whether it is the account's owner, whom no policy of the account limits. */
    boolean owner() {
        return arn.endsWith(":root");
    }

    /** The name of the role that was assumed; its path is not in the ARN of the session. */
    Optional<String> role() {
        Matcher matcher = ASSUMED.matcher(arn);
        return matcher.matches() ? Optional.of(matcher.group(3)) : Optional.empty();
    }

    /** The user or role whose policies count, as far as the ARN tells: a role that has a path is another one. */
    Optional<String> principal() {
        Matcher matcher = ASSUMED.matcher(arn);
        if (matcher.matches()) {
            return Optional.of("arn:" + matcher.group(1) + ":iam::" + matcher.group(2) + ":role/" + matcher.group(3));
        }
        return USER.matcher(arn).matches() ? Optional.of(arn) : Optional.empty();
    }

    /** {@code aws}, {@code aws-cn} and so on. */
    String partition() {
        return arn.split(":", 3)[1];
    }
}
