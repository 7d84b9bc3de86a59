package io.jenkins.plugins.amideploy.core.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of the Query protocol, or of the JSON protocol, as it came over the wire.
 *
 * @param accessKey who calls
 * @param service the service's prefix in IAM policies
 * @param parameters the form's fields, in their order; of a call in JSON the text fields of its outermost object
 */
record Call(String accessKey, String service, String action, Map<String, String> parameters) {
    /** The credential scope of Signature Version 4: {@code Credential=key/date/region/service/aws4_request}. */
    private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/[^/]+/[^/]+/([^/]+)/");

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\\[?\")([^\"]*)\"");

    private static final String ACTION = "Action";

    /** @param target the header {@code X-Amz-Target} of the JSON protocol, null for the Query protocol */
    static Call of(String authorization, String target, byte[] body) {
        Matcher scope = SCOPE.matcher(authorization == null ? "" : authorization);
        boolean signed = scope.find();
        if (target != null) {
            String action = target.substring(target.indexOf('.') + 1);
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher field = FIELD.matcher(new String(body, StandardCharsets.UTF_8));
            while (field.find()) {
                fields.put(field.group(1), field.group(2));
            }
            return new Call(signed ? scope.group(1) : "", signed ? prefix(scope.group(2)) : "unsigned", action, fields);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
            }
        }
        return new Call(
                signed ? scope.group(1) : "",
                signed ? prefix(scope.group(2)) : "unsigned",
                parameters.getOrDefault(ACTION, "unknown"),
                parameters);
    }

    /** CloudWatch signs by the name it had before it had this one. */
    private static String prefix(String signingName) {
        return signingName.equals("monitoring") ? "cloudwatch" : signingName;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean hasAny(String prefix) {
        return parameters.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    @Override
    public String toString() {
        return service + ":" + action;
    }
}
