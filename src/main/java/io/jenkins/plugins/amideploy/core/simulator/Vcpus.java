package io.jenkins.plugins.amideploy.core.simulator;

/**
 * The quota of running On-Demand instances, which counts virtual processors: Amazon EC2 User Guide, "Amazon EC2 instance
 * type quotas", and "VcpuLimitExceeded" as Auto Scaling shows it. All types count towards one quota here; the processors
 * are those of the usual sizes.
 */
final class Vcpus {
    private Vcpus() {}

    static boolean beyondQuota(World world, String type) {
        int most = world.quota(Quota.VCPUS);
        return most != Quota.VCPUS.usual()
                && of(type)
                                + world.instances.values().stream()
                                        .filter(SimulatedInstance::alive)
                                        .mapToInt(instance -> of(instance.type))
                                        .sum()
                        > most;
    }

    static String refusal(World world) {
        return "You have requested more vCPU capacity than your current vCPU limit of " + world.quota(Quota.VCPUS)
                + " allows for the instance bucket that the specified instance type belongs to. Please visit"
                + " http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit. Launching EC2"
                + " instance failed.";
    }

    static int of(String type) {
        String size = type.substring(type.indexOf('.') + 1);
        if (size.equals("xlarge")) {
            return 4;
        }
        return size.endsWith("xlarge") ? 4 * Integer.parseInt(size.replace("xlarge", "")) : 2;
    }
}
