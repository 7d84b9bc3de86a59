package io.jenkins.plugins.amideploy.core.template;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The text of a CloudFormation template, JSON or YAML. Only the structure is read: every scalar is a {@code String}, the
 * short forms of intrinsic functions become their long forms (AWS CloudFormation User Guide, "Intrinsic function
 * reference"), and a tag never makes an object.
 */
public final class TemplateText {
    /** Largest template that CloudFormation takes from S3 (User Guide, "Understand CloudFormation quotas"). */
    private static final int MOST_BYTES = 1_048_576;

    private static final int DEEPEST = 60;

    private TemplateText() {}

    /**
     * @return maps, lists and strings; null for an empty value
     * @throws IllegalArgumentException where it is neither JSON nor YAML, too large, too deep, or not a map at its top,
     *     in words for people
     */
    public static Map<?, ?> parse(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException("it is larger than the " + MOST_BYTES + " bytes of a template");
        }
        try {
            Object root = plain(new Yaml(new SafeConstructor(options())).compose(new StringReader(spaced(text))), 0);
            if (root instanceof Map<?, ?> map) {
                return map;
            }
        } catch (YAMLException e) {
            throw new IllegalArgumentException("it is neither JSON nor YAML: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("it is no template: there is no Resources section");
    }

    /** CloudFormation knows no aliases of maps and lists, so that none can make a small text a large template. */
    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    /** JSON may be indented by tabs, YAML may not; within JSON's texts there are none. */
    private static String spaced(String text) {
        return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
    }

    private static Object plain(Node node, int depth) {
        if (node == null || depth > DEEPEST) {
            return null;
        }
        Object value = untagged(node, depth);
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return value;
        }
        String name = tag.substring(1);
        String function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
        Map<String, Object> call = new LinkedHashMap<>();
        call.put(function, function.equals("Fn::GetAtt") && value instanceof String path ? attribute(path) : value);
        return call;
    }

    private static List<String> attribute(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? List.of(path) : List.of(path.substring(0, dot), path.substring(dot + 1));
    }

    private static Object untagged(Node node, int depth) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (map.containsKey(key)) {
                    throw new IllegalArgumentException("'" + key + "' is there twice, line "
                            + (entry.getKeyNode().getStartMark().getLine() + 1));
                }
                map.put(key, plain(entry.getValueNode(), depth + 1));
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(plain(item, depth + 1)));
            return list;
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
    }
}
