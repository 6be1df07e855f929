package org.oncotwin.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;

@Tag("SR-102")
class UcumUnitConverterTest {

    private final UnitConverter units = new UcumUnitConverter();

    @ParameterizedTest
    @CsvSource({
        "0.05 /d, 0.05, /d",
        "0.1 mm2/d, 0.1, mm2/d",
        "2 Gy, 2, Gy",
        "10 cm3, 10, cm3",
        "1e-3, 1e-3, 1",
        "180 d, 180, d",
        "62, 62, 1",
        "-5 d, -5, d",
        "+.5 Gy, 0.5, Gy",
        "3. d, 3, d",
        "1E+2 d, 100, d",
        "'  7   d  ', 7, d",
        "'7\td', 7, d",
        "50 %, 50, %",
        "2 10*6/mL, 2, 10*6/mL",
        "5 {cells}/mL, 5, {cells}/mL",
        "0e999 d, 0, d",
        "37 Cel, 37, Cel",
    })
    void readsNumberAndUnit(String text, double value, String unit) {
        assertThat(units.parse(text)).isEqualTo(new MeasuredValue(value, unit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "NaN d",
                "Infinity",
                "-Infinity d",
                "0x10",
                "0x1p3 d",
                "1e999",
                "1e-999",
                "d",
                "/d",
                "--1 d",
                "1e3.5 d",
                "1 d d",
                "1_000 d",
                "\u0661 d",
                "2Gy",
                "10f",
                "1d",
                "0,05 /d",
                "1 \u00b5m",
                "1 cm3/",
                "1 //d",
                "1 m//d",
                "1 ()",
                "1 (d",
                "1 m999",
                "1 d/0",
                "1 99999999999.d",
                "1 d\u0000"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> units.parse(text)).isInstanceOf(UnitException.class);
    }

    @Test
    void refusesMissingText() {
        assertThatThrownBy(() -> units.parse(null)).isInstanceOf(UnitException.class);
    }

    @Test
    void refusesLongTextQuicklyAndQuotesLittleOfIt() {
        assertThatThrownBy(() -> units.parse("1 " + "(".repeat(1_000_000)))
                .isInstanceOf(UnitException.class)
                .message()
                .hasSizeLessThan(300);
        assertThatThrownBy(() -> units.check("m9.".repeat(100_000) + "m"))
                .isInstanceOf(UnitException.class)
                .message()
                .hasSizeLessThan(300);
    }

    /** Expected values are the doubles nearest to the exact result, so equality is exact. Factors of customary units: NIST Special Publication 811 (2008), appendix B. */
    @ParameterizedTest
    @CsvSource({
        "1 wk, d, 7",
        "1 d, h, 24",
        "1 /h, /d, 24",
        "0.05 /h, /d, 1.2",
        "0.1 /h, /d, 2.4",
        "5 mL, cm3, 5",
        "0.3 mL, cm3, 0.3",
        "5 ml, cm3, 5",
        "60 cGy, Gy, 0.6",
        "0.03 /Gy, /cGy, 0.0003",
        "0.0003 /cGy, /Gy, 0.03",
        "50 %, 1, 0.5",
        "7 %, 1, 0.07",
        "1 mo, d, 30.4375",
        "1 a, d, 365.25",
        "0.1 mm2/d, cm2/d, 0.001",
        "36.5 mm2/a, mm2/d, 0.09993155373032170",
        "1e-8 cm2/s, mm2/d, 0.0864",
        "3 min, h, 0.05",
        "1 h, d, 0.041666666666666664",
        "1 s, d, 1.1574074074074073e-5",
        "2 Gy, J/kg, 2",
        "1 mol/L, mmol/mL, 1",
        "180 mg/(24.h), mg/d, 180",
        "1 mg/kg/d, ug/(kg.h), 41.666666666666664",
        "1 [in_i], mm, 25.4",
        "1 Mx/h, Wb/h, 1e-8",
        "1 u, g, 1.6605390666e-24",
        "1 [lb_av], g, 453.59237",
        "1 [qt_us], mL, 946.352946",
        "1 [gal_us], L, 3.785411784",
        "1 [mi_i], m, 1609.344",
        "1 atm, Pa, 101325",
        "1 eV, J, 1.602176634e-19",
        "1 cal_th, J, 4.184",
        "1 R, C/kg, 2.58e-4",
        "1 Ci, Bq, 3.7e10",
        "1 RAD, Gy, 0.01",
        "1 REM, Sv, 0.01",
        "180 deg, rad, 3.141592653589793",
        "1 mol, 1, 6.02214076e23",
        "1 U, umol/min, 1",
        "2 10*6/mL, /uL, 2000",
        "1 {cells}/mL, /mL, 1",
        "5 [IU]/mL, [iU]/L, 5000",
        "1 d-1, /d, 1",
        "1 1/d, /d, 1",
        "1 m/s.h, m, 3600",
        "37 Cel, Cel, 37",
        "-2 d, h, -48",
        "0 d, h, 0",
    })
    void convertsToTheNearestDouble(String text, String unit, double expected) {
        assertThat(units.convert(units.parse(text), unit)).isEqualTo(expected);
    }

    /** There and back for units whose ratio has no finite decimal. */
    @Test
    void comesBackToWhereItWas() {
        for (double value : new double[] {1 / 3.0, Math.PI, 1e-300, 1.7e300, 0.1, 5e-5}) {
            double there = units.convert(new MeasuredValue(value, "/d"), "/h");
            double back = units.convert(new MeasuredValue(there, "/h"), "/d");
            assertThat(back).isCloseTo(value, within(2 * Math.ulp(value)));
        }
    }

    @Test
    void refusesAResultThatIsNotANumber() {
        assertThatThrownBy(() -> units.convert(new MeasuredValue(1e308, "km"), "nm"))
                .isInstanceOf(UnitException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> units.convert(new MeasuredValue(1e-320, "nm"), "km"))
                .isInstanceOf(UnitException.class)
                .hasMessageContaining("too small");
        assertThatThrownBy(() -> units.convert(new MeasuredValue(Double.NaN, "d"), "d"))
                .isInstanceOf(UnitException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "mm2, /d, 'mm2' is an area, '/d'",
        "Gy, d, 'Gy' is a radiation dose, 'd'",
        "/Gy, /d, 'per radiation dose', 'a rate'",
        "[iU]/mL, /mL, '[iU]', '/mL'",
        "[CFU], [PFU], '[CFU]', '[PFU]'",
        "1, d, pure number, 'd'",
        "Cel, K, 'Cel', 'does not convert'",
        "[pH], mol/L, '[pH]', 'does not convert'",
        "dB, 1, 'dB', 'does not convert'",
    })
    void saysWhyUnitsDoNotConvert(String from, String to, String first, String second) {
        assertThat(units.isConvertible(from, to)).isFalse();
        assertThatThrownBy(() -> units.convert(new MeasuredValue(1, from), to))
                .isInstanceOf(UnitException.class)
                .hasMessageContaining(first)
                .hasMessageContaining(second);
    }

    @ParameterizedTest
    @CsvSource({
        "days, d",
        "Days, d",
        "hours, h",
        "/day, /d",
        "1/day, /d",
        "per day, /d",
        "mm^2/day, mm2/d",
        "mm**2/day, mm2/d",
        "mm\u00b2/d, mm2/d",
        "mm2 / d, mm2/d",
        "mm2*d, mm2.d",
        "Gy^-1, Gy-1",
        "Gy^(-1), Gy-1",
        "Gray, Gy",
        "GY, Gy",
        "gy, Gy",
        "cc, cm3",
        "cm^3, cm3",
        "cm\u00b3, cm3",
        "\u00b5m, um",
        "weeks, wk",
        "months, mo",
        "years, a",
        "percent, %",
        "IU/mL, [iU]/mL",
        "uM, umol/L",
        "\u00b0C, Cel",
        "cells/mL, {cells}/mL",
    })
    void suggestsTheCodeBehindACommonSlip(String slip, String right) {
        assertThat(units.isConvertible(right, right)).isTrue();
        assertThatThrownBy(() -> units.check(slip))
                .isInstanceOf(UnitException.class)
                .hasMessageContaining("'" + slip + "'")
                .hasMessageContaining("UCUM")
                .hasMessageContaining("did you mean '" + right + "'?");
    }

    @Test
    void suggestsNothingThatIsNotAUnit() {
        assertThatThrownBy(() -> units.check("furlongs^2"))
                .isInstanceOf(UnitException.class)
                .hasMessageNotContaining("did you mean");
        assertThatThrownBy(() -> units.check(""))
                .isInstanceOf(UnitException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void showsHowToSeparateNumberAndUnit() {
        assertThatThrownBy(() -> units.parse("2Gy")).hasMessageContaining("'2 Gy'");
        assertThatThrownBy(() -> units.parse("0,05 /d")).hasMessageContaining("'0.05 /d'");
    }

    @Test
    void knowsWhatConverts() {
        assertThat(units.isConvertible("mm2/d", "cm2/h")).isTrue();
        assertThat(units.isConvertible("[IU]", "[iU]")).isTrue();
        assertThat(units.isConvertible("Cel", "Cel")).isTrue();
        assertThat(units.isConvertible("mm2", "mm2/d")).isFalse();
        assertThat(units.isConvertible("days", "d")).isFalse();
        assertThat(units.isConvertible("days", "days")).isFalse();
    }

    @Test
    void doesNotConvertAnUnknownUnitToItself() {
        assertThatThrownBy(() -> units.convert(new MeasuredValue(1, "days"), "days"))
                .isInstanceOf(UnitException.class);
    }

    @Test
    void unitsTakenAsKnownAreInTheTable() {
        UnitTable table = UnitTable.load();
        for (String code : UcumUnitConverter.COMMON) {
            assertThat(table.define(code).code()).isEqualTo(code);
        }
    }

    /** Turkish has its own lower case of I; other languages write 0,5. */
    @Test
    void doesNotDependOnTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale :
                    List.of(Locale.forLanguageTag("tr-TR"), Locale.GERMANY, Locale.forLanguageTag("ar-EG"))) {
                Locale.setDefault(locale);
                UnitTable table = UnitTable.load();
                assertThat(table.define("[IU]").dimension())
                        .isEqualTo(table.define("[iU]").dimension());
                assertThat(units.convert(units.parse("0.05 /h"), "/d")).isEqualTo(1.2);
                assertThatThrownBy(() -> units.check("IU")).hasMessageContaining("[iU]");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void givesTheSameToManyThreads() throws Exception {
        int threads = 8;
        CountDownLatch start = new CountDownLatch(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<List<Double>> work = () -> {
                start.countDown();
                start.await();
                return IntStream.range(1, 200)
                        .mapToObj(i -> units.convert(
                                new MeasuredValue(i, "mm" + (1 + i % 9) + "/h"), "m" + (1 + i % 9) + "/d"))
                        .toList();
            };
            List<Future<List<Double>>> results = executor.invokeAll(
                    IntStream.range(0, threads).mapToObj(i -> work).toList());
            List<Double> first = results.get(0).get();
            for (Future<List<Double>> result : results) {
                assertThat(result.get()).isEqualTo(first);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
