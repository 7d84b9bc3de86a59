package io.jenkins.plugins.amideploy.config;

import hudson.Util;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.sf.json.JSONObject;

/**
 * The parameters of a procedure, as a step or build step holds them: one public field for each, which is thereby named
 * once only. Whatever is empty or false was not given.
 */
public final class GivenParameters {
    private GivenParameters() {}

    /**
     * What was given, by name.
     *
     * @param common the class up to which fields are no parameters of the procedure
     */
    public static Map<String, String> of(Object step, Class<?> common) {
        Map<String, String> given = new TreeMap<>();
        for (Field field : step.getClass().getFields()) {
            boolean parameter = !field.getDeclaringClass().isAssignableFrom(common);
            String text = parameter ? text(field, step) : null;
            if (text != null) {
                given.put(field.getName(), text);
            }
        }
        return given;
    }

    private static String text(Field field, Object step) {
        try {
            Object value = field.get(step);
            boolean unset = value == null || field.getType() == boolean.class && value.equals(false);
            return unset ? null : Util.fixEmptyAndTrim(value.toString());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not public", e);
        }
    }

    /** An empty field of a form is an argument that is not given, of whatever type; spaces around one mean nothing. */
    public static void tidy(JSONObject form) {
        for (Object name : List.copyOf(form.names())) {
            if (form.get(name) instanceof String text) {
                if (text.isBlank()) {
                    form.remove(name);
                } else {
                    form.put(name.toString(), text.strip());
                }
            }
        }
    }
}
