package org.oncotwin.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "12.3456, 12.3",
        "1234.56, 1230",
        "0.000123456, 0.000123",
        "-2.5, −2.5",
        "1e-10, 10⁻¹⁰",
        "2.5e12, 2.5 × 10¹²",
        "-1e-7, −10⁻⁷",
        "999999, 10⁶",
        "Infinity, ∞",
        "NaN, not a number"
    })
    void roundsNumbersForPeople(double value, String text) {
        assertThat(Text.number(value)).isEqualTo(text);
    }

    @Test
    void showsParametersAsTheyWereGiven() {
        assertThat(Text.number(0.1, Text.PARAMETER_DIGITS)).isEqualTo("0.1");
        assertThat(Text.number(1.23456789, Text.PARAMETER_DIGITS)).isEqualTo("1.23456789");
    }

    @ParameterizedTest
    @CsvSource({
        "cm3, cm³",
        "mm2/d, mm²/d",
        "/d, 1/d",
        "1, ''",
        "Gy, Gy",
        "Gy-1, Gy⁻¹",
        "10*9/L, 10*9/L",
        "mg/m2.d, mg/m²·d"
    })
    void writesUnitsForPeople(String ucum, String text) {
        assertThat(Text.unit(ucum)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"10, 5, −50 %", "10, 15, +50 %", "10, 10, 0 %", "10, 0.01, −99.9 %", "10, 0, −100 %", "2, 100, × 50"})
    void givesChanges(double start, double end, String text) {
        assertThat(Text.change(start, end)).isEqualTo(text);
    }

    @Test
    void givesDaysWithoutNoise() {
        assertThat(List.of(Text.day(30), Text.day(0.5), Text.day(1.0 / 3), Text.day(-7)))
                .containsExactly("30", "0.5", "0.33", "−7");
    }

    @Test
    void makesTitlesOfNames() {
        assertThat(Text.title("tumour.volume")).isEqualTo("Tumour volume");
    }
}
