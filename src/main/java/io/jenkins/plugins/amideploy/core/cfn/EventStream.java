package io.jenkins.plugins.amideploy.core.cfn;

import io.jenkins.plugins.amideploy.core.deployment.SavedState;
import io.jenkins.plugins.amideploy.core.deployment.TickContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * The events of a stack and of those nested in it, each once and in their order: AWS CloudFormation API Reference,
 * "DescribeStackEvents" (newest first, in pages). Of each stack the last event that was told is kept; the caller saves.
 */
final class EventStream {
    private static final String ROOT = "events";
    private static final String NESTED = "nested.";
    private static final String AFTER = "after ";
    private static final String SINCE = "since ";
    private static final String DONE = "done ";

    private final TickContext at;
    private final SavedState saved;
    private final String root;

    /**
     * An event with where it happened.
     *
     * @param key where the last event of its stack is kept
     * @param path the nested stacks around it, such as {@code Web/}; empty for the stack itself
     * @param stack whether it is of the stack itself, which ends its work with such an event
     */
    record Heard(String key, String path, StackEvent event, boolean stack) {
        String status() {
            return event.resourceStatusAsString();
        }

        String reason() {
            return event.resourceStatusReason() == null
                    ? ""
                    : event.resourceStatusReason().strip();
        }

        /** The logical id with the nested stacks around it. */
        String resource() {
            return path + event.logicalResourceId();
        }
    }

    /** @param root the ARN of the stack, by which events are found also when it is deleted */
    EventStream(TickContext at, String root) {
        this.at = at;
        this.saved = at.state();
        this.root = root;
    }

    /** From now on; what happened before is not told. */
    void begin() {
        List<StackEvent> newest = page(root, null).stackEvents();
        saved.put(ROOT, newest.isEmpty() ? "" : AFTER + newest.get(0).eventId());
    }

    /** Whether the call with that token has had its first event since the beginning; tells nothing. */
    boolean any(String token) {
        return since(root, saved.get(ROOT, "")).stream()
                .anyMatch(event -> event.clientRequestToken() == null
                        || event.clientRequestToken().equals(token));
    }

    /** What was not told yet, in order. */
    List<Heard> next() {
        List<Heard> heard = new ArrayList<>(read(root, ROOT, ""));
        boolean found = true;
        Set<String> asked = new HashSet<>();
        while (found) {
            heard.forEach(this::watch);
            found = false;
            for (String key : nestedKeys()) {
                if (!saved.get(key, "").startsWith(DONE) && asked.add(key)) {
                    String path = key.substring(NESTED.length(), key.lastIndexOf(' '));
                    heard.addAll(read(key.substring(key.lastIndexOf(' ') + 1), key, path));
                    found = true;
                }
            }
        }
        heard.sort(Comparator.comparing(h -> h.event().timestamp()));
        return heard;
    }

    /** The stack's path and ARN are in the key. */
    private List<String> nestedKeys() {
        return saved.toMap().keySet().stream()
                .filter(key -> key.startsWith(NESTED))
                .toList();
    }

    /** Something begins in a nested stack: its events are told from then on until it is at rest. */
    private void watch(Heard heard) {
        StackEvent event = heard.event();
        String id = event.physicalResourceId();
        if (heard.stack()
                || !event.resourceType().equals(Template.STACK)
                || id == null
                || !id.startsWith("arn:")
                || !heard.status().endsWith("_IN_PROGRESS")) {
            return;
        }
        String key = NESTED + heard.resource() + "/ " + id;
        String known = saved.get(key, "");
        if (known.isEmpty()) {
            saved.put(key, SINCE + event.timestamp().toEpochMilli());
        } else if (known.startsWith(DONE)) {
            saved.put(key, known.substring(DONE.length()));
        }
    }

    private List<Heard> read(String stack, String key, String path) {
        return since(stack, saved.get(key, "")).stream()
                .map(event -> new Heard(key, path, event, stack.equals(event.physicalResourceId())))
                .toList();
    }

    /** That event has been told and will not come again. */
    void told(Heard heard) {
        String last = AFTER + heard.event().eventId();
        boolean over = heard.stack() && Stacks.atRest(heard.status());
        saved.put(heard.key(), over && !heard.key().equals(ROOT) ? DONE + last : last);
    }

    /** The events of one stack after the marked one, oldest first. */
    private List<StackEvent> since(String stack, String mark) {
        List<StackEvent> fresh = new ArrayList<>();
        String token = null;
        do {
            DescribeStackEventsResponse page = page(stack, token);
            for (StackEvent event : page.stackEvents()) {
                if (told(event, mark)) {
                    return reversed(fresh);
                }
                fresh.add(event);
            }
            token = page.nextToken();
        } while (token != null);
        return reversed(fresh);
    }

    private static boolean told(StackEvent event, String mark) {
        if (mark.startsWith(SINCE)) {
            return event.timestamp().isBefore(Instant.ofEpochMilli(Long.parseLong(mark.substring(SINCE.length()))));
        }
        return mark.startsWith(AFTER) && event.eventId().equals(mark.substring(AFTER.length()));
    }

    private static List<StackEvent> reversed(List<StackEvent> newestFirst) {
        List<StackEvent> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    private DescribeStackEventsResponse page(String stack, String token) {
        return at.aws()
                .cloudFormation()
                .describeStackEvents(r -> r.stackName(stack).nextToken(token));
    }
}
