package io.jenkins.plugins.amideploy.pipeline;

import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;

/** A script from the documentation, read by Groovy as Pipeline reads it, whose steps do nothing but say what they are given. */
public abstract class WrittenScript extends Script {
    private static final String AMI = "ami-0123456789abcdef0";
    private static final Map<String, String> IMAGE = Map.of("imageId", AMI);

    /**
     * A step as it is written.
     *
     * @param arguments by name
     */
    record Call(String step, Map<String, Object> arguments, boolean gated) {}

    private final List<Call> calls = new ArrayList<>();

    /** The steps that it calls, in that order, wherever they stand. */
    static List<Call> callsIn(String text) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(WrittenScript.class.getName());
        WrittenScript script =
                (WrittenScript) new GroovyShell(WrittenScript.class.getClassLoader(), configuration).parse(text);
        script.run();
        return script.calls;
    }

    @Override
    public Object invokeMethod(String name, Object given) {
        Object[] arguments = given instanceof Object[] several ? several : new Object[] {given};
        Map<String, Object> named = new LinkedHashMap<>();
        Closure<?> block = null;
        for (Object argument : arguments) {
            if (argument instanceof Map<?, ?> map) {
                map.forEach((key, value) -> named.put(String.valueOf(key), value));
            } else if (argument instanceof Closure<?> closure) {
                block = closure;
            }
        }
        calls.add(new Call(name, named, block != null));
        if (block != null) {
            block.call();
        }
        return name.equals("buildAmi") ? IMAGE : "what " + name + " returns";
    }

    @Override
    public Object getProperty(String name) {
        return switch (name) {
            case "params", "env" -> Map.of("AMI", AMI);
            case "ami" -> IMAGE; // of an example before
            default -> getBinding().hasVariable(name) ? getBinding().getVariable(name) : "$" + name;
        };
    }
}
