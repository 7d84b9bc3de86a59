package io.jenkins.plugins.amideploy.core.simulator;

/**
 * Who acts on the world.
 *
 * @param call what the actor did, as a list of leftovers shows it
 */
record Actor(Kind kind, String call) {
    enum Kind {
        CALLER,
        OPERATOR,
        SETUP,
        AWS
    }

    static final Actor SETUP = new Actor(Kind.SETUP, "set-up");
    static final Actor AWS = new Actor(Kind.AWS, "AWS");

    TerminationCause asTerminationCause() {
        return kind == Kind.CALLER ? TerminationCause.CALLER : TerminationCause.OPERATOR;
    }
}
