package org.oncotwin.benchmarks.ode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/**
 * A problem of which the solution is known.
 *
 * @param name as in {@code models.py}
 * @param system the equations
 * @param kind what a solver should know of them
 * @param end last day
 * @param initial state on day 0
 * @param floor absolute tolerance of each component divided by the relative one
 * @param doses amounts that enter at once
 * @param reference the state at the end
 */
record BenchmarkProblem(
        String name,
        DifferentiableOdeSystem system,
        SolverKind kind,
        double end,
        double[] initial,
        double[] floor,
        List<Dose> doses,
        double[] reference) {

    /** Where {@code make.py} of the references wrote the solutions, seen from this module. */
    static final Path REFERENCES = Path.of("..", "references", "ode-benchmarks", "expected.json");

    private static final double[] NONE = new double[0];

    /**
     * An amount that enters a component.
     *
     * @param time when
     * @param component which
     * @param amount how much
     */
    record Dose(SimulationTime time, int component, double amount) {}

    /** All problems, in the order of {@code models.py}. */
    static List<BenchmarkProblem> all() throws IOException {
        JsonNode known = new ObjectMapper().readTree(REFERENCES.toFile());
        SolverKind stiff = SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS;
        double[] small = new double[17];
        Arrays.fill(small, 1e-4);
        double[] concentrations = Arrays.copyOf(small, 8);
        double[] hires = new double[8];
        hires[0] = 1;
        hires[7] = 0.0057;
        return List.of(
                of(known, "robertson", new Robertson(), stiff, 4e4, new double[] {1, 0, 0}, same(3, 1e-6), List.of()),
                of(known, "hires", new Hires(), stiff, 321.8122, hires, concentrations, List.of()),
                of(
                        known,
                        "van-der-pol",
                        new VanDerPol(),
                        stiff,
                        2000,
                        new double[] {2, 0},
                        new double[] {1, 1e-3},
                        List.of()),
                of(known, "oregonator", new Oregonator(), stiff, 360, new double[] {1, 2, 3}, same(3, 1e-6), List.of()),
                of(
                        known,
                        "physiological",
                        new Physiological(),
                        stiff,
                        20,
                        new double[17],
                        small,
                        doses(20, 0.375, 1, Physiological.VENOUS, 100)),
                of(
                        known,
                        "saturable",
                        new Saturable(),
                        SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS,
                        10,
                        new double[2],
                        same(2, 1e-3),
                        doses(20, 0, 0.5, 0, 60)));
    }

    private static BenchmarkProblem of(
            JsonNode known,
            String name,
            DifferentiableOdeSystem system,
            SolverKind kind,
            double end,
            double[] initial,
            double[] floor,
            List<Dose> doses) {
        double[] reference = numbers(known.path(name).path("state"));
        return new BenchmarkProblem(name, system, kind, end, initial, floor, doses, reference);
    }

    private static double[] same(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int n = 0; n < values.length; n++) {
            values[n] = array.get(n).doubleValue();
        }
        return values;
    }

    /** Equal doses at equal distances. */
    static List<Dose> doses(int count, double first, double apart, int component, double amount) {
        List<Dose> doses = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            doses.add(new Dose(SimulationTime.ofDays(first + n * apart), component, amount));
        }
        return doses;
    }

    /** The problem for a solver. */
    OdeProblem posed(double relative) {
        return OdeProblem.of(
                        system,
                        new Interval(SimulationTime.ZERO, SimulationTime.ofDays(end)),
                        initial,
                        NONE,
                        tolerance(relative))
                .ofKind(kind)
                .withEvents(doses.stream()
                        .map(dose -> OdeEvent.add(dose.time(), dose.component(), dose.amount()))
                        .toList());
    }

    /** Absolute tolerances follow the relative one. */
    OdeTolerance tolerance(double relative) {
        double[] absolute = floor.clone();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] *= relative;
        }
        return new OdeTolerance(relative, absolute);
    }

    /** Largest error of a component in the measure of the tolerance: |difference| / (floor + |reference|). */
    double error(double[] state) {
        double largest = 0;
        for (int i = 0; i < state.length; i++) {
            double error = Math.abs(state[i] - reference[i]) / (floor[i] + Math.abs(reference[i]));
            largest = error <= largest ? largest : error;
        }
        return largest;
    }
}
