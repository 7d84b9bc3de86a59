package io.jenkins.plugins.amideploy.core.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {
    @Test
    void shortFormsBecomeLongOnes() {
        assertEquals(
                Map.of(
                        "a", Map.of("Ref", "X"),
                        "b", Map.of("Fn::GetAtt", List.of("X", "Y.Z")),
                        "c", Map.of("Fn::Sub", "${X}"),
                        "d", Map.of("Fn::If", List.of("C", Map.of("Ref", "X"), "1"))),
                TemplateText.parse("a: !Ref X\nb: !GetAtt X.Y.Z\nc: !Sub '${X}'\nd: !If [C, !Ref X, 1]"));
    }

    @Test
    void jsonMayBeIndentedByTabs() {
        assertEquals(Map.of("a", List.of("1", "true")), TemplateText.parse("{\n\t\"a\": [1,\n\t\ttrue]\n}"));
    }

    @Test
    void valuesStayAsTheyAreWritten() {
        Map<?, ?> map = TemplateText.parse("AWSTemplateFormatVersion: 2010-09-09\nport: 0080\nyes: on");
        assertEquals(Map.of("AWSTemplateFormatVersion", "2010-09-09", "port", "0080", "yes", "on"), map);
    }

    @Test
    void aTagNeverMakesAnObject() {
        assertThrows(IllegalArgumentException.class, () -> TemplateText.parse("a: !!java.net.URL [http://127.0.0.1/]"));
        assertEquals(Map.of("a", Map.of("Fn::java.net.URL", List.of("u"))), TemplateText.parse("a: !java.net.URL [u]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a", "just words", "a: [", "a: 1\na: 2", "a: &x [1]\nb: *x", "a: &x {b: *x}"})
    void whatIsNoTemplateIsRefusedInWords(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> TemplateText.parse(text))
                .getMessage();
        assertTrue(message.contains("it is") || message.contains("twice"), message);
    }

    @Test
    void sizeAndDepthAreBounded() {
        String deep = "a: " + "[".repeat(5000) + "]".repeat(5000);
        assertThrows(IllegalArgumentException.class, () -> TemplateText.parse(deep));
        String large = "a: " + "x".repeat(1_048_577);
        assertThrows(IllegalArgumentException.class, () -> TemplateText.parse(large));
    }
}
