package io.jenkins.plugins.amideploy.driver;

import java.util.List;
import java.util.Map;

/**
 * The secrets of a gate as files on the agent of its block.
 *
 * @param variables environment variables for the block, each with the path of a file
 * @param hidden what the block's console must not show: the paths, and the lines of the secrets
 */
public record GateFiles(Map<String, String> variables, List<String> hidden) {
    /** Where there are no files: none are asked for, or there is no machine to put them on. */
    static final GateFiles NONE = new GateFiles(Map.of(), List.of());
}
