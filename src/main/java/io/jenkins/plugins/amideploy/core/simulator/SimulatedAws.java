package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * One account in one region, {@code eu-west-1} unless another one is asked for, in memory. The same seed and the same calls give the same world. Safe
 * for use by several threads, one of which is in the world at a time.
 */
public final class SimulatedAws {
    private final World world;
    private final CallLog calls;
    private final Clients clients;
    private final Clients operator;
    private final Clients setUp;
    private final Faults faults;

    public SimulatedAws(long seed, Behaviour behaviour) {
        this(seed, behaviour, SimulatedClock.virtual());
    }

    public SimulatedAws(long seed, Behaviour behaviour, SimulatedClock clock) {
        this(new Account(seed, behaviour, clock), Service.REGION);
    }

    SimulatedAws(Account account, String region) {
        world = new World(account, region);
        calls = account.calls;
        Operations operations = new Operations();
        faults = new Faults(world, account.faults);
        Modelled.all(world, operations);
        Gate gate = new Gate(world, operations, calls, account.faults);
        clients = Clients.through(gate::call);
        operator = Clients.through(request -> gate.callUndisturbed(
                request,
                new Actor(
                        Actor.Kind.OPERATOR,
                        "operator's " + request.getClass().getSimpleName().replaceFirst("Request$", ""))));
        setUp = Clients.through(request -> gate.callUndisturbed(request, Actor.SETUP));
        account.begin(region, this);
    }

    public SimulatedClock clock() {
        return world.clock;
    }

    public AutoScalingClient autoScaling() {
        return clients.autoScaling();
    }

    public Ec2Client ec2() {
        return clients.ec2();
    }

    public ElasticLoadBalancingV2Client elbv2() {
        return clients.elbv2();
    }

    public ElasticLoadBalancingClient elb() {
        return clients.elb();
    }

    public CloudWatchClient cloudWatch() {
        return clients.cloudWatch();
    }

    public SsmClient ssm() {
        return clients.ssm();
    }

    public CloudFormationClient cloudFormation() {
        return clients.cloudFormation();
    }

    public Route53Client route53() {
        return clients.route53();
    }

    public ServiceQuotasClient serviceQuotas() {
        return clients.serviceQuotas();
    }

    /** What there is to Route 53 beside its calls, and those who use its names. */
    public SimulatedDns dns() {
        return world.account.dns;
    }

    /** What there is to CloudFormation beside its calls. */
    public Stacks stacks() {
        return world.stacks;
    }

    /** The code of the region. */
    public String region() {
        return world.region;
    }

    /**
     * The same account in another region, which has a world of its own: clock, call log, and faults that concern calls
     * are shared, so that calls are counted over all regions.
     *
     * @throws IllegalArgumentException where no region can have that code
     */
    public SimulatedAws region(String code) {
        return world.account.in(code);
    }

    World world() {
        return world;
    }

    /** Someone else's clients: no latency, no lag, no faults, not counted. Terminations by them are not the caller's. */
    public Clients operator() {
        return operator;
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    /** @return the id of the image */
    public String registerImage(String name, String architecture, Application application) {
        return registerImage(ImageSpec.of(name, architecture).application(application));
    }

    /** @return the id of the image */
    public String registerImage(ImageSpec spec) {
        return settingUp(() -> ImageSetup.register(world, spec).id);
    }

    /** An IAM instance profile that instances may be given. */
    public void instanceProfile(String name) {
        settingUp(() -> world.account.profiles.add(name));
    }

    public void imageState(String imageId, ImageState state) {
        settingUp(() -> world.images.get(imageId).state = state);
    }

    /** A Systems Manager parameter that launch templates may name an image by. */
    public void parameter(String name, String imageId) {
        settingUp(() -> world.parameters.put(name, imageId));
    }

    /** @return the ARN of the target group */
    public String createTargetGroup(TargetGroupSpec spec) {
        return settingUp(() -> {
            SimulatedTargetGroup group = new SimulatedTargetGroup(world, spec);
            world.targetGroups.put(group.arn, group);
            ListenerOperations.setUp(world, LoadBalancerOperations.setUp(world, spec.loadBalancer()), group);
            return group.arn;
        });
    }

    public void createClassicLoadBalancer(ClassicLoadBalancerSpec spec) {
        settingUp(() -> world.classics.put(spec.name(), new SimulatedClassic(world, spec)));
    }

    public void createGroup(GroupSpec spec) {
        settingUp(() -> {
            new GroupSetup(world, setUp).create(spec);
            return null;
        });
    }

    /** Whether there is such a group, also while it is being deleted. */
    public boolean exists(String group) {
        return world.clock.locked(() -> world.groups.containsKey(group));
    }

    /** The watch stays of use when the group is gone. */
    public GroupWatch watch(String group) {
        return world.clock.locked(() -> {
            SimulatedGroup found = world.groups.get(group);
            if (found == null) {
                throw new IllegalArgumentException("No group " + group);
            }
            return found.watch;
        });
    }

    /**
     * The capacity behind a balancer, over all groups.
     *
     * @param balancer the ARN of a target group or the name of a Classic Load Balancer
     */
    public BalancerWatch watchBalancer(String balancer) {
        return world.clock.locked(() -> {
            Balancer found = world.targetGroups.containsKey(balancer)
                    ? world.targetGroups.get(balancer)
                    : world.classics.get(balancer);
            if (found == null) {
                throw new IllegalArgumentException("No balancer " + balancer);
            }
            return found.watch;
        });
    }

    /** Gives the account another quota than the usual one. */
    public void quota(Quota quota, int value) {
        settingUp(() -> world.quotas.put(quota, value));
    }

    public void listen(Consumer<StateChange> listener) {
        world.clock.locked(() -> {
            world.observers.listen(listener);
            return null;
        });
    }

    /** Every instance that was put on its way out, in the order of time. */
    public List<Termination> terminations() {
        return world.clock.locked(() -> List.copyOf(world.observers.terminations()));
    }

    /** Everything that exists now in any region, with what made it. */
    public List<Leftover> leftovers() {
        return world.clock.locked(() -> Stream.concat(
                        world.account.regions().stream().flatMap(aws -> Leftovers.of(aws.world()).stream()),
                        world.account.dns.leftovers().stream())
                .toList());
    }

    /** The boot time of the launch-th successful launch of a group since its set-up, counted from 0. */
    public Duration bootDraw(String group, int launch) {
        return world.draws.boot(group, launch, world.behaviour.boot());
    }

    private <T> T settingUp(Supplier<T> action) {
        return world.clock.locked(() -> {
            Actor before = world.actor;
            world.actor = Actor.SETUP;
            try {
                return action.get();
            } finally {
                world.actor = before;
            }
        });
    }
}
