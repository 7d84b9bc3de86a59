package io.jenkins.plugins.amideploy.core.aws;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One thing of the account.
 *
 * @param id what a parameter takes
 * @param about by what people know it, and the state it is in
 * @param good whether it can be used as it is
 */
public record InventoryEntry(String id, String about, boolean good) {

    /** @param about what there is to say, as far as it is neither null nor empty */
    static InventoryEntry of(String id, String... about) {
        String text = Arrays.stream(about)
                .filter(Objects::nonNull)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
        return new InventoryEntry(id, text.isEmpty() ? id : text, true);
    }
}
