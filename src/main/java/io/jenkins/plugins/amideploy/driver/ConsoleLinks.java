package io.jenkins.plugins.amideploy.driver;

import hudson.Util;
import hudson.console.HyperlinkNote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links the ids of instances and images in a line to where the AWS console shows them. */
final class ConsoleLinks {
    private static final Pattern ID = Pattern.compile("\\b(i|ami|lt)-[0-9a-f]{8,17}\\b");

    private final String console;

    ConsoleLinks(String region) {
        String domain = region.startsWith("cn-")
                ? "amazonaws.cn"
                : region.startsWith("us-gov-") ? "amazonaws-us-gov.com" : "aws.amazon.com";
        this.console = "https://" + region + ".console." + domain + "/ec2/home?region=" + region + "#";
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
