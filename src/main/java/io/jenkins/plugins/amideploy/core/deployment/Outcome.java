package io.jenkins.plugins.amideploy.core.deployment;

import java.util.Map;

/** How a deployment ended. */
public sealed interface Outcome {

    /**
     * Everything was done.
     *
     * @param result the step's return value: strings and numbers, and lists and maps of them
     */
    record Succeeded(Map<String, Object> result) implements Outcome {}

    /**
     * It was not done.
     *
     * @param trouble what ended it
     * @param state what was done about it and the state the group was left in
     */
    record Failed(Trouble trouble, String state) implements Outcome {
        /** One text for the build's error: what happened, why, what state things are in. */
        public String message() {
            return state.isEmpty() ? trouble.text() : trouble.text() + "\n" + state;
        }
    }
}
