package io.jenkins.plugins.amideploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedJobsTest {
    @ParameterizedTest
    @CsvSource({
        "deploy, deploy, true",
        "deploy, deploy2, false",
        "ops/*, ops/deploy, true",
        "ops/*, ops/web/deploy, false",
        "ops/**, ops/web/deploy, true",
        "ops/**, ops2/deploy, false",
        "ops/*/deploy, ops/web/deploy, true",
        "ops/*-prod, ops/web-prod, true",
        "**, any/thing, true",
        "o.s, ops, false",
        "'', deploy, false",
    })
    void patternsNameJobs(String patterns, String job, boolean allowed) {
        assertEquals(allowed, new AllowedJobs(patterns).contains(job));
    }

    @ParameterizedTest
    @CsvSource({"web, true", "ops/db, true", "db, false"})
    void everyLineIsAPattern(String job, boolean allowed) {
        assertEquals(allowed, new AllowedJobs("web\n\n  ops/*  \n").contains(job));
    }
}
