package org.oncotwin.model.qsp.immuno.oncology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** The model tied to a patient. */
final class QspProcess implements GrowthProcess {

    /** Asked of the solver if the run asks for none. */
    static final double DEFAULT_RELATIVE_TOLERANCE = 1e-8;

    /** For how long the platform lets the tumour grow from one cancer cell. */
    static final double LONGEST_HISTORY = 8000;

    /** Of what cannot be seen of a component; no more than the tolerance of a fine solution of it. */
    private static final double ROUNDING = 1e-10;

    private static final double SMALLEST_VOLUME = 1e-3;
    private static final double LARGEST_VOLUME = 1e6;
    private static final int CANCER = Species.CANCER.ordinal();

    private final QspEquations equations;
    private final RunContext context;

    QspProcess(QspEquations equations, RunContext context) {
        this.equations = equations;
        this.context = context;
    }

    @Override
    public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
        for (Observation seen : observations) {
            if (seen instanceof Observation.Scalar s && s.quantity().equals(Quantity.TUMOUR_VOLUME)) {
                if (!(s.value() >= SMALLEST_VOLUME && s.value() <= LARGEST_VOLUME)) {
                    throw new InvalidInputException(
                            Quantity.TUMOUR_VOLUME.name(),
                            s.value() + " cm3 is not allowed; allowed is 0.001 to 1000000 cm3");
                }
                return components(grown(s.value()));
            }
        }
        throw new InvalidInputException(
                Quantity.TUMOUR_VOLUME.name(), "missing; the model starts from a tumour volume in cm3");
    }

    /** As the platform starts: the tumour grows from one cancer cell, untreated, until it has the volume. */
    private double[] grown(double volume) {
        double[] state = equations.oneCancerCell();
        Interval history = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(LONGEST_HISTORY));
        TumourSystem system = new TumourSystem(
                equations,
                TumourEffects.of(Effects.none()),
                history.start(),
                history.start().days(),
                history.end().days(),
                state[CANCER]);
        List<OdeCondition> conditions = Stream.concat(system.extinction().stream(), Stream.of(system.reaches(volume)))
                .toList();
        OdeSolution solution = context.solvers().solve(problem(system, history, state, conditions));
        double[] end = cells(system, solution);
        if (solution.end() != OdeSolution.End.CONDITION) {
            throw new InvalidInputException(
                    Quantity.TUMOUR_VOLUME.name(),
                    String.format(
                            Locale.ROOT,
                            "with these parameters no tumour of %s cm3 grows from one cancer cell within %.0f d without treatment; "
                                    + "after them it has %.3g cm3",
                            volume,
                            LONGEST_HISTORY,
                            equations.volume(end[CANCER], end)));
        }
        return end;
    }

    private OdeProblem problem(TumourSystem system, Interval interval, double[] state, List<OdeCondition> conditions) {
        double relative = context.relativeTolerance().orElse(DEFAULT_RELATIVE_TOLERANCE);
        double[] absolute = new double[Species.COUNT];
        for (Species species : Species.values()) {
            absolute[species.ordinal()] = relative * species.scale();
        }
        double[] start = state.clone();
        start[CANCER] = 0;
        return OdeProblem.of(system, interval, start, new double[0], new OdeTolerance(relative, absolute))
                .ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS)
                .withLargestStep(context.largestStep())
                .withConditions(conditions);
    }

    /**
     * The end of a solution with cancer cells instead of their logarithm. No exact solution is negative: what the solver's error took below 0, within its absolute tolerance, is 0, and so is what is so far below
     * that tolerance that it is a rounding error.
     */
    private static double[] cells(TumourSystem system, OdeSolution solution) {
        double[] end = solution.state().clone();
        end[CANCER] = system.cells(solution.day(), end[CANCER]);
        for (Species species : Species.values()) {
            if (end[species.ordinal()] < ROUNDING * species.scale()) {
                end[species.ordinal()] = 0;
            }
        }
        return end;
    }

    @Override
    public List<StateComponent> advance(State state, Interval interval, Effects effects) {
        TumourEffects acting = TumourEffects.of(effects);
        double[] values = values(state);
        SimulationTime start = interval.start();
        double first = start.days();
        double end = interval.end().days();
        for (double jump : acting.jumps(interval)) {
            SimulationTime time = SimulationTime.ofDays(jump);
            // Times have milliseconds, jumps need not: one that is rounded to an end of the interval lies inside it.
            if (!time.isAfter(start)) {
                first = jump;
            } else if (time.isBefore(interval.end())) {
                values = smoothly(values, new Interval(start, time), first, Math.min(jump, time.days()), acting);
                start = time;
                first = Math.max(jump, time.days());
            } else {
                end = jump;
                break;
            }
        }
        return components(smoothly(values, new Interval(start, interval.end()), first, end, acting));
    }

    private double[] smoothly(double[] state, Interval interval, double first, double end, TumourEffects acting) {
        TumourSystem system = new TumourSystem(equations, acting, interval.start(), first, end, state[CANCER]);
        List<OdeCondition> conditions = system.extinction().stream().toList();
        return cells(system, context.solvers().solve(problem(system, interval, state, conditions)));
    }

    /**
     * Cells that do not survive are dead and release their antigens; what is removed takes all cells of the tumour along and leaves concentrations as they are.
     */
    @Override
    public List<StateComponent> respond(State state, Effects effects) {
        double surviving = TumourEffects.uniform(EffectPort.SURVIVING_FRACTION, effects);
        double remaining = TumourEffects.uniform(EffectPort.REMAINING_FRACTION, effects);
        double[] values = values(state);
        double before = values[CANCER];
        double killed = before - before * surviving;
        values[CANCER] = before * surviving;
        values[Species.DEAD.ordinal()] += killed;
        equations.release(killed, values);
        for (Species there : List.of(
                Species.CANCER,
                Species.DEAD,
                Species.EXHAUSTED,
                Species.TUMOUR_EFFECTOR,
                Species.TUMOUR_REGULATORY,
                Species.TUMOUR_APC,
                Species.TUMOUR_MATURE_APC)) {
            values[there.ordinal()] *= remaining;
        }
        if (values[CANCER] < before && values[CANCER] < equations.extinction) {
            values[CANCER] = 0;
        }
        return components(values);
    }

    @Override
    public Map<Quantity, Double> observe(State state) {
        double[] values = values(state);
        double volume = equations.volume(values[CANCER], values);
        Map<Quantity, Double> observed = new LinkedHashMap<>();
        observed.put(Quantity.TUMOUR_VOLUME, volume);
        observed.put(Quantity.TUMOUR_BURDEN, values[CANCER] * equations.cancerVolume);
        observed.put(Quantities.DIAMETER, Sphere.diameter(volume));
        observed.put(
                Quantities.T_CELL_DENSITY,
                (values[Species.TUMOUR_EFFECTOR.ordinal()] + values[Species.TUMOUR_REGULATORY.ordinal()]) / volume);
        observed.put(Quantities.INHIBITION, equations.checkpoint().inhibition(values));
        observed.put(Quantities.PD1_OCCUPANCY, equations.checkpoint().pd1Occupancy(values));
        observed.put(Quantities.PDL1_OCCUPANCY, equations.checkpoint().pdl1Occupancy(values));
        return Collections.unmodifiableMap(observed);
    }

    private double[] values(State state) {
        double[] values = new double[Species.COUNT];
        for (Species species : Species.values()) {
            values[species.ordinal()] = state.scalar(context.owner(), species.quantity());
        }
        return values;
    }

    private List<StateComponent> components(double[] values) {
        List<StateComponent> components = new ArrayList<>();
        for (Species species : Species.values()) {
            components.add(new ScalarComponent(
                    species.quantity(),
                    context.owner(),
                    QspImmunoOncologyModel.SCHEMA_VERSION,
                    values[species.ordinal()]));
        }
        return List.copyOf(components);
    }

    @Override
    public List<StateComponent> migrate(List<StateComponent> saved) {
        Set<Quantity> quantities = saved.stream().map(StateComponent::quantity).collect(Collectors.toSet());
        boolean today = saved.size() == Species.COUNT
                && quantities.equals(Set.copyOf(Species.quantities()))
                && saved.stream()
                        .allMatch(c -> c instanceof ScalarComponent
                                && c.schemaVersion() == QspImmunoOncologyModel.SCHEMA_VERSION);
        if (!today) {
            throw new InvalidInputException(
                    "",
                    "the model reads "
                            + Species.quantities().stream().map(Quantity::name).toList() + " of schema version "
                            + QspImmunoOncologyModel.SCHEMA_VERSION + ", not "
                            + saved.stream()
                                    .map(c -> c.quantity().name() + " of version " + c.schemaVersion())
                                    .toList());
        }
        return saved.stream().map(c -> c.ownedBy(context.owner())).toList();
    }
}
