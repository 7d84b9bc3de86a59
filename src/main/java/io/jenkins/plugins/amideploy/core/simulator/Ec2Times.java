package io.jenkins.plugins.amideploy.core.simulator;

/**
 * How long EC2 takes for what it publishes no number of.
 *
 * @param start from {@code pending} to {@code running}
 * @param statusChecks from {@code running} until both status checks have passed
 * @param stop from {@code stopping} to {@code stopped}
 * @param reboot how long an instance is down for an image of it
 * @param imaging from CreateImage until the image is {@code available} or {@code failed}
 * @param copying from CopyImage until the copy is
 * @param pickUp from SendCommand until the agent begins
 */
public record Ec2Times(Span start, Span statusChecks, Span stop, Span reboot, Span imaging, Span copying, Span pickUp) {
    public static Ec2Times typical() {
        return new Ec2Times(
                Span.seconds(5, 15),
                Span.seconds(60, 180),
                Span.seconds(15, 60),
                Span.seconds(20, 60),
                Span.seconds(60, 300),
                Span.seconds(120, 600),
                Span.seconds(0.5, 3));
    }

    public Ec2Times withImaging(Span value) {
        return new Ec2Times(start, statusChecks, stop, reboot, value, copying, pickUp);
    }

    public Ec2Times withCopying(Span value) {
        return new Ec2Times(start, statusChecks, stop, reboot, imaging, value, pickUp);
    }
}
