package org.oncotwin.change.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.change.Documents;

/** The reader, the published schema and the published example of a feature file say the same. */
@Tag("SR-1002")
class CombinationSchemaTest {

    private static final String EXTENSION = "/extensions/oncotwin-combination/json";
    private static final String EXAMPLE = Documents.text("examples/glioma.json");

    private static List<String> schemaFaults(JsonNode feature) {
        return Documents.faults("combination.schema.json", feature);
    }

    @Test
    void theExampleIsReadAndFitsTheSchema() {
        assertThat(Documents.faultsOfSchema("combination.schema.json")).isEmpty();
        assertThat(schemaFaults(Documents.json(EXAMPLE))).isEmpty();
        CombinationFile file = CombinationFile.read(EXAMPLE.getBytes(StandardCharsets.UTF_8));
        assertThat(file.name())
                .isEqualTo(Documents.json(Documents.text("examples/plan.json"))
                        .get("combination")
                        .textValue());
        assertThat(file.plugins()).hasSize(3);
    }

    @ParameterizedTest(name = "{0} {1} = {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | remark | 1",
                "'' | id | ",
                "'' | id | 7",
                "'' | id | \"glioma\"",
                "'' | id | \"a:Glioma:1\"",
                "'' | bundles | ",
                "'' | bundles | []",
                "'' | bundles | {}",
                "/bundles/0 | id | ",
                "/bundles/0 | id | \"a:b\"",
                "/bundles/0 | id | \"a:b/c:1\"",
                "'' | extensions | ",
                "/extensions | oncotwin-combination | ",
                "/extensions/oncotwin-combination | json | ",
                "/extensions/oncotwin-combination | json | []",
                "json | remark | 1",
                "json | title | ",
                "json | title | \" \"",
                "json | plugins | ",
                "json | plugins | []",
                "json | plugins | {}",
                "json | plugins | [1]",
                "json | plan | \"a/b.json\"",
                "json | plan | \" \"",
                "json | plan | 1",
                "json/plugins/0 | kind | \"export\"",
                "json/plugins/0 | kind | ",
                "json/plugins/0 | id | \"Logistic\"",
                "json/plugins/0 | id | ",
                "json/plugins/0 | versions | ",
                "json/plugins/0 | versions | \"one\"",
                "json/plugins/0 | versions | \"[1,2\"",
                "json/plugins/0 | remark | 1",
            })
    void whatTheReaderRefusesTheSchemaRefuses(String place, String key, String value) {
        JsonNode feature = Documents.json(EXAMPLE);
        ObjectNode object = (ObjectNode) feature.at(place.replaceFirst("^json", EXTENSION));
        if (value == null) {
            assertThat(object.remove(key)).isNotNull();
        } else {
            object.set(key, Documents.json(value));
        }
        assertThatThrownBy(() -> CombinationFile.read(Documents.bytes(feature)))
                .isInstanceOf(InvalidInputException.class);
        assertThat(schemaFaults(feature)).isNotEmpty();
    }
}
