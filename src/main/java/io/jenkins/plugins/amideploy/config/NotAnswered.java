package io.jenkins.plugins.amideploy.config;

/** AWS said nothing to a form; the message tells whoever fills it in why, and is empty for who may not know. */
final class NotAnswered extends Exception {
    private static final long serialVersionUID = 1L;

    NotAnswered(String why) {
        super(why);
    }
}
