package io.jenkins.plugins.amideploy.core.simulator;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Which members of a request are set. */
final class Members {
    private Members() {}

    /**
     * Fails loudly where a request asks for something that is not modelled.
     *
     * @param modelled the API's names of members
     */
    static void only(SdkPojo request, String... modelled) {
        Set<String> known = Set.of(modelled);
        for (SdkField<?> field : request.sdkFields()) {
            Object value = field.getValueOrDefault(request);
            boolean set = value != null
                    && !(value instanceof SdkAutoConstructList)
                    && !(value instanceof SdkAutoConstructMap)
                    && !(value instanceof List<?> list && list.isEmpty());
            if (set && !known.contains(field.memberName())) {
                throw new UnsupportedOperationException("The simulator does not model " + field.memberName() + " of "
                        + request.getClass().getSimpleName());
            }
        }
    }
}
