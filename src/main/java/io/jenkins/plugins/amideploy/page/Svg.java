package io.jenkins.plugins.amideploy.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes SVG, with everything escaped. Colours come from classes, which the theme's variables colour. */
final class Svg {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values in turn */
    Svg open(String tag, Object... attributes) {
        start(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    Svg close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Svg element(String tag, Object... attributes) {
        start(tag, attributes).append("/>");
        return this;
    }

    /** An element that holds nothing but text. */
    Svg text(String tag, String text, Object... attributes) {
        start(tag, attributes)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(tag)
                .append('>');
        return this;
    }

    /** A box with a text that shows when the mouse is over it. */
    Svg box(double x, double y, double width, double height, String classes, String tip) {
        open("rect", "x", x, "y", y, "width", Math.max(0.5, width), "height", height, "rx", 2, "class", classes);
        return text("title", tip).close();
    }

    private StringBuilder start(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1] instanceof Double number ? number(number) : "" + attributes[i + 1];
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(value))
                    .append('"');
        }
        return out;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String number(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
