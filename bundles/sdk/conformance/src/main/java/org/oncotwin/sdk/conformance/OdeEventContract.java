package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Laws of {@link OdeEvent}. */
abstract class OdeEventContract extends OdeContract {

    OdeEventContract() {}

    @Test
    @DisplayName("Law 2, a step is a step: a dose at 09:00:00.001 acts at 09:00:00.001")
    void eventActsAtItsMillisecond() {
        // A millisecond earlier or later changes what is left of the dose by 1e-4 of it.
        double elimination = 1e4;
        SimulationTime dose = new SimulationTime(20_000L * SimulationTime.MILLISECONDS_PER_DAY + 9 * 3_600_000L + 1);
        Interval around = new Interval(dose.plusMilliseconds(-60_001), dose.plusMilliseconds(100));
        OdeProblem problem = problem(
                        OdeSystems.compartment(), around, new double[] {2}, new double[] {elimination, 0, 0}, TOLERANCE)
                .withEvents(List.of(OdeEvent.add(dose, 0, 5)));
        double closed = 2 * StrictMath.exp(-elimination * around.days())
                + 5 * StrictMath.exp(-elimination * 100 / SimulationTime.MILLISECONDS_PER_DAY);
        assertClose(solve(problem).state()[0], closed, TOLERANCE, "a second after the dose");
    }

    @Test
    @DisplayName("Law 2, a step is a step: events of one instant happen in the order of the list")
    void eventsOfAnInstantKeepTheirOrder() {
        SimulationTime day = SimulationTime.ofDays(2);
        OdeEvent add = OdeEvent.add(day, 0, 3);
        OdeEvent twice = new OdeEvent(day, (at, state, parameters) -> state[0] *= 2);
        OdeProblem nothingMoves = compartment(0, 5, 1, 0, 0);
        assertThat(solve(nothingMoves.withEvents(List.of(add, twice))).state()).containsExactly(8);
        assertThat(solve(nothingMoves.withEvents(List.of(twice, add))).state()).containsExactly(5);
        OdeEvent before = OdeEvent.add(SimulationTime.ofDays(1), 0, 1);
        assertThat(solve(nothingMoves.withEvents(List.of(twice, add, before))).state())
                .containsExactly(7);
    }

    @Test
    @DisplayName("Law 2, a step is a step: an event at the start acts before the first step")
    void eventAtTheStart() {
        OdeProblem problem = compartment(4, 6, 2, 0.5, 0)
                .withEvents(List.of(OdeEvent.add(SimulationTime.ofDays(4), 0, 3)))
                .withOutputs(4, 5);
        OdeSolution solution = solve(problem);
        assertThat(solution.outputs()[0]).containsExactly(5);
        assertClose(solution.outputs()[1][0], 5 * StrictMath.exp(-0.5), TOLERANCE, "a day later");
        assertClose(solution.state()[0], 5 * StrictMath.exp(-1), TOLERANCE, "at the end");
    }

    @Test
    @DisplayName("Law 2, a step is a step: events see their time, the state and the parameters there, and change both")
    void eventsSeeAndChange() {
        List<Double> days = new ArrayList<>();
        OdeProblem problem = compartment(0, 3, 4, 0, 0)
                .withEvents(List.of(
                        new OdeEvent(SimulationTime.ofDays(1), (day, state, parameters) -> {
                            days.add(day);
                            parameters[1] = state[0] / 2;
                        }),
                        new OdeEvent(SimulationTime.ofDays(2.5), (day, state, parameters) -> {
                            days.add(day);
                            parameters[2] = state[0];
                            parameters[1] = 0;
                        })));
        OdeSolution solution = solve(problem);
        assertThat(days).containsExactly(1.0, 2.5);
        assertClose(solution.state()[0], 4 + 2 * 1.5, TOLERANCE, "after an infusion of a day and a half");
        assertThat(solution.parameters()).containsExactly(0, 0, solution.state()[0]);
        assertThat(problem.parameters()).containsExactly(0, 0, 0);
    }

    @Test
    @DisplayName("Law 3, nothing hides: a restart at an event gives the bits of going through")
    void restartAtAnEventChangesNoBit() {
        for (OdeProblem whole : courses()) {
            OdeSolution through = solve(whole.withOutputs(0.5, 1.25, 2, 3.75, 6, 8, 10));
            assertThat(solve(whole).state()).as("without outputs").isEqualTo(through.state());
            for (OdeEvent event : whole.events()) {
                SimulationTime at = event.time();
                OdeSolution before = solve(part(
                        whole,
                        new Interval(whole.interval().start(), at),
                        whole.initial(),
                        whole.parameters(),
                        whole.events().stream()
                                .filter(e -> e.time().isBefore(at))
                                .toList()));
                OdeProblem rest = part(
                        whole,
                        new Interval(at, whole.interval().end()),
                        before.state(),
                        before.parameters(),
                        whole.events().stream()
                                .filter(e -> !e.time().isBefore(at))
                                .toList());
                double[] outputs = Arrays.stream(new double[] {0.5, 1.25, 2, 3.75, 6, 8, 10})
                        .filter(day -> day >= at.days())
                        .toArray();
                OdeSolution after = solve(rest.withOutputs(outputs));
                assertThat(after.state()).as("restart at %s", at).isEqualTo(through.state());
                assertThat(after.parameters()).as("restart at %s", at).isEqualTo(through.parameters());
                for (int n = 0; n < outputs.length; n++) {
                    assertThat(after.outputs()[n])
                            .as("day %s, restart at %s", outputs[n], at)
                            .isEqualTo(through.outputs()[through.outputs().length - outputs.length + n]);
                }
            }
        }
    }

    @Test
    @DisplayName("Law 3, nothing hides: equations are not asked for times beyond the next event")
    void equationsAreNotAskedBeyondAnEvent() {
        onlyIfNonlinear();
        double[] bounds = {20_000, 20_001.5, 20_001.500_000_1, 20_004, 20_010};
        AtomicInteger segment = new AtomicInteger();
        List<String> astray = new ArrayList<>();
        OdeSystem watched = OdeSystems.of(0, List.of("volume"), (day, y, p, d) -> {
            double start = SimulationTime.ofDays(bounds[segment.get()]).days();
            double end = SimulationTime.ofDays(bounds[segment.get() + 1]).days();
            if (day < start || day > end) {
                astray.add("day " + day + " while from " + start + " to " + end);
            }
            d[0] = 0.1 * y[0] * StrictMath.sin(day);
        });
        List<OdeEvent> events = Arrays.stream(bounds, 1, bounds.length - 1)
                .mapToObj(day -> new OdeEvent(SimulationTime.ofDays(day), (at, state, parameters) -> {
                    segment.incrementAndGet();
                    state[0] += 0.5;
                }))
                .toList();
        solve(problem(watched, interval(bounds[0], bounds[4]), new double[] {1}, new double[0], TOLERANCE)
                .withEvents(events));
        assertThat(segment).hasValue(events.size());
        assertThat(astray).isEmpty();
    }

    /** Problems with doses, a change of a parameter, a mere restart, and two events of one instant. */
    final List<OdeProblem> courses() {
        List<OdeEvent> events = List.of(
                OdeEvent.add(SimulationTime.ofDays(1.25), 0, 2.5),
                OdeEvent.set(SimulationTime.ofDays(3.1), 0, 0.45),
                OdeEvent.restart(SimulationTime.ofDays(3.1).plusMilliseconds(1)),
                OdeEvent.add(SimulationTime.ofDays(6), 0, 1),
                new OdeEvent(SimulationTime.ofDays(6), (day, state, parameters) -> state[0] *= 0.5));
        List<OdeProblem> courses = new ArrayList<>();
        courses.add(chain(0, 10, TOLERANCE).withEvents(events));
        courses.add(circle(10, TOLERANCE).withEvents(events));
        if (solvesNonlinear()) {
            courses.add(logistic(0, 10, 1, TOLERANCE).withEvents(events));
        }
        return courses;
    }

    private static OdeProblem part(
            OdeProblem whole, Interval interval, double[] initial, double[] parameters, List<OdeEvent> events) {
        return OdeProblem.of(whole.system(), interval, initial, parameters, whole.tolerance())
                .withEvents(events);
    }
}
