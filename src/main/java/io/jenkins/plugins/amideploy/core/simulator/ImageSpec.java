package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * An image that is there from the beginning.
 *
 * @param owner the account that owns it
 * @param alias AWS's word for that account, such as {@code amazon}; null for other accounts
 * @param application what runs on its instances, and on those of images that are built from them
 * @param guest what instances do that are launched by themselves
 * @param age how long ago it was created
 * @param rootSize of its volume, in GiB
 */
public record ImageSpec(
        String name,
        String architecture,
        String owner,
        String alias,
        Application application,
        Guest guest,
        Duration age,
        int rootSize,
        Map<String, String> tags) {
    private static final String AMAZON = "137112412989";

    public static ImageSpec of(String name, String architecture) {
        return new ImageSpec(
                name,
                architecture,
                Service.ACCOUNT,
                null,
                Application.healthy(),
                Guest.working(),
                Duration.ZERO,
                8,
                Map.of());
    }

    /** Owned by Amazon, and public. */
    public ImageSpec amazon() {
        return new ImageSpec(name, architecture, AMAZON, "amazon", application, guest, age, rootSize, tags);
    }

    public ImageSpec application(Application value) {
        return new ImageSpec(name, architecture, owner, alias, value, guest, age, rootSize, tags);
    }

    public ImageSpec guest(Guest value) {
        return new ImageSpec(name, architecture, owner, alias, application, value, age, rootSize, tags);
    }

    public ImageSpec age(Duration value) {
        return new ImageSpec(name, architecture, owner, alias, application, guest, value, rootSize, tags);
    }

    public ImageSpec tags(Map<String, String> value) {
        return new ImageSpec(name, architecture, owner, alias, application, guest, age, rootSize, value);
    }
}
