package org.oncotwin.treatment.radiation.lq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;

@Tag("SR-405")
class RadiationCourseTest {

    private static final Grid GRID = new Grid(2, 2, 1, Affine.scaling(1, 1, 1));
    private static final Setting BRAIN = Setting.of(new Anatomy(Mask.all(GRID), Optional.empty()));
    private static final Interval YEAR = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(365));
    private static final double ALPHA = 0.03;
    private static final double BETA = 0.003;

    @Test
    void courseLeavesTheFractionOfTheFormula() {
        double surviving = 1;
        Course course = plan(Setting.empty(), inputs(30, 2, Optional.empty()));
        for (SimulationTime time : course.breakpoints(YEAR)) {
            surviving *=
                    effects(course, time).get(EffectPort.SURVIVING_FRACTION).at(0);
        }
        double expected = Math.exp(-30 * (ALPHA * 2 + BETA * 4));
        assertThat(surviving).isCloseTo(expected, within(1e-14 * expected));
    }

    @Test
    void doseMapActsVoxelByVoxel() {
        double[] map = {60, 30, 3, 0};
        Course course = plan(BRAIN, inputs(30, 2, Optional.of(Field.of(GRID, map))));
        double[] surviving = {1, 1, 1, 1};
        for (SimulationTime time : course.breakpoints(YEAR)) {
            SpatialValue fraction = effects(course, time).get(EffectPort.SURVIVING_FRACTION);
            for (int index = 0; index < 4; index++) {
                surviving[index] *= fraction.at(index);
            }
        }
        for (int index = 0; index < 4; index++) {
            double d = map[index] / 30;
            double expected = Math.exp(-30 * (ALPHA * d + BETA * d * d));
            assertThat(surviving[index]).as("voxel %d", index).isCloseTo(expected, within(1e-14 * expected));
        }
        assertThat(surviving[3]).as("voxel without dose").isEqualTo(1);
    }

    @Test
    void fractionsActAtTheirInstantsOnly() {
        Course course = plan(Setting.empty(), inputs(30, 2, Optional.empty()));
        assertThat(effects(course, SimulationTime.ofDays(4)).ports()).containsExactly(EffectPort.SURVIVING_FRACTION);
        for (double day : new double[] {5, 3.999_999_99, 4.000_000_02, 40, 41}) {
            assertThat(effects(course, SimulationTime.ofDays(day)).isEmpty())
                    .as("day %s", day)
                    .isTrue();
        }
    }

    @Test
    void breakpointsAreThoseOfTheIntervalWithItsEnds() {
        Course course = plan(Setting.empty(), inputs(30, 2, Optional.empty()));
        Interval days = new Interval(SimulationTime.ofDays(4), SimulationTime.ofDays(8));
        assertThat(course.breakpoints(days).stream().map(SimulationTime::days)).containsExactly(4.0, 7.0, 8.0);
    }

    @Test
    void eventsAreNumberedFractions() {
        List<TreatmentEvent> events =
                plan(Setting.empty(), inputs(30, 2, Optional.empty())).events();
        assertThat(events).hasSize(30);
        assertThat(events.get(2)).isEqualTo(new TreatmentEvent(SimulationTime.ofDays(2), "fraction 3 of 30", 2, "Gy"));
        assertThat(events.get(29).time()).isEqualTo(SimulationTime.ofDays(39));
    }

    @Test
    void factsAreThoseOfTheCourse() {
        Map<String, Double> facts = facts(plan(Setting.empty(), inputs(30, 2, Optional.empty())));
        assertThat(facts.get("total_dose")).isEqualTo(60);
        assertThat(facts.get("biologically_effective_dose")).isCloseTo(72, within(1e-12));
        assertThat(facts.get("equivalent_dose_in_2_gy_fractions")).isCloseTo(60, within(1e-12));
        assertThat(facts.get("surviving_fraction_per_fraction")).isCloseTo(Math.exp(-0.072), within(1e-15));
        assertThat(facts.get("beta")).isCloseTo(BETA, within(1e-18));
        assertThat(facts.get("end_day")).isEqualTo(39);
        assertThat(facts).doesNotContainKey("largest_planned_dose");
    }

    @Test
    void doseMapAddsItsLargestDose() {
        Field map = Field.of(GRID, new double[] {61.5, 30, 3, 0});
        assertThat(facts(plan(BRAIN, inputs(30, 2, Optional.of(map)))).get("largest_planned_dose"))
                .isEqualTo(61.5);
    }

    @Test
    void courseWithoutDoseHasNoEnd() {
        Map<String, Double> facts = facts(plan(Setting.empty(), inputs(0, 2, Optional.empty())));
        assertThat(facts.get("total_dose")).isZero();
        assertThat(facts).doesNotContainKey("end_day");
    }

    @Test
    void prescriptionAndDoseMapMustAgreeThatThereIsDose() {
        Optional<Field> none = Optional.of(Field.constant(GRID, 0));
        assertThatThrownBy(() -> plan(BRAIN, inputs(30, 2, none)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("dose_map: has a largest dose of 0.0 Gy");
        Optional<Field> some = Optional.of(Field.constant(GRID, 50));
        assertThatThrownBy(() -> plan(BRAIN, inputs(30, 0, some)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("prescribe none");
    }

    @Test
    void doseMapInAnotherUnitThanThePrescriptionIsRefused() {
        for (double largest : new double[] {0.6, 39, 91, 600}) {
            assertThatThrownBy(() -> plan(BRAIN, inputs(30, 2, Optional.of(Field.constant(GRID, largest)))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("dose_map: has a largest dose of " + largest
                            + " Gy, but 60.0 Gy are prescribed; they may differ by a factor of 1.5 at most");
        }
    }

    @Test
    void doseMapNeedsTheGridOfTheAnatomy() {
        Optional<Field> map = Optional.of(Field.constant(GRID, 50));
        assertThatThrownBy(() -> plan(Setting.empty(), inputs(30, 2, map)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("dose_map: needs a case with anatomy");
        Grid shifted = new Grid(2, 2, 1, Affine.of(1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0));
        Optional<Field> elsewhere = Optional.of(Field.constant(shifted, 50));
        assertThatThrownBy(() -> plan(BRAIN, inputs(30, 2, elsewhere)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("dose_map: lies on");
    }

    @Test
    void roundedHeaderIsTheSameGrid() {
        Grid rounded = new Grid(2, 2, 1, Affine.of(1, 0, 0, 1e-6, 0, 1, 0, 0, 0, 0, 1, 0));
        Course course = plan(BRAIN, inputs(30, 2, Optional.of(Field.constant(rounded, 60))));
        SpatialValue.Varying fraction =
                (SpatialValue.Varying) effects(course, SimulationTime.ZERO).get(EffectPort.SURVIVING_FRACTION);
        assertThat(fraction.field().grid()).isEqualTo(GRID);
    }

    @Test
    void errorsSayWhatIsAllowed() {
        assertThatThrownBy(() -> plan(Setting.empty(), inputs(201, 2, Optional.empty())))
                .hasMessage("fractions: 201.0 is not allowed; allowed is a whole number from 0 to 200");
        assertThatThrownBy(() -> plan(Setting.empty(), inputs(30, 51, Optional.empty())))
                .hasMessage("dose_per_fraction: 51.0 is not allowed; allowed is 0 to 50 Gy");
    }

    private static Effects effects(Course course, SimulationTime time) {
        return course.instantEffects(State.at(time));
    }

    private static Map<String, Double> facts(Course course) {
        return course.facts().stream().collect(Collectors.toMap(CourseFact::name, CourseFact::value));
    }

    private static Inputs inputs(double fractions, double dose, Optional<Field> map) {
        TreeMap<String, Field> images = new TreeMap<>();
        map.ifPresent(field -> images.put("dose_map", field));
        return new Inputs(
                new TreeMap<>(Map.of("fractions", fractions, "dose_per_fraction", dose)),
                new TreeMap<>(Map.of("days", "weekdays")),
                images);
    }

    private static Course plan(Setting setting, Inputs inputs) {
        RadiationModality modality = new RadiationModality();
        Parameters parameters =
                Parameters.resolve(modality.description().plugin().parameters(), Map.of("alpha", ALPHA));
        CourseRequest request = new CourseRequest(SimulationTime.ZERO, StudyCalendar.MONDAY, inputs);
        return modality.plan(setting, request, parameters, TestContext.of("radiation", DirectSolvers.none()));
    }
}
