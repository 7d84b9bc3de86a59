package io.jenkins.plugins.amideploy.core.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Requests made of descriptions. AWS describes most things by other types than it takes them in, but their members have
 * the same names; what a thing has that a request cannot say is left out.
 */
public final class Likeness {
    private final UnaryOperator<SdkPojo> change;

    private Likeness(UnaryOperator<SdkPojo> change) {
        this.change = change;
    }

    /** Members are taken over as they are. */
    public static Likeness exact() {
        return new Likeness(part -> part);
    }

    /** @param change what is done to each part of a thing when it is taken over */
    public static Likeness changing(UnaryOperator<SdkPojo> change) {
        return new Likeness(change);
    }

    /** Sets on the builder every member that the description has and the request knows. */
    public <B extends SdkPojo> B copy(SdkPojo description, B request) {
        Map<String, SdkField<?>> members = new HashMap<>();
        request.sdkFields().forEach(field -> members.put(field.memberName(), field));
        for (SdkField<?> from : description.sdkFields()) {
            Object value = from.getValueOrDefault(description);
            SdkField<?> to = members.get(from.memberName());
            boolean absent =
                    value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
            if (!absent && to != null) {
                to.set(request, converted(value, to));
            }
        }
        return request;
    }

    private Object converted(Object value, SdkField<?> to) {
        if (value instanceof SdkPojo part && to.marshallingType() == MarshallingType.SDK_POJO) {
            SdkPojo copy = copy(part, to.constructor().get());
            return change.apply((SdkPojo) ((Buildable) copy).build());
        }
        if (value instanceof List<?> list) {
            SdkField<?> member = to.getTrait(ListTrait.class).memberFieldInfo();
            return list.stream().map(element -> converted(element, member)).toList();
        }
        return value;
    }
}
