package io.jenkins.plugins.amideploy.driver;

import hudson.Util;
import hudson.console.HyperlinkNote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links the ids of instances and images in a line to where the AWS console shows them. */
public final class ConsoleLinks {
    private static final Pattern ID = Pattern.compile("\\b(i|ami|lt)-[0-9a-f]{8,17}\\b");

    private final String console;

    public ConsoleLinks(String region) {
        String domain = region.startsWith("cn-")
                ? "amazonaws.cn"
                : region.startsWith("us-gov-") ? "amazonaws-us-gov.com" : "aws.amazon.com";
        this.console = "https://" + region + ".console." + domain + "/ec2/home?region=" + region + "#";
    }

    /** The text as HTML, with links. */
    public String html(String text) {
        Matcher matcher = ID.matcher(text);
        StringBuilder html = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            html.append(Util.escape(text.substring(end, matcher.start())))
                    .append(link(url(matcher.group(1), matcher.group()), matcher.group()));
            end = matcher.end();
        }
        return html.append(Util.escape(text.substring(end))).toString();
    }

    /** The name of a group as HTML, with a link. */
    public String group(String name) {
        return link(console + "AutoScalingGroupDetails:id=" + Util.rawEncode(name) + ";view=details", name);
    }

    private static String link(String url, String text) {
        return "<a href=\"" + Util.escape(url) + "\" rel=\"noopener\">" + Util.escape(text) + "</a>";
    }

    String in(String line) {
        Matcher matcher = ID.matcher(line);
        return matcher.replaceAll(found ->
                Matcher.quoteReplacement(HyperlinkNote.encodeTo(url(found.group(1), found.group()), found.group())));
    }

    private String url(String kind, String id) {
        String page =
                switch (kind) {
                    case "i" -> "InstanceDetails:instanceId=";
                    case "ami" -> "ImageDetails:imageId=";
                    default -> "LaunchTemplateDetails:launchTemplateId=";
                };
        return console + page + Util.rawEncode(id);
    }
}
