package io.jenkins.plugins.amideploy.core.cfn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * What was found before anything is changed.
 *
 * @param stack as it is; empty where there is none, or none but a proposed one
 * @param absent whether there is not even a proposed one
 * @param clear whether the stack has to be deleted first
 * @param amiParameter the template's parameter that takes the image
 * @param amiValue what it is given
 * @param previous the template's parameters that keep their values
 * @param alarms ARNs of the rollback alarms
 * @param body the template, where it could be had already
 */
record Survey(
        Optional<Stack> stack,
        boolean absent,
        boolean clear,
        String amiParameter,
        String amiValue,
        Set<String> previous,
        List<String> alarms,
        Optional<Template> body,
        List<String> problems) {

    boolean creates() {
        return stack.isEmpty() || clear;
    }
}
