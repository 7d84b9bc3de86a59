package io.jenkins.plugins.amideploy.core.group;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The classes of instance types that have a quota of running On-Demand vCPUs each: Service Quotas, service {@code ec2},
 * "Running On-Demand ... instances".
 */
enum VcpuClass {
    STANDARD("Standard (A, C, D, H, I, M, R, T, Z)", "L-1216C47A"),
    F("F", "L-74FC7D96"),
    G("G and VT", "L-DB2E81BA"),
    P("P", "L-417A185B"),
    X("X", "L-7295265B"),
    INF("Inf", "L-1945791B"),
    TRN("Trn", "L-2C3B7624"),
    DL("DL", "L-6E869C2A"),
    HPC("HPC", "L-F7808C92"),
    HIGH_MEMORY("High Memory", "L-43DA4232");

    private final String words;
    private final String quotaCode;

    VcpuClass(String words, String quotaCode) {
        this.words = words;
        this.quotaCode = quotaCode;
    }

    String quotaCode() {
        return quotaCode;
    }

    /** The class of an instance type; empty for one that has no such quota, as Mac instances. */
    static Optional<VcpuClass> of(String instanceType) {
        String family = instanceType.replaceAll("[^a-z].*", "");
        return Optional.ofNullable(
                switch (family) {
                    case "mac", "" -> null;
                    case "inf" -> INF;
                    case "trn" -> TRN;
                    case "dl" -> DL;
                    case "hpc" -> HPC;
                    default ->
                        switch (family.charAt(0)) {
                            case 'a', 'c', 'd', 'h', 'i', 'm', 'r', 't', 'z' -> STANDARD;
                            case 'f' -> F;
                            case 'g', 'v' -> G;
                            case 'p' -> P;
                            case 'x' -> X;
                            case 'u' -> HIGH_MEMORY;
                            default -> null;
                        };
                });
    }

    /** The one class that all of them belong to; empty where there is no such class. */
    static Optional<VcpuClass> ofAll(Collection<String> instanceTypes) {
        List<Optional<VcpuClass>> classes =
                instanceTypes.stream().map(VcpuClass::of).distinct().toList();
        return classes.size() == 1 ? classes.get(0) : Optional.empty();
    }

    @Override
    public String toString() {
        return words;
    }
}
