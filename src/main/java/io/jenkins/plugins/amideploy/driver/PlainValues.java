package io.jenkins.plugins.amideploy.driver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a deployment in types that both Pipeline's program and {@code build.xml} can hold, and that a Pipeline
 * may change without changing what is kept.
 */
public final class PlainValues {
    private PlainValues() {}

    /** A copy, down to the innermost list. */
    public static LinkedHashMap<String, Object> copy(Map<?, ?> values) {
        LinkedHashMap<String, Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
        return copy;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof Collection<?> several) {
            ArrayList<Object> list = new ArrayList<>();
            several.forEach(each -> list.add(plain(each)));
            return list;
        }
        boolean simple = value == null || value instanceof Number || value instanceof Boolean;
        return simple ? value : value.toString();
    }
}
