package org.oncotwin.treatment.compartments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/**
 * What a solver finds where elimination or distribution is saturable or clearance changes over time. The integral of the concentration and the eliminated amount are solved for as well, so that the one is exact and the other no difference. The solution keeps
 * non-negative amounts non-negative; no polynomial is laid through it, because one that is exact to a part of the peak would be below 0 in the tail.
 */
final class SolvedDisposition extends Sites implements TimeFunction {

    private static final double COARSEST = 1e-9;
    private static final double FINEST = 1e-12;
    /** Error in mg for each mg of the largest dose. */
    private static final double ABSOLUTE = 1e-12;

    private final Doses doses;
    private final double volume;
    private final OdeTrajectory trajectory;

    private SolvedDisposition(DrugKinetics drug, Doses doses, OdeTrajectory trajectory) {
        super(drug.tumourRatio());
        this.doses = doses;
        volume = drug.volume();
        this.trajectory = trajectory;
    }

    static Disposition of(DrugKinetics drug, Doses doses, RunContext context) {
        SimulationTime[] edges = doses.edges();
        SimulationTime end = context.horizon().end();
        if (!edges[0].isBefore(end)) {
            return Sites.empty(drug.tumourRatio());
        }
        double relative =
                Math.max(FINEST, Math.min(COARSEST, context.relativeTolerance().orElse(COARSEST)));
        double[] absolute = new double[CompartmentSystem.SIZE];
        Arrays.fill(absolute, ABSOLUTE * doses.largest());
        absolute[CompartmentSystem.EXPOSURE] /= drug.volume();
        OdeProblem problem = OdeProblem.of(
                        new CompartmentSystem(drug, edges[0].days()),
                        new Interval(edges[0], end),
                        new double[CompartmentSystem.SIZE],
                        new double[1],
                        new OdeTolerance(relative, absolute))
                .ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS)
                .withEvents(events(doses, edges, end))
                .withNonNegative(
                        IntStream.range(0, CompartmentSystem.SIZE).boxed().toList())
                .withLargestStep(context.largestStep())
                .withTrajectory();
        OdeTrajectory trajectory = context.solvers()
                .solve(problem)
                .trajectory()
                .orElseThrow(() -> new SolverException("the solver gave no solution at all times"));
        return new SolvedDisposition(drug, doses, trajectory);
    }

    private static List<OdeEvent> events(Doses doses, SimulationTime[] edges, SimulationTime end) {
        List<OdeEvent> events = new ArrayList<>();
        for (SimulationTime edge : edges) {
            if (edge.isBefore(end)) {
                events.add(OdeEvent.set(edge, 0, doses.rate(edge)));
                events.add(OdeEvent.add(edge, CompartmentSystem.CENTRAL, doses.entering(edge, false)));
                events.add(OdeEvent.add(edge, CompartmentSystem.GUT, doses.entering(edge, true)));
            }
        }
        return events;
    }

    private double[] state(double day) {
        double[] state = new double[CompartmentSystem.SIZE];
        trajectory.at(day, state);
        return state;
    }

    @Override
    TimeFunction plasma() {
        return this;
    }

    @Override
    public double at(double day) {
        return day < trajectory.start() ? 0 : state(day)[CompartmentSystem.CENTRAL] / volume;
    }

    @Override
    public double integral(double from, double to) {
        return from == to ? 0 : Math.max(0, exposure(to) - exposure(from));
    }

    private double exposure(double day) {
        return day < trajectory.start() ? 0 : state(day)[CompartmentSystem.EXPOSURE];
    }

    @Override
    public double[] jumps(double from, double to) {
        return doses.jumps(from, to);
    }

    @Override
    public MassBalance massBalance(double day) {
        if (day < trajectory.start()) {
            return new MassBalance(0, 0, 0);
        }
        double[] state = state(day);
        double present = doses.waiting(day);
        for (int part = CompartmentSystem.GUT; part <= CompartmentSystem.SATURABLE; part++) {
            present += state[part];
        }
        return new MassBalance(doses.given(day), present, doses.lost(day) + state[CompartmentSystem.ELIMINATED]);
    }
}
