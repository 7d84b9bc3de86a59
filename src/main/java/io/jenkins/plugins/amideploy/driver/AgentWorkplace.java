package io.jenkins.plugins.amideploy.driver;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.amideploy.core.deployment.Workplace;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the agent around the block sees of the network. It is asked in the background, and asked anew where it went away
 * before it could answer.
 */
final class AgentWorkplace implements Workplace {
    private static final Logger LOGGER = Logger.getLogger(AgentWorkplace.class.getName());

    private final LiveDeployment deployment;

    /** By what was asked; what has failed is forgotten. Guarded by this. */
    private final Map<String, CompletableFuture<?>> answers = new TreeMap<>();

    AgentWorkplace(LiveDeployment deployment) {
        this.deployment = deployment;
    }

    private interface Question<T> {
        T ask(VirtualChannel agent) throws IOException, InterruptedException;
    }

    @Override
    public boolean exists() {
        try {
            return deployment.workspace().isPresent();
        } catch (IOException e) {
            return true;
        } catch (IllegalStateException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public Optional<Addresses> addresses() {
        return exists() ? answer("addresses", AgentWorkplace::addressesOf, false) : NONE.addresses();
    }

    private static Addresses addressesOf(VirtualChannel agent) throws IOException, InterruptedException {
        Set<String> own = new TreeSet<>(agent.call(new OwnAddresses()));
        return new Addresses(own, agent.call(InternetAddress.fromProperty()));
    }

    @Override
    public Optional<Greeting> ssh(String host, int port) {
        return exists()
                ? answer(host + " " + port, agent -> greeting(agent.call(new SshGreeting(host, port))), true)
                : NONE.ssh(host, port);
    }

    private static Greeting greeting(String text) {
        return new Greeting(text.startsWith(SshGreeting.PROTOCOL), text);
    }

    /** @param once whether the answer is forgotten once it was taken */
    @SuppressWarnings("unchecked") // of the same question, and so of the same type
    private synchronized <T> Optional<T> answer(String name, Question<T> question, boolean once) {
        CompletableFuture<T> answer =
                (CompletableFuture<T>) answers.computeIfAbsent(name, unknown -> inBackground(() -> ask(question)));
        if (!answer.isDone()) {
            return Optional.empty();
        }
        if (once || answer.isCompletedExceptionally()) {
            answers.remove(name);
        }
        return answer.isCompletedExceptionally() ? Optional.empty() : Optional.of(answer.join());
    }

    private <T> T ask(Question<T> question) throws IOException, InterruptedException {
        FilePath workspace =
                deployment.workspace().orElseThrow(() -> new IOException("No agent surrounds the block any more"));
        return question.ask(workspace.getChannel());
    }

    private <T> CompletableFuture<T> inBackground(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Computer.threadPoolForRemoting.submit(() -> {
            try {
                answer.complete(work.call());
            } catch (Exception e) {
                LOGGER.log(Level.FINE, "The agent of " + deployment.record().build() + " did not answer", e);
                answer.completeExceptionally(e);
                return;
            }
            deployment.wake();
        });
        return answer;
    }
}
