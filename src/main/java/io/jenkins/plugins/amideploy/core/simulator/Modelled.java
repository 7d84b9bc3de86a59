package io.jenkins.plugins.amideploy.core.simulator;

/** All that is modelled: a further service or topic is added here. */
final class Modelled {
    private Modelled() {}

    static void all(World world, Operations operations) {
        autoScaling(world, operations);
        ec2(world, operations);
        new ParameterOperations(world, operations);
        new CommandOperations(world, operations);
        loadBalancing(world, operations);
        new AlarmOperations(world, operations);
        new TrafficMetricOperations(world, operations);
        new ZoneOperations(world, operations);
        new ServiceQuotaOperations(world, operations);
        cloudFormation(world, operations);
    }

    private static void loadBalancing(World world, Operations operations) {
        new TargetGroupOperations(world, operations);
        new TargetGroupLifecycle(world, operations);
        new LoadBalancerOperations(world, operations);
        new LoadBalancerCreation(world, operations);
        new ListenerOperations(world, operations);
        new RuleOperations(world, operations);
        new BalancerTags(world, operations);
        new ListenerCertificates(world, operations);
        new ReservationOperations(world, operations);
        new ClassicOperations(world, operations);
        new ClassicCreation(world, operations);
        new ClassicListeners(world, operations);
        new ClassicPolicies(world, operations);
        new ClassicSettings(world, operations);
        new BalancerLimits(world, operations);
    }

    /** CloudFormation calls the other services as a user would, who sees what is. */
    private static void cloudFormation(World world, Operations operations) {
        Actor actor = new Actor(Actor.Kind.OPERATOR, "CloudFormation");
        world.stacks = new Stacks(world, Clients.through(request -> {
            Actor before = world.actor;
            world.actor = actor;
            try {
                return operations.of(request.getClass()).handler().apply(request);
            } finally {
                world.actor = before;
            }
        }));
        new StackOperations(world, operations, world.stacks);
        new StackDescriptions(operations, world.stacks);
        new ChangeSetOperations(world, operations, world.stacks);
    }

    private static void autoScaling(World world, Operations operations) {
        GroupTagOperations tags = new GroupTagOperations(world, operations);
        HookOperations hooks = new HookOperations(world, operations);
        PolicyOperations policies = new PolicyOperations(world, operations);
        new GroupOperations(world, operations, tags, hooks);
        new GroupDeletion(world, operations, policies);
        new GroupDescriptions(world, operations);
        new GroupInstanceOperations(world, operations);
        new StandbyOperations(world, operations);
        new ProcessOperations(world, operations);
        new LaunchConfigurationOperations(world, operations);
        new TrafficOperations(world, operations);
        new RefreshOperations(world, operations);
        new WarmPoolOperations(world, operations);
        new ScheduleOperations(world, operations);
        new NotificationOperations(world, operations);
        new MetricsOperations(world, operations);
    }

    private static void ec2(World world, Operations operations) {
        new RegionOperations(operations);
        new ImageOperations(world, operations);
        new ImageCreation(world, operations);
        new ImageCopying(world, operations);
        new ImageAttributes(world, operations);
        new SnapshotOperations(world, operations);
        new VolumeOperations(world, operations);
        new InstanceOperations(world, operations);
        new RunOperations(world, operations);
        new StatusOperations(world, operations);
        new KeyPairOperations(world, operations);
        new SecurityGroupOperations(world, operations);
        new TagOperations(world, operations);
        new TemplateOperations(world, operations);
        new TemplateDescriptions(world, operations);
        new NetworkOperations(world, operations);
    }
}
