package io.jenkins.plugins.amideploy.demo;

/** Whether this controller was started to show the plugin, by {@code -Dio.jenkins.plugins.amideploy.demo=true}. */
final class Demo {
    private Demo() {}

    static boolean on() {
        return Boolean.getBoolean("io.jenkins.plugins.amideploy.demo");
    }
}
