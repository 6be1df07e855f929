package org.oncotwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SR-1601")
class DrugsCommandTest {

    @TempDir
    Path folder;

    private CommandLineForTests line;

    @BeforeEach
    void start() throws IOException {
        line = new CommandLineForTests(folder);
    }

    @Test
    void listsDrugsWithWhatCanBeComputed() throws IOException {
        assertThat(line.execute("drugs")).isZero();
        assertThat(line.stdout().lines())
                .containsExactly(
                        "cisplatin - Cisplatin (also cddp)",
                        "  compartments (no plugin that is there reads it): 2 numbers from 1 source; unbound platinum, 43 adults",
                        "  radiation-lq (treatment radiation-lq): 0 numbers from 0 sources; in dishes",
                        "  1 rule of its label");
        assertThat(line.execute("drugs", "--sources")).isZero();
        assertThat(line.stdout()).contains("    source: Doe 2024, table 4").hasLineCount(5);
        assertThat(line.execute("drugs", "--json")).isZero();
        JsonNode drug = line.json().get("drugs").get(0);
        assertThat(drug.get("drug").asText()).isEqualTo("cisplatin");
        assertThat(drug.get("synonyms").get(0).asText()).isEqualTo("cddp");
        assertThat(drug.at("/sections/compartments/sources/0").asText()).isEqualTo("Doe 2024, table 4");
        assertThat(drug.at("/sections/radiation-lq/read_by/0").asText()).isEqualTo("treatment radiation-lq");
        assertThat(drug.get("dose_rules").intValue()).isEqualTo(1);
    }

    @Test
    void showsADrugWithEveryNumberAndRule() throws IOException {
        assertThat(line.execute("drugs", "Cisplatin")).isZero();
        assertThat(line.stdout().lines())
                .containsExactly(
                        "cisplatin - Cisplatin (also cddp)",
                        "Section compartments (no plugin that is there reads it):",
                        "  unbound platinum, 43 adults",
                        "  clearance: 35.5 L/h x (body_surface_area / 1.62 m2)^0.83 x [sex: female 0.85, male 1]; standard deviation of the logarithm between patients 0.1482",
                        "    source: Doe 2024, table 4",
                        "  volume: 20 L",
                        "    source: Doe 2024, table 4",
                        "  limitation: Adults only.",
                        "Section radiation-lq (treatment radiation-lq):",
                        "  in dishes",
                        "Rules of its label:",
                        "  halt (concomitant): stop if neutrophils below 0.5 10*9/L, or grade.vomiting at least 3, or platelets at least 10 10*9/L and below 100 10*9/L",
                        "    Stop.",
                        "    source: label, section 2");
        assertThat(line.execute("drugs", "cisplatin", "--json")).isZero();
        JsonNode clearance = line.json().at("/sections/compartments/parameters/clearance");
        assertThat(clearance.get("value").doubleValue()).isEqualTo(35.5);
        assertThat(clearance.get("unit").asText()).isEqualTo("L/h");
        assertThat(clearance.get("variability").doubleValue()).isEqualTo(0.1482);
        assertThat(clearance.at("/covariates/0/exponent").doubleValue()).isEqualTo(0.83);
        assertThat(clearance.at("/covariates/0/unit").asText()).isEqualTo("m2");
        assertThat(clearance.at("/covariates/1/factors/female").doubleValue()).isEqualTo(0.85);
        JsonNode rule = line.json().at("/dose_rules/0");
        assertThat(rule.get("advice").asText()).isEqualTo("stop");
        assertThat(rule.at("/when/0").toString())
                .isEqualTo("{\"quantity\":\"neutrophils\",\"below\":0.5,\"unit\":\"10*9/L\"}");
    }

    @Test
    void listsAndShowsRegimens() throws IOException {
        assertThat(line.execute("drugs", "--regimens")).isZero();
        assertThat(line.stdout().lines())
                .containsExactly(
                        "mfolfox6 - mFOLFOX6 (also oxmdg)", "  Colorectal cancer.", "  source: Cheeseman et al 2002");
        assertThat(line.execute("drugs", "--regimens", "mFOLFOX6")).isZero();
        assertThat(line.stdout().lines())
                .containsExactly(
                        "mfolfox6 - mFOLFOX6 (also oxmdg)",
                        "For: Colorectal cancer.",
                        "Cycles: cycles of 14 days; 12 where a case gives no number",
                        "Courses:",
                        "  chemotherapy fluorouracil, from 6 h on, from cycle 2:",
                        "    cycles 1 for each cycle, dose_per_area 400 mg/m2",
                        "  radiation-lq, from the start:",
                        "    fractions 30",
                        "Source: Cheeseman et al 2002",
                        "Limitation: Folinic acid is left out.");
        assertThat(line.execute("drugs", "--regimens", "--json")).isZero();
        JsonNode regimen = line.json().get("regimens").get(0);
        assertThat(regimen.get("regimen").asText()).isEqualTo("mfolfox6");
        assertThat(regimen.at("/courses/0/inputs/cycles/per_cycle").intValue()).isEqualTo(1);
        assertThat(regimen.at("/courses/0/start").asText()).isEqualTo("0.25 d");
        assertThat(regimen.at("/courses/1/inputs/fractions").doubleValue()).isEqualTo(30);
        assertThat(regimen.at("/cycles/usual").intValue()).isEqualTo(12);
    }

    @Test
    void unknownDrugIsAnErrorThatListsWhatIsKnown() throws IOException {
        assertThat(line.execute("drugs", "aspirin")).isEqualTo(2);
        assertThat(line.stderr()).contains("no drug 'aspirin' in the library; known are cisplatin");
        assertThat(line.execute("drugs", "aspirin", "--json")).isEqualTo(2);
        assertThat(line.json().at("/error/message").asText()).contains("known are cisplatin");
    }
}
