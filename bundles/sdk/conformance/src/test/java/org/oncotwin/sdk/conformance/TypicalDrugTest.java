package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.units.MeasuredValue;

class TypicalDrugTest {

    @Test
    void numbersAreTypicalOnesOfTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a-drug.json"), """
                { "drug": "a-drug", "title": "A drug", "sections": { "s": { "basis": "adults", "parameters": {
                    "clearance": { "value": "2 L/h", "source": "Doe 2024" }, "fraction": { "value": "0.5", "source": "Doe 2024" },
                    "volume": { "value": "20 L", "source": "Doe 2024", "covariates": [ { "marker": "sex" } ] } } } } }
                """);
        Drug drug = TypicalDrug.read(file);
        assertThat(drug.id()).isEqualTo("a-drug");
        assertThat(drug.section("s").basis()).isEqualTo("adults");
        assertThat(drug.section("s").parameters().get("fraction").typical()).isEqualTo(new MeasuredValue(0.5, "1"));
        assertThat(drug.section("s").parameters().get("volume").effects()).isEmpty();
        assertThat(TypicalDrug.perDay(drug, "s", "clearance")).isEqualTo(48);
        assertThat(TypicalDrug.perDay(drug, "s", "volume")).isEqualTo(20);
        assertThatThrownBy(() -> TypicalDrug.read(folder.resolve("none.json")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
