package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.plugin.InvalidInputException;

/** The documentation and the JSON Schema say what the reader does. */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "..", "docs");

    /** Beside the keys of every treatment, an example has those of its modality. */
    private static final Set<String> OF_RADIATION =
            Set.of("fractions", "dose_per_fraction", "days", "scale", "dose_map");

    @TempDir
    Path folder;

    private CaseFolder cases;

    @BeforeEach
    void makeImages() throws IOException {
        cases = new CaseFolder(folder);
    }

    @Tag("SR-101")
    @Test
    void theExamplesCanBeRead() throws IOException {
        Matcher blocks =
                Pattern.compile("(?s)```json\n(.*?)```").matcher(Files.readString(DOCS.resolve("case-file.md")));
        List<String> names = new ArrayList<>();
        while (blocks.find()) {
            names.add(cases.read(blocks.group(1)).caseName());
        }
        assertThat(names).containsExactly("gbm-001", "logistic-001");
    }

    @Tag("SR-104")
    @ParameterizedTest(name = "keys of ''{0}''")
    @CsvSource({
        "'', /properties",
        "patient, /properties/patient/properties",
        "anatomy, /properties/anatomy/properties",
        "initial, /properties/initial/properties",
        "growth, /properties/growth/properties",
        "treatments[0], /$defs/course/properties",
        "treatments[1], /$defs/regimen/properties"
    })
    void schemaAndDocumentationHaveTheKeysOfTheReader(String path, String pointer) throws IOException {
        Set<String> known = known(path);

        JsonNode schema =
                new ObjectMapper().readTree(DOCS.resolve("case.schema.json").toFile());
        Set<String> described = new TreeSet<>();
        schema.at(pointer).fieldNames().forEachRemaining(described::add);
        if (path.equals("initial")) {
            // The other thing to start from, for models without space.
            assertThat(described.remove("volume")).isTrue();
        }
        assertThat(known).isEqualTo(described);
        String page = Files.readString(DOCS.resolve("case-file.md"));
        assertThat(known).allSatisfy(key -> assertThat(page).contains("| `" + key + "` |"));
    }

    /** Asks the reader itself, with a key that it cannot know. */
    private Set<String> known(String path) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode root = mapper.readTree(CaseFolder.EXAMPLE);
        ((ArrayNode) root.get("treatments"))
                .addObject()
                .put("regimen", "unknown")
                .put("start_day", 0);
        String pointer = path.isEmpty() ? "" : "/" + path.replace("[", "/").replace("]", "");
        ((com.fasterxml.jackson.databind.node.ObjectNode) root.at(pointer)).put("zzzzzzzzzzzz", 1);
        InvalidCaseException refused =
                catchThrowableOfType(InvalidCaseException.class, () -> cases.read(mapper.writeValueAsString(root)));
        String problem = refused.problems().stream()
                .map(InvalidInputException::problem)
                .filter(text -> text.startsWith("unknown key; "))
                .findFirst()
                .orElseThrow();
        Set<String> known =
                new TreeSet<>(Arrays.asList(problem.substring(problem.indexOf("known are ") + "known are ".length())
                        .split(", ")));
        if (path.startsWith("treatments")) {
            known.removeAll(OF_RADIATION);
        }
        return known;
    }
}
