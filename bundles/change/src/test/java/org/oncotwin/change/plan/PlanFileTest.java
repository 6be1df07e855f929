package org.oncotwin.change.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.change.Documents;

/** The reader, the published schema and the published example say the same. */
@Tag("SR-1101")
class PlanFileTest {

    private static final String EXAMPLE = Documents.text("examples/plan.json");

    private static Plan read(String text) {
        return PlanFile.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode example() {
        return Documents.json(EXAMPLE);
    }

    private static List<String> schemaFaults(JsonNode plan) {
        return Documents.faults("plan.schema.json", plan);
    }

    @Test
    void theExampleIsReadAndFitsTheSchema() {
        assertThat(Documents.faultsOfSchema("plan.schema.json")).isEmpty();
        assertThat(schemaFaults(example())).isEmpty();
        Plan plan = read(EXAMPLE);
        assertThat(plan.name()).isEqualTo("Glioma growth models");
        Plan.Modification method = plan.modifications().get(0);
        assertThat(method.plugin()).isEqualTo(new Plan.PluginReference(PluginKind.GROWTH, "reaction-diffusion"));
        assertThat(method.differences()).containsExactlyInAnyOrder(Difference.Kind.TEXT, Difference.Kind.SOLVER);
        assertThat(method.parameterDefaults()).isEmpty();
        assertThat(plan.modifications().get(1).parameterDefaults())
                .containsEntry("proliferation", new Plan.Range(0.01, 0.2));
        Plan.Protocol protocol = plan.protocol(method);
        assertThat(protocol.criteria().get(0).words())
                .isEqualTo(
                        "the maximum relative difference of tumour.burden from the version in use is at most 1.0E-4");
        assertThat(protocol.signatures())
                .containsExactly(
                        new Plan.RequiredSignature(Role.CLINICAL, Meaning.REVIEW),
                        new Plan.RequiredSignature(Role.REGULATORY, Meaning.APPROVAL));
        assertThat(plan.impact().mostChanges()).isEqualTo(5);
    }

    @Test
    void aModificationLeadsToAVersionOfTheSamePluginOrToAnother() {
        List<Plan.Modification> modifications = read(EXAMPLE).modifications();
        Plan.Modification version = modifications.get(0);
        PluginIdentity growth = identity(PluginKind.GROWTH, "reaction-diffusion");
        assertThat(version.target()).isEqualTo(version.plugin());
        assertThat(version.leads(growth, growth)).isTrue();
        Plan.Modification another = modifications.get(2);
        PluginIdentity grid = identity(PluginKind.SOLVER, "grid");
        PluginIdentity cuda = identity(PluginKind.SOLVER, "grid-cuda");
        assertThat(another.target()).isEqualTo(new Plan.PluginReference(PluginKind.SOLVER, "grid-cuda"));
        assertThat(another.leads(grid, cuda)).isTrue();
        assertThat(another.leads(grid, grid)).isFalse();
        assertThat(another.leads(cuda, grid)).isFalse();
        assertThat(another.leads(grid, identity(PluginKind.EXPORT, "grid-cuda")))
                .isFalse();
    }

    private static PluginIdentity identity(PluginKind kind, String id) {
        return new PluginIdentity(kind, id, "1.0.0", "bundle", "c");
    }

    @Test
    void theSchemaListsTheWordsThatTheReaderKnows() {
        JsonNode definitions =
                Documents.json(Documents.text("plan.schema.json")).at("/$defs");
        assertWords(
                definitions.at("/modification/properties/allowed_differences/items/enum"), Difference.Kind.values());
        assertWords(definitions.at("/modification/properties/plugin/properties/kind/enum"), PluginKind.values());
        assertWords(definitions.at("/protocol/properties/signatures/items/properties/role/enum"), Role.values());
        assertWords(definitions.at("/protocol/properties/signatures/items/properties/meaning/enum"), Meaning.values());
        assertWords(definitions.at("/criterion/properties/against/enum"), Plan.Against.values());
        assertWords(definitions.at("/criterion/properties/statistic/enum"), Plan.Statistic.values());
    }

    private static void assertWords(JsonNode listed, Enum<?>[] values) {
        TreeSet<String> words = new TreeSet<>();
        listed.forEach(word -> words.add(word.textValue()));
        assertThat(words)
                .containsExactlyInAnyOrder(Stream.of(values)
                        .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
                        .toArray(String[]::new));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/plan | \"\" | plan: plan is empty",
                "/version | 1 | version: '1' is not allowed; allowed is a text in quotes",
                "/version | \" \" | version is empty",
                "/combination | null | combination: is null; write a value",
                "/suppliers | [] | suppliers is empty; allowed is one or more",
                "/suppliers | \"me\" | suppliers: is not allowed; allowed is a list in brackets",
                "/suppliers | [null] | is null",
                "/suppliers/0 | \"me\" | suppliers[0]: is not allowed; allowed is an object in braces",
                "/suppliers/0/name | \"\" | suppliers[0]: name of a supplier is empty",
                "/suppliers/0/certificate_sha256 | \"AB\" | suppliers[0]: certificate_sha256 of supplier Example Modelling Group is 'AB'; allowed is a SHA-256 in 64 lower-case hexadecimal digits",
                "/description_of_modifications | [] | description_of_modifications is empty; allowed is one or more",
                "/description_of_modifications/0/kind | \"\" | description_of_modifications[0]: kind is empty",
                "/description_of_modifications/0/description | \"\" | description_of_modifications[0]: description of modification numerical-method is empty",
                "/description_of_modifications/0/plugin/kind | \"growht\" | description_of_modifications[0].plugin.kind: 'growht' is not allowed; allowed is growth, treatment, solver, export",
                "/description_of_modifications/0/plugin/kind | \"\" | description_of_modifications[0].plugin.kind: ",
                "/description_of_modifications/0/plugin/kind | 0 | description_of_modifications[0].plugin.kind: '0' is not allowed; allowed is growth, treatment, solver, export",
                "/description_of_modifications/0/plugin/id | \"\" | id of a plugin is empty",
                "/description_of_modifications/2/plugin/kind | \"growth\" | description_of_modifications[2]: replaced_by of modification graphics-processor is grid-cuda for a growth plugin, which cases name; allowed is one that studies find by themselves: pharmacokinetics, solver",
                "/description_of_modifications/2/replaced_by | \" \" | description_of_modifications[2]: replaced_by of modification graphics-processor is empty",
                "/description_of_modifications/2/replaced_by | 1 | description_of_modifications[2].replaced_by: '1' is not allowed; allowed is a text in quotes",
                "/description_of_modifications/0/versions | \"one\" | versions of modification numerical-method is 'one', which is not a version range; write for example [1.0,2)",
                "/description_of_modifications/0/allowed_differences/0 | \"tekst\" | description_of_modifications[0].allowed_differences[0]: 'tekst' is not allowed; allowed is text, equation, parameter_default, parameter_range, parameter_meaning, parameter_added, parameter_removed, input_added, input_changed, initial_quantity, quantity, effect_port, state_schema, solver",
                "/description_of_modifications/0/allowed_differences/0 | null | is null",
                "/description_of_modifications/1/parameter_defaults | [] | description_of_modifications[1].parameter_defaults: is not allowed; allowed is an object with a key for each",
                "/description_of_modifications/1/parameter_defaults/proliferation/minimum | \"low\" | description_of_modifications[1].parameter_defaults.proliferation.minimum: 'low' is not allowed; allowed is a number",
                "/modification_protocols | [] | names the protocol 'equivalence', which the plan does not have",
                "/modification_protocols/0/data_management | \"\" | modification_protocols[0]: data_management of protocol equivalence is empty",
                "/modification_protocols/0/update_procedure | \"\" | modification_protocols[0]: update_procedure of protocol equivalence is empty",
                "/modification_protocols/0/rollback_conditions | \"\" | modification_protocols[0]: rollback_conditions of protocol equivalence is empty",
                "/modification_protocols/0/cohort/sha256 | \"12\" | modification_protocols[0].cohort: sha256 of the cohort is '12'; allowed is a SHA-256 in 64",
                "/modification_protocols/0/cohort/least_cases | 0 | modification_protocols[0].cohort: least_cases is 0; allowed is 1 or more",
                "/modification_protocols/0/cohort/least_cases | 1.5 | modification_protocols[0].cohort.least_cases: '1.5' is not allowed; allowed is a whole number",
                "/modification_protocols/0/cohort/least_cases | \"30\" | modification_protocols[0].cohort.least_cases: '30' is not allowed; allowed is a whole number",
                "/modification_protocols/0/acceptance_criteria | [] | modification_protocols[0]: acceptance_criteria of protocol equivalence is empty; allowed is one or more",
                "/modification_protocols/0/acceptance_criteria/0/against | \"previous\" | modification_protocols[0].acceptance_criteria[0].against: 'previous' is not allowed; allowed is current, reference",
                "/modification_protocols/0/acceptance_criteria/0/statistic | \"median\" | modification_protocols[0].acceptance_criteria[0].statistic: 'median' is not allowed; allowed is maximum, mean",
                "/modification_protocols/0/acceptance_criteria/0/floor | 0 | modification_protocols[0].acceptance_criteria[0]: criterion 'burden-unchanged' has floor 0.0 and at_most 1.0E-4; allowed are finite numbers, floor above 0 and at_most 0 or more",
                "/modification_protocols/0/acceptance_criteria/0/at_most | -1 | criterion 'burden-unchanged' has floor 0.001 and at_most -1.0; allowed are finite numbers",
                "/modification_protocols/0/acceptance_criteria/0/quantity | \"\" | quantity of criterion burden-unchanged is empty",
                "/modification_protocols/0/acceptance_criteria/0/subgroups | [\"\"] | a subgroup of criterion burden-unchanged is empty",
                "/modification_protocols/0/conformance_report | \"yes\" | modification_protocols[0].conformance_report: 'yes' is not allowed; allowed is true or false",
                "/modification_protocols/0/conformance_report | 1 | modification_protocols[0].conformance_report: '1' is not allowed; allowed is true or false",
                "/modification_protocols/0/signatures | [] | modification_protocols[0]: signatures of protocol equivalence is empty; allowed is one or more",
                "/modification_protocols/0/signatures/0/role | \"boss\" | modification_protocols[0].signatures[0].role: 'boss' is not allowed; allowed is administrator, site, regulatory, clinical, inspector",
                "/modification_protocols/0/signatures/0/meaning | \"ok\" | modification_protocols[0].signatures[0].meaning: 'ok' is not allowed; allowed is authorship, review, approval, responsibility",
                "/impact_assessment | \"none\" | impact_assessment: is not allowed; allowed is an object in braces",
                "/impact_assessment/risks | [] | impact_assessment: risks is empty; allowed is one or more",
                "/impact_assessment/risks/0/mitigation | \"\" | impact_assessment.risks[0]: mitigation of risk",
                "/impact_assessment/cumulative_effect | \"\" | impact_assessment: cumulative_effect is empty",
                "/impact_assessment/most_changes | 0 | impact_assessment: most_changes is 0; allowed is 1 or more",
            })
    void everyValueThatIsNotAllowedIsRefusedByReaderAndSchema(String place, String value, String message) {
        JsonNode plan = example();
        set(plan, place, Documents.json(value));
        assertThatThrownBy(() -> PlanFile.read(Documents.bytes(plan)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message.replaceFirst("^plan: ", ""))
                .hasMessageNotContaining("org.oncotwin")
                .hasMessageNotContaining("java.");
        assertThat(schemaFaults(plan)).isNotEmpty();
    }

    private static void set(JsonNode root, String place, JsonNode value) {
        int last = place.lastIndexOf('/');
        JsonNode parent = root.at(place.substring(0, last));
        String key = place.substring(last + 1);
        assertThat(root.at(place).isMissingNode()).as(place).isFalse();
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(key), value);
        } else {
            ((ObjectNode) parent).set(key, value);
        }
    }

    /** Every object of the plan: each key that is left out, and one that is not known. */
    @Test
    void missingAndUnknownKeysAreRefusedEverywhereByReaderAndSchema() {
        List<String> objects = new ArrayList<>();
        collect(example(), "", objects);
        assertThat(objects).hasSizeGreaterThan(20);
        for (String place : objects) {
            JsonNode unknown = example();
            ((ObjectNode) unknown.at(place)).put("remark", "x");
            if (place.endsWith("/parameter_defaults")) {
                // Its keys are names of parameters.
                continue;
            }
            assertThatThrownBy(() -> PlanFile.read(Documents.bytes(unknown)))
                    .as(place)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("remark: is unknown; there are [");
            assertThat(schemaFaults(unknown)).as(place).isNotEmpty();
            for (String key : keys(example().at(place))) {
                JsonNode missing = example();
                ((ObjectNode) missing.at(place)).remove(key);
                if (Set.of("parameter_defaults", "replaced_by", "$schema").contains(key)) {
                    assertThat(schemaFaults(missing)).isEmpty();
                    assertThat(PlanFile.read(Documents.bytes(missing)).name()).isNotEmpty();
                    continue;
                }
                assertThatThrownBy(() -> PlanFile.read(Documents.bytes(missing)))
                        .as("%s without %s", place, key)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageEndingWith(key + ": is missing");
                assertThat(schemaFaults(missing))
                        .as("%s without %s", place, key)
                        .isNotEmpty();
            }
        }
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static void collect(JsonNode node, String place, List<String> objects) {
        if (node.isObject()) {
            objects.add(place);
            keys(node).forEach(key -> collect(node.get(key), place + "/" + key, objects));
        } else if (node.isArray()) {
            for (int n = 0; n < node.size(); n++) {
                collect(node.get(n), place + "/" + n, objects);
            }
        }
    }

    /** What only the reader can say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"kind\": \"default-parameters\" | \"kind\": \"numerical-method\" | description_of_modifications has 'numerical-method' twice",
                "\"id\": \"accuracy\" | \"id\": \"equivalence\" | modification_protocols has 'equivalence' twice",
                "\"id\": \"burden-in-place\" | \"id\": \"burden-unchanged\" | criteria of protocol equivalence has 'burden-unchanged' twice",
                "\"protocol\": \"accuracy\" | \"protocol\": \"precision\" | modification 'default-parameters' names the protocol 'precision', which the plan does not have",
                "\"maximum\": 0.2 | \"maximum\": 0.001 | the range from 0.01 to 0.001 is not allowed; allowed are finite numbers, minimum not above maximum",
                "\"maximum\": 0.2 | \"maximum\": 1e999 | the range from 0.01 to Infinity is not allowed",
                "\"at_most\": 0.25 | \"at_most\": 1e999 | criterion 'volume-accuracy' has floor 0.1 and at_most Infinity",
                "\"[1.0,2)\" | \"[2,1)\" | in which no version is",
                "\"version\": \"1.0\" | \"version\": \"1.0\", \"version\": \"1.1\" | Duplicate field 'version'",
                "\"impact_assessment\" | }, \"impact_assessment\" | is not JSON",
            })
    void whatDoesNotFitTogetherIsRefused(String from, String to, String message) {
        assertThat(EXAMPLE).contains(from);
        assertThatThrownBy(() -> read(EXAMPLE.replace(from, to)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    /** The first default outside its range is the one that a refusal names, so their order must not change from one run to the next. */
    @Test
    void defaultsOfParametersAreSortedByName() {
        JsonNode plan = example();
        ObjectNode defaults = (ObjectNode) plan.at("/description_of_modifications/1/parameter_defaults");
        for (String name : List.of("gamma", "beta", "zeta", "alpha", "delta", "epsilon", "eta")) {
            defaults.putObject(name).put("minimum", 0).put("maximum", 1);
        }
        assertThat(PlanFile.read(Documents.bytes(plan))
                        .modifications()
                        .get(1)
                        .parameterDefaults()
                        .keySet())
                .containsExactly("alpha", "beta", "delta", "epsilon", "eta", "gamma", "proliferation", "zeta");
    }

    @Test
    void whatIsNotOnePlanIsRefused() {
        for (String text : List.of("", "null", "7", "[]", "\"plan\"", EXAMPLE + "{}", EXAMPLE + "x")) {
            assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> PlanFile.read(new byte[] {0, 0, 0x7f, 0x7f, 1}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not JSON");
    }
}
