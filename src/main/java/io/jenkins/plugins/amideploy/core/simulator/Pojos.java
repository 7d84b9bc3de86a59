package io.jenkins.plugins.amideploy.core.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.utils.builder.Buildable;

/** EC2 describes the data of a launch template by other types than it takes it in; their members have the same names. */
final class Pojos {
    private Pojos() {}

    /** Sets on the builder every member that is set in the source. */
    static <B extends SdkPojo> B copy(SdkPojo source, B builder) {
        Map<String, SdkField<?>> members = new HashMap<>();
        builder.sdkFields().forEach(field -> members.put(field.memberName(), field));
        for (SdkField<?> from : source.sdkFields()) {
            Object value = from.getValueOrDefault(source);
            SdkField<?> to = members.get(from.memberName());
            if (value != null && to != null && !(value instanceof SdkAutoConstructList)) {
                to.set(builder, converted(value, to));
            }
        }
        return builder;
    }

    private static Object converted(Object value, SdkField<?> to) {
        if (value instanceof SdkPojo pojo && to.marshallingType() == MarshallingType.SDK_POJO) {
            return ((Buildable) copy(pojo, to.constructor().get())).build();
        }
        if (value instanceof List<?> list) {
            SdkField<?> member = to.getTrait(ListTrait.class).memberFieldInfo();
            return list.stream().map(element -> converted(element, member)).toList();
        }
        return value;
    }
}
