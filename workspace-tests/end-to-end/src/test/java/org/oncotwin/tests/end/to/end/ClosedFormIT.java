package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.params.provider.Arguments.of;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Growth without space equals its closed form at every output, with and without radiation. */
class ClosedFormIT {
    private static final double RELATIVE = 1e-8;

    @TempDir
    Path folder;

    /** A model whose solution is known. */
    private enum Model {
        LOGISTIC {
            @Override
            double after(double days, double volume, double rate, double capacity) {
                return capacity / (1 + (capacity / volume - 1) * Math.exp(-rate * days));
            }
        },
        GOMPERTZ {
            @Override
            double after(double days, double volume, double rate, double capacity) {
                return capacity * Math.exp(Math.log(volume / capacity) * Math.exp(-rate * days));
            }
        };

        abstract double after(double days, double volume, double rate, double capacity);

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static String json(Model model, String volume, String rate, String capacity, String more) {
        return String.format(Locale.ROOT, """
                { "case": "closed form", "initial": { "day": 0, "volume": "%s" },
                  "growth": { "model": "%s", "parameters": { "proliferation": "%s", "carrying_capacity": "%s" } },
                  %s }
                """, volume, model.id(), rate, capacity, more);
    }

    private Result run(String name, String json) throws Exception {
        Files.writeString(folder.resolve(name + ".json"), json);
        OncoTwin.ofThisJava()
                .run(folder, "run", name + ".json", "--out", name, "--json")
                .succeeds();
        return Result.in(folder.resolve(name));
    }

    static Stream<Arguments> untreated() {
        return Stream.of(
                // volume, rate and capacity as written; the same in cm3 and /d; horizon and output; the number of
                // outputs
                of("10 cm3", "0.05 /d", "100 cm3", 10, 0.05, 100, "180 d", "7 d", 27),
                of("0.001 cm3", "0.3 /d", "500 cm3", 0.001, 0.3, 500, "90 d", "1 d", 91),
                of("2500 mm3", "0.35 /wk", "0.12 L", 2.5, 0.05, 120, "52 wk", "4 wk", 14),
                of("150 cm3", "0.02 /d", "100 cm3", 150, 0.02, 100, "1000 d", "33.5 d", 31),
                of("100 cm3", "0.05 /d", "100 cm3", 100, 0.05, 100, "30 d", "10 d", 4),
                of("30 cm3", "0 /d", "100 cm3", 30, 0, 100, "30 d", "10 d", 4));
    }

    @Tag("SR-401")
    @Tag("SR-402")
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("untreated")
    void growthEqualsItsClosedForm(
            String volume,
            String rate,
            String capacity,
            double start,
            double perDay,
            double most,
            String horizon,
            String output,
            int outputs)
            throws Exception {
        for (Model model : Model.values()) {
            String more = "\"horizon\": \"" + horizon + "\", \"output\": \"" + output + "\"";

            Result result = run(model.id(), json(model, volume, rate, capacity, more));

            double[] times = result.times();
            double[] values = result.series("tumour.volume");
            assertThat(times).hasSize(outputs).startsWith(0).isSorted();
            assertThat(result.unit("tumour.volume")).isEqualTo("cm3");
            assertThat(result.unit("tumour.burden")).isEqualTo("cm3");
            assertThat(values).hasSameSizeAs(times);
            for (int i = 0; i < times.length; i++) {
                double expected = model.after(times[i], start, perDay, most);
                assertThat(values[i])
                        .as("%s on day %s", model, times[i])
                        .isCloseTo(expected, Offset.offset(RELATIVE * expected));
            }
        }
    }

    private static String radiation(String more) {
        return "\"treatments\": [ { \"modality\": \"radiation-lq\", " + more
                + ", \"parameters\": { \"alpha\": \"0.03 /Gy\", \"alpha_beta\": \"10 Gy\" } } ],"
                + " \"horizon\": \"60 d\", \"output\": \"0.5 d\"";
    }

    private static final String SIXTY_GRAY =
            "\"start_day\": 0, \"fractions\": 30, \"dose_per_fraction\": \"2 Gy\", \"days\": \"weekdays\"";

    /** Days of 30 fractions from a Monday, written down from a calendar. */
    private static final List<Integer> THIRTY_FROM_MONDAY = List.of(
            0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 28, 29, 30, 31, 32, 35, 36, 37, 38,
            39);

    /** The same from a Wednesday. */
    private static final List<Integer> THIRTY_FROM_WEDNESDAY = List.of(
            0, 1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30, 33, 34, 35, 36, 37, 40,
            41);

    static Stream<Arguments> calendars() {
        return Stream.of(
                of("", THIRTY_FROM_MONDAY),
                of("\"start_date\": \"2026-03-02\", ", THIRTY_FROM_MONDAY),
                of("\"start_date\": \"2026-03-04\", ", THIRTY_FROM_WEDNESDAY));
    }

    @Tag("SR-405")
    @ParameterizedTest(name = "day 0: {0}")
    @MethodSource("calendars")
    void radiationCutsTheClosedFormIntoPieces(String date, List<Integer> days) throws Exception {
        double survival = Math.exp(-(0.03 * 2 + 0.003 * 4));
        for (Model model : Model.values()) {
            Result result = run(model.id(), json(model, "10 cm3", "0.05 /d", "100 cm3", date + radiation(SIXTY_GRAY)));

            assertThat(eventDays(result))
                    .isEqualTo(days.stream().map(Integer::doubleValue).toList());
            double[] times = result.times();
            double[] values = result.series("tumour.volume");
            assertThat(times).hasSize(121);
            double volume = 10;
            double since = 0;
            List<Integer> left = new ArrayList<>(days);
            for (int i = 0; i < times.length; i++) {
                double expected = model.after(times[i] - since, volume, 0.05, 100);
                if (!left.isEmpty() && left.get(0) == times[i]) {
                    // The output at the instant of a fraction is the value after it.
                    expected *= survival;
                    volume = expected;
                    since = times[i];
                    left.remove(0);
                }
                assertThat(values[i])
                        .as("%s on day %s", model, times[i])
                        .isCloseTo(expected, Offset.offset(RELATIVE * expected));
            }
            assertThat(left).isEmpty();
        }
    }

    private static List<Double> eventDays(Result result) {
        return StreamSupport.stream(result.root().at("/courses/0/events").spliterator(), false)
                .map(event -> event.get("day").doubleValue())
                .toList();
    }

    @Tag("SR-407")
    @Test
    void biologicallyEffectiveDosesAreReported() throws Exception {
        Result result = run("doses", json(Model.LOGISTIC, "10 cm3", "0.05 /d", "100 cm3", radiation(SIXTY_GRAY)));

        // BED = n d (1 + d / (alpha/beta)) and EQD2 = BED / (1 + 2 / (alpha/beta)).
        for (Map.Entry<String, Double> dose : Map.of(
                        "total_dose",
                        60.0,
                        "biologically_effective_dose",
                        72.0,
                        "equivalent_dose_in_2_gy_fractions",
                        60.0)
                .entrySet()) {
            JsonNode fact = fact(result, dose.getKey());
            assertThat(fact.get("value").doubleValue()).isCloseTo(dose.getValue(), withinPercentage(1e-10));
            assertThat(fact.get("unit").textValue()).isEqualTo("Gy");
        }
        assertThat(fact(result, "end_day").get("value").doubleValue()).isEqualTo(39);
        assertThat(fact(result, "surviving_fraction_per_fraction").get("value").doubleValue())
                .isCloseTo(Math.exp(-0.072), withinPercentage(1e-12));
        assertThat(result.root().at("/courses/0/events/0/amount").doubleValue()).isEqualTo(2);
        assertThat(result.root().at("/courses/0/events/0/unit").textValue()).isEqualTo("Gy");
    }

    private static JsonNode fact(Result result, String name) {
        return StreamSupport.stream(result.root().at("/courses/0/facts").spliterator(), false)
                .filter(fact -> fact.get("name").textValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Tag("SR-203")
    @Test
    void aDoseOfZeroChangesNoBit() throws Exception {
        for (Model model : Model.values()) {
            String times = "\"horizon\": \"60 d\", \"output\": \"0.5 d\"";
            Result untreated = run(model.id(), json(model, "10 cm3", "0.05 /d", "100 cm3", times));
            Result nothing = run(
                    model.id() + "-0",
                    json(model, "10 cm3", "0.05 /d", "100 cm3", radiation(SIXTY_GRAY.replace("2 Gy", "0 Gy"))));

            assertThat(nothing.bits()).usingRecursiveComparison().isEqualTo(untreated.bits());
            assertThat(nothing.root().get("courses")).hasSize(1);
        }
    }

    @Tag("SR-202")
    @Test
    void twoCoursesInEitherOrderGiveTheSameBits() throws Exception {
        String first =
                "{ \"modality\": \"radiation-lq\", \"start_day\": 0, \"fractions\": 5, \"dose_per_fraction\": \"2 Gy\","
                        + " \"days\": \"weekdays\", \"parameters\": { \"alpha\": \"0.03 /Gy\", \"alpha_beta\": \"10 Gy\" } }";
        String second = first.replace("2 Gy", "1.3 Gy").replace("0.03", "0.07");
        String times = "\"horizon\": \"20 d\", \"output\": \"1 d\"";
        Result one = run(
                "one",
                json(
                        Model.GOMPERTZ,
                        "10 cm3",
                        "0.05 /d",
                        "100 cm3",
                        "\"treatments\": [" + first + ", " + second + "], " + times));
        Result other = run(
                "other",
                json(
                        Model.GOMPERTZ,
                        "10 cm3",
                        "0.05 /d",
                        "100 cm3",
                        "\"treatments\": [" + second + ", " + first + "], " + times));

        assertThat(one.bits()).usingRecursiveComparison().isEqualTo(other.bits());
        double survival = Math.exp(-(0.03 * 2 + 0.003 * 4)) * Math.exp(-(0.07 * 1.3 + 0.007 * 1.3 * 1.3));
        assertThat(one.series("tumour.volume")[0]).isCloseTo(10 * survival, withinPercentage(1e-6));
    }
}
