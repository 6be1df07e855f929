package org.oncotwin.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SR-709")
class GuideTest {

    @Test
    void findsFilesAndCommandsInOrder() {
        Guide guide = Guide.parse(List.of(
                "# Title",
                "`src/A.java`:",
                "",
                "```java",
                "class A {",
                "",
                "}",
                "```",
                "Then:",
                "```sh",
                "javac src/A.java",
                "```",
                "```text",
                "left alone",
                "```"));
        assertThat(guide.steps())
                .containsExactly(
                        new Guide.WriteFile(Path.of("src/A.java"), "class A {\n\n}\n"),
                        new Guide.RunCommand("javac src/A.java\n", 10));
    }

    @Test
    void refusesABlockThatNobodyWouldTest() {
        assertThatThrownBy(() -> Guide.parse(List.of("Look:", "```java", "class A {}", "```")))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> Guide.parse(List.of("`a`:", "```java", "```", "```java", "```")))
                .hasMessageContaining("line 4");
        assertThatThrownBy(() -> Guide.parse(List.of("```sh", "ls"))).hasMessageContaining("no end");
    }
}
