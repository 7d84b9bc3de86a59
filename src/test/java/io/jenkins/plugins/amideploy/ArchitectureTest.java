package io.jenkins.plugins.amideploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The packages depend on each other in one direction only. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.amideploy";
    private static final String[] PROCEDURES = {
        ROOT + ".core.ami..",
        ROOT + ".core.rolling..",
        ROOT + ".core.blueviolet..",
        ROOT + ".core.cfn..",
        ROOT + ".core.bluegreen..",
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void arrowsRunOneWay() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("pipeline")
                .definedBy(ROOT + ".pipeline..")
                .layer("freestyle")
                .definedBy(ROOT + ".freestyle..")
                .layer("page")
                .definedBy(ROOT + ".page..")
                .layer("driver")
                .definedBy(ROOT + ".driver..")
                .layer("config")
                .definedBy(ROOT + ".config..")
                .layer("core")
                .definedBy(ROOT + ".core..")
                .whereLayer("pipeline")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("freestyle")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("page")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("driver")
                .mayOnlyBeAccessedByLayers("pipeline", "freestyle", "page")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("driver", "pipeline", "freestyle", "page"));
    }

    @Test
    void coreKnowsNoJenkins() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke.stapler.."));
    }

    @Test
    void proceduresDoNotKnowEachOther() {
        check(slices().matching(ROOT + ".core.(ami|rolling|blueviolet|cfn|bluegreen)..")
                .should()
                .notDependOnEachOther());
    }

    @Test
    void engineDoesNotKnowTheProcedures() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".core.aws..",
                        ROOT + ".core.deployment..",
                        ROOT + ".core.group..",
                        ROOT + ".core.traffic..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROCEDURES));
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".core.aws..", ROOT + ".core.deployment..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".core.group..", ROOT + ".core.traffic.."));
    }

    @Test
    void balancersKnowNeitherTheProceduresNorTheTraffic() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".core.balancer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROCEDURES));
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".core.aws..", ROOT + ".core.deployment..", ROOT + ".core.group..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".core.balancer.."));
        check(slices().matching(ROOT + ".core.(balancer|traffic)..").should().notDependOnEachOther());
    }

    @Test
    void onlyThePlanAndTheDemoSimulate() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".core..")
                .and()
                .resideOutsideOfPackages(ROOT + ".core.simulator..", ROOT + ".core.plan..", ROOT + ".core.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".core.simulator.."));
    }

    @Test
    void sdkTypesAreNotKept() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".driver..", ROOT + ".pipeline..", ROOT + ".freestyle..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.."));
    }

    @Test
    void noStateIsStatic() {
        check(fields().that().areStatic().and().areNotFinal().should().haveModifier(JavaModifier.FINAL));
    }
}
