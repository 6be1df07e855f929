package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.PluginKind;

/** The whole body takes the place of the few compartments where drugs go, under running studies and within the plan, and goes again. The bundles are those of the distribution. */
@Tag("SR-1115")
final class AnotherPluginIT {

    private static final Path PLUGINS = Path.of("target", "plugins");
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String COMBINATION = "temozolomide";
    private static final String VERSION = "1.0.0-SNAPSHOT";
    private static final int DAYS = 400;
    private static final int OUTPUTS_PER_DAY = 4;

    private ControlledSite site;

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
    }

    // ---- Files ----

    private static String text(String name, double weight, int days, int outputsPerDay, String more) {
        return String.format(Locale.ROOT, """
                { "case": "%s",
                  "patient": { "age": 60, "sex": "male", "weight": "%s kg", "height": "178 cm",
                    "creatinine_clearance": "90 mL/min", "albumin": "40 g/L", "ecog": 1 },
                  "initial": { "day": 0, "volume": "20 cm3" },
                  "growth": { "model": "gompertz",
                    "parameters": { "proliferation": "0.01 /d", "carrying_capacity": "400 cm3" } },
                  "treatments": [ { "modality": "chemotherapy", "start_day": 7, "drug": "temozolomide",
                    "schedule": "days-1-5-of-28", "cycles": %d, "dose_per_area": "200 mg/m2", "route": "oral",
                    "phase": "maintenance", "parameters": { "kill_rate": "0.05 L/mg/d" } } ],
                  %s "horizon": "%d d", "output": "%s d" }
                """, name, weight, days / 28, more, days, 1.0 / outputsPerDay);
    }

    private static Path cohort(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Map<String, Object>> cases = new ArrayList<>();
        for (int weight : List.of(55, 75, 95)) {
            Path file = folder.resolve("patient-" + weight + ".json");
            Files.writeString(file, text("patient-" + weight, weight, 56, 1, ""));
            cases.add(Map.of(
                    "case",
                    file.getFileName().toString(),
                    "sha256",
                    VirtualPatients.sha256(file),
                    "subgroups",
                    List.of(),
                    "reference",
                    Map.of()));
        }
        new ObjectMapper()
                .writeValue(folder.resolve("cohort.json").toFile(), Map.of("cases", cases, "files", Map.of()));
        return folder;
    }

    private static final String REPLACED = "\"replaced_by\": \"pbpk\", ";
    private static final String ALLOWED = "\"text\", \"equation\", \"parameter_default\", \"parameter_range\","
            + " \"parameter_meaning\", \"parameter_added\", \"parameter_removed\", \"input_changed\", \"solver\"";

    private static String plan(Path cohort, double atMost) throws Exception {
        return String.format(
                Locale.ROOT,
                """
                { "plan": "where drugs go", "version": "1", "combination": "%s",
                  "suppliers": [ { "name": "Modelling Group", "certificate_sha256": "%s" } ],
                  "description_of_modifications": [
                    { "kind": "whole-body", "description": "The whole body instead of few compartments",
                      "plugin": { "kind": "pharmacokinetics", "id": "compartments" }, %s"versions": "[1.0,2)",
                      "allowed_differences": [ %s ], "protocol": "agreement" } ],
                  "modification_protocols": [
                    { "id": "agreement", "data_management": "Three virtual patients",
                      "cohort": { "sha256": "%s", "least_cases": 3 },
                      "acceptance_criteria": [
                        { "id": "volume", "quantity": "tumour.volume", "against": "current", "statistic": "maximum",
                          "floor": 0.001, "at_most": %s, "subgroups": [ ] } ],
                      "conformance_report": false,
                      "signatures": [ { "role": "regulatory", "meaning": "approval" },
                                      { "role": "clinical", "meaning": "review" } ],
                      "distinct_persons": true, "post_conditions": [ ],
                      "update_procedure": "Users are told by mail", "rollback_conditions": "A clinician asks for it" } ],
                  "impact_assessment": {
                    "risks": [ { "risk": "Another effect", "mitigation": "Volumes are compared" } ],
                    "cumulative_effect": "One change", "most_changes": 10 } }
                """,
                COMBINATION,
                ControlledSite.supplier().sha256(),
                REPLACED,
                ALLOWED,
                VirtualPatients.sha256(cohort.resolve("cohort.json")),
                atMost);
    }

    private static Path jar(String artifact) {
        return PLUGINS.resolve("org.oncotwin." + artifact + ".jar");
    }

    private static Path feature(Path folder, String plan) throws Exception {
        Files.createDirectories(folder);
        List<String> bundles = List.of(
                "model.gompertz",
                "treatment.chemotherapy",
                "treatment.compartments",
                "solver.linear",
                "solver.stiff",
                "solver.ode");
        for (String bundle : bundles) {
            Files.copy(jar(bundle), folder.resolve("org.oncotwin." + bundle + "-" + VERSION + ".jar"));
        }
        Files.writeString(folder.resolve("plan.json"), plan);
        return Files.writeString(
                folder.resolve("feature.json"),
                String.format(
                        Locale.ROOT,
                        """
                        { "feature-resource-version": "1.0", "id": "org.oncotwin.tests:%s:1.0.0",
                          "bundles": [ %s ],
                          "extensions": { "oncotwin-combination": { "type": "json", "kind": "mandatory", "json": {
                            "title": "Temozolomide", "plan": "plan.json",
                            "plugins": [ %s ] } } } }
                        """,
                        COMBINATION,
                        bundles.stream()
                                .map(bundle ->
                                        "{ \"id\": \"org.oncotwin:org.oncotwin." + bundle + ":" + VERSION + "\" }")
                                .collect(Collectors.joining(", ")),
                        Stream.of(
                                        "growth gompertz",
                                        "treatment chemotherapy",
                                        "pharmacokinetics compartments",
                                        "solver matrix-exponential",
                                        "solver rosenbrock",
                                        "solver dormand-prince-54",
                                        "solver dormand-prince-853")
                                .map(words -> words.split(" "))
                                .map(words -> "{ \"kind\": \"" + words[0] + "\", \"id\": \"" + words[1]
                                        + "\", \"versions\": \"[1.0,1.5)\" }")
                                .collect(Collectors.joining(", "))));
    }

    private Path open(String replaced, double atMost, String allowed) throws Exception {
        Path folder = ControlledSite.fresh("another").resolveSibling("files");
        Path cohort = cohort(folder.resolve("cohort"));
        String plan = plan(cohort, atMost).replace(REPLACED, replaced).replace(ALLOWED, allowed);
        site = ControlledSite.made(feature(folder.resolve("combination"), plan));
        return cohort;
    }

    // ---- Steps ----

    private Change propose() throws Exception {
        Path signed = ControlledSite.supplier()
                .sign(Files.copy(jar("treatment.pbpk"), site.folder().resolveSibling("pbpk.jar")));
        return site.site()
                .changes()
                .propose(
                        site.person("simon").session(),
                        COMBINATION,
                        signed,
                        "whole-body",
                        "The whole body",
                        "for organs");
    }

    private Study start(String more, UpgradePolicy policy) throws Exception {
        Path file = Files.createTempFile("case", ".json");
        Files.writeString(file, text("study", 80, DAYS, OUTPUTS_PER_DAY, more));
        try {
            return site.site().studies().start(site.person("simon").session(), COMBINATION, file, policy);
        } finally {
            Files.delete(file);
        }
    }

    private void waitUntil(Study study, double day) {
        Waiting.until("study " + study.number() + " on day " + day, () -> {
            Study now = site.site().studies().get(study.number());
            assertThat(now.state()).as(now.message()).isEqualTo(StudyState.RUNNING);
            return now.reached().days() >= day;
        });
    }

    private Study finished(Study study) throws InterruptedException {
        Study done = site.site().studies().await(study.number(), LONG);
        assertThat(done.state()).as(done.message()).isEqualTo(StudyState.FINISHED);
        return done;
    }

    private JsonNode result(Study study) throws IOException {
        try (InputStream in = site.site().contents().open(study.result().orElseThrow())) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<Double> volumes(JsonNode result) {
        List<Double> values = new ArrayList<>();
        result.path("series").path("tumour.volume").path("values").forEach(value -> values.add(value.asDouble()));
        return values;
    }

    private PinnedPlugin inUse() {
        return site.site().combinations().get(COMBINATION).plugins().stream()
                .filter(pinned -> pinned.plugin().kind() == PluginKind.PHARMACOKINETICS)
                .findFirst()
                .orElseThrow();
    }

    private List<String> moves(Study study) {
        return site.site().studies().get(study.number()).moves().stream()
                .map(move -> move.from() + " to " + move.to())
                .toList();
    }

    // ---- Tests ----

    @Test
    void theWholeBodyTakesThePlaceOfCompartmentsUnderRunningStudiesAndGoesAgain() throws Exception {
        Path cohort = open(REPLACED, 0.9, ALLOWED);
        List<Double> undisturbed = volumes(result(finished(start("", UpgradePolicy.PIN))));

        Change change = propose();
        assertThat(change.from()).hasToString(inUse().plugin().toString());
        assertThat(change.to().id()).isEqualTo("pbpk");
        assertThat(change.message())
                .startsWith("pbpk takes the place of compartments and differs in [text, ")
                .contains("input_changed");
        assertThat(site.verify(1, cohort).state()).isEqualTo(ChangeState.VERIFIED);
        site.sign(1, "rita", Meaning.APPROVAL);
        site.sign(1, "clara", Meaning.REVIEW);

        Study pinned = start("", UpgradePolicy.PIN);
        Study moving = start("", UpgradePolicy.MIGRATE);
        Study naming = start("\"pharmacokinetics\": { \"model\": \"compartments\" },", UpgradePolicy.MIGRATE);
        waitUntil(pinned, 2);
        waitUntil(naming, 2);
        waitUntil(moving, 30);
        Change promoted = site.promote(1);
        assertThat(promoted.state()).as(promoted.message()).isEqualTo(ChangeState.ACCEPTED);
        assertThat(inUse().plugin()).isEqualTo(change.to());
        assertThat(inUse().versions()).isEqualTo("[1.0.0,2.0.0)");
        assertThat(moves(moving)).containsExactly("[compartments 1.0.0] to [pbpk 1.0.0]");
        assertThat(moves(pinned)).isEmpty();
        // A case that names its model keeps it, and says why.
        assertThat(moves(naming)).isEmpty();
        assertThat(site.site().studies().get(naming.number()).message())
                .startsWith("did not move: ")
                .contains("compartments");

        Change back = site.site().changes().rollBack(site.person("rita").session(), 1, "a clinician asks for it");
        assertThat(back.state()).isEqualTo(ChangeState.ROLLED_BACK);
        assertThat(inUse().plugin()).isEqualTo(change.from());
        assertThat(inUse().versions()).isEqualTo("[1.0.0,1.5.0)");

        Study done = finished(moving);
        assertThat(moves(moving))
                .containsExactly("[compartments 1.0.0] to [pbpk 1.0.0]", "[pbpk 1.0.0] to [compartments 1.0.0]");
        JsonNode moved = result(done);
        List<Double> volumes = volumes(moved);
        int before = (int) (done.moves().get(0).at().days() * OUTPUTS_PER_DAY);
        assertThat(volumes).hasSize(DAYS * OUTPUTS_PER_DAY + 1);
        assertThat(volumes.subList(0, before + 1)).isEqualTo(undisturbed.subList(0, before + 1));
        assertThat(volumes).isNotEqualTo(undisturbed);
        assertThat(moved.path("limitations").toString())
                .contains("computed with compartments 1.0.0, from then on with pbpk 1.0.0")
                .contains("computed with pbpk 1.0.0, from then on with compartments 1.0.0");
        assertThat(site.replay(moving.number()).differences()).isEmpty();
        assertThat(volumes(result(finished(pinned)))).isEqualTo(undisturbed);
        assertThat(volumes(result(finished(naming)))).isEqualTo(undisturbed);
        assertThat(site.site().audit().verify().faults()).isEmpty();
        site.reopen();
        assertThat(inUse().plugin()).isEqualTo(change.from());
        assertThat(site.site().changes().get(1).to()).isEqualTo(change.to());
    }

    @Test
    void aPlanThatForeseesAVersionDoesNotLetAnotherPluginIn() throws Exception {
        open("", 0.9, ALLOWED);
        assertThatThrownBy(this::propose)
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("it describes no modification 'whole-body' of a plugin of")
                .hasMessageContaining("whole-body of compartments");
    }

    @Test
    void aDifferenceThatThePlanDoesNotListIsRefused() throws Exception {
        open(REPLACED, 0.9, "\"text\", \"equation\"");
        assertThatThrownBy(this::propose)
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("may differ in [equation, text] and in nothing else");
    }

    @Test
    void anotherPluginWithTooGreatADifferenceCannotComeIntoUse() throws Exception {
        Path cohort = open(REPLACED, 1e-6, ALLOWED);
        propose();
        Change failed = site.verify(1, cohort);
        assertThat(failed.state()).isEqualTo(ChangeState.FAILED);
        assertThat(failed.message()).contains("tumour.volume").contains("NOT met");
        assertThat(inUse().plugin().id()).isEqualTo("compartments");
    }
}
