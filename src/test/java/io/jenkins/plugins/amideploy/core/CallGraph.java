package io.jenkins.plugins.amideploy.core;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which actions of AWS can be called from a procedure, by any path: also by paths that no run has taken. A call of a method
 * that others override may be a call of any of these.
 */
final class CallGraph {
    private static final String CORE = "io.jenkins.plugins.amideploy.core";
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("autoscaling", "autoscaling"),
            Map.entry("cloudformation", "cloudformation"),
            Map.entry("cloudwatch", "cloudwatch"),
            Map.entry("ec2", "ec2"),
            Map.entry("elasticloadbalancing", "elasticloadbalancing"),
            Map.entry("elasticloadbalancingv2", "elasticloadbalancing"),
            Map.entry("route53", "route53"),
            Map.entry("servicequotas", "servicequotas"),
            Map.entry("ssm", "ssm"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(CORE);

    private final Set<JavaCodeUnit> reached = new HashSet<>();
    private final Deque<JavaCodeUnit> toLookAt = new ArrayDeque<>();
    private final Set<String> actions = new TreeSet<>();
    private final Predicate<JavaClass> followed;

    private CallGraph(Predicate<JavaClass> followed) {
        this.followed = followed;
    }

    /** Actions such as {@code ec2:DescribeImages} that these classes call, or anything that they call. */
    static Set<String> actionsOf(Class<?>... roots) {
        List<String> packages = Arrays.stream(roots).map(Class::getPackageName).toList();
        CallGraph graph = new CallGraph(
                type -> !simulates(type) && (!isProcedure(type) || packages.contains(type.getPackageName())));
        for (Class<?> root : roots) {
            CLASSES.get(root).getCodeUnits().forEach(graph::reach);
        }
        graph.follow();
        return graph.actions;
    }

    /** The plan's own calls of the simulator go through the same clients, but to no AWS. */
    private static boolean simulates(JavaClass type) {
        return type.getPackageName().startsWith(CORE + ".simulator")
                || type.getPackageName().equals(CORE + ".demo")
                || type.getPackageName().equals(CORE + ".plan")
                        && type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(
                                        d -> d.getTargetClass().getPackageName().equals(CORE + ".simulator"));
    }

    /** A shared room that calls a procedure through an interface calls the one that is looked at, and no other. */
    private static boolean isProcedure(JavaClass type) {
        return List.of("ami", "blueviolet", "bluegreen", "cfn", "rolling").stream()
                .anyMatch(room -> type.getPackageName().equals(CORE + "." + room));
    }

    private void reach(JavaCodeUnit unit) {
        if (unit.getOwner().getPackageName().startsWith(CORE) && followed.test(unit.getOwner()) && reached.add(unit)) {
            toLookAt.add(unit);
        }
    }

    private void follow() {
        while (!toLookAt.isEmpty()) {
            JavaCodeUnit unit = toLookAt.remove();
            Stream.concat(
                            unit.getCallsFromSelf().stream().map(call -> call.getTarget()),
                            unit.getCodeUnitReferencesFromSelf().stream().map(reference -> reference.getTarget()))
                    .forEach(target -> {
                        if (target instanceof CodeUnitCallTarget call) {
                            action(call);
                        }
                        target.resolveMember().ifPresent(this::reachWithOverrides);
                    });
        }
    }

    private void reachWithOverrides(JavaCodeUnit unit) {
        reach(unit);
        if (unit instanceof JavaMethod method) {
            method.getOwner()
                    .getAllSubclasses()
                    .forEach(subclass -> subclass.tryGetMethod(
                                    method.getName(),
                                    method.getRawParameterTypes().stream()
                                            .map(JavaClass::getName)
                                            .toArray(String[]::new))
                            .ifPresent(this::reach));
        }
    }

    private void action(CodeUnitCallTarget target) {
        String[] owner = target.getOwner().getName().split("\\.");
        if (!target.getOwner().getName().startsWith("software.amazon.awssdk.services.")
                || !owner[owner.length - 1].endsWith("Client")
                || target.getName().equals("close")) {
            return;
        }
        String service = SERVICES.get(owner[4]);
        if (service == null) {
            throw new AssertionError("To which service belongs " + target.getFullName() + "?");
        }
        String operation = target.getName().replaceFirst("Paginator$", "");
        actions.add(service + ":" + Character.toUpperCase(operation.charAt(0)) + operation.substring(1));
    }
}
