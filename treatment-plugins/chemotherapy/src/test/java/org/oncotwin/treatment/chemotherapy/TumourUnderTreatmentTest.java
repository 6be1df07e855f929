package org.oncotwin.treatment.chemotherapy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.model.logistic.LogisticModel;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.ReferenceOdeSolver;
import org.oncotwin.sdk.conformance.TestContext;

/** Chemotherapy on a tumour that grows logistically, over a year. */
class TumourUnderTreatmentTest {

    private static final double CAPACITY = 100;

    /** Volumes after each of some steps that make up a year. */
    private static List<Double> year(Course course, double proliferation, int steps) {
        RunContext context =
                TestContext.of("tumour", DirectSolvers.of(new ReferenceOdeSolver(), Execution.sequential()));
        LogisticModel model = new LogisticModel();
        GrowthProcess growth = model.bind(
                Setting.empty(),
                Parameters.resolve(
                        model.description().plugin().parameters(),
                        Map.of("proliferation", proliferation, "carrying_capacity", CAPACITY)),
                context);
        State state = State.at(SimulationTime.ZERO)
                .with(growth.initial(
                        SimulationTime.ZERO,
                        List.of(new Observation.Scalar(
                                Quantity.TUMOUR_VOLUME, SimulationTime.ZERO, 10, NoiseModel.EXACT))));
        List<Double> volumes = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            Interval interval = new Interval(
                    SimulationTime.ofDays(365.0 * step / steps), SimulationTime.ofDays(365.0 * (step + 1) / steps));
            Effects effects = course.effects(state, interval);
            state = state.at(interval.end(), growth.advance(state, interval, effects));
            volumes.add(growth.observe(state).get(Quantity.TUMOUR_VOLUME));
        }
        return volumes;
    }

    private static Course course(double dose, String schedule, double cycles) {
        return Courses.plan(
                Courses.PATIENT,
                Courses.request(
                        "cisplatin",
                        Map.of("dose_per_area", dose, "cycles", cycles, "infusion_time", 1.0),
                        Map.of("kill_model", "emax", "schedule", schedule)),
                Map.of("maximum_kill_rate", 5.0, "half_maximum_concentration", 0.5));
    }

    @Test
    void neverAboveTheCarryingCapacity() {
        for (double proliferation : new double[] {0.01, 0.2, 1}) {
            for (double dose : new double[] {0, 1, 75, 10_000}) {
                assertThat(year(course(dose, "every-3-weeks", 6), proliferation, 365))
                        .as("proliferation %s /d, %s mg/m2", proliferation, dose)
                        .allSatisfy(volume ->
                                assertThat(volume).as("up to rounding").isBetween(0.0, CAPACITY * (1 + 1e-12)));
            }
        }
    }

    @Test
    void doseZeroIsUntreatedToTheBit() {
        List<Double> zero = year(course(0, "every-3-weeks", 6), 0.05, 50);
        List<Double> none = year(course(75, "every-3-weeks", 0), 0.05, 50);
        assertThat(zero).isEqualTo(none);
    }

    @Test
    void moreDoseAndOtherSchedulesLeaveAnotherTumour() {
        List<Double> untreated = year(course(0, "every-3-weeks", 6), 0.02, 73);
        List<Double> threeWeekly = year(course(75, "every-3-weeks", 6), 0.02, 73);
        List<Double> weekly = year(course(25, "weekly", 18), 0.02, 73);
        assertThat(threeWeekly.get(30)).isLessThan(untreated.get(30));
        assertThat(weekly.get(30))
                .as("a saturating effect profits from smaller doses")
                .isLessThan(threeWeekly.get(30));
    }

    @Test
    void stepsOfADayOrOfTenGiveTheSameTumour() {
        double daily = year(course(75, "every-3-weeks", 6), 0.02, 365).get(364);
        double coarse = year(course(75, "every-3-weeks", 6), 0.02, 37).get(36);
        assertThat(coarse).isCloseTo(daily, withPercentage(1e-4));
    }
}
