package io.jenkins.plugins.amideploy.page;

/**
 * A row of the table of phases.
 *
 * @param planned empty where it is not known
 * @param took empty where it has not come
 */
public record PhaseRow(String name, String planned, String took) {}
