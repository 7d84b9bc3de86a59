package io.jenkins.plugins.amideploy.core.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** Images that AWS will fail to make. */
final class ImageFaults {
    private final Deque<String> images = new ArrayDeque<>();
    private final Deque<String> copies = new ArrayDeque<>();

    void failImage(String reason) {
        images.add(reason);
    }

    void failCopy(String reason) {
        copies.add(reason);
    }

    /** Why the image that is begun now fails; null where it does not. */
    String nextImage() {
        return images.poll();
    }

    /** Why the copy that is begun now fails; null where it does not. */
    String nextCopy() {
        return copies.poll();
    }
}
