package org.oncotwin.model.checkpoint.inhibitor.tme;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.solver.OdeProblem;
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
import org.oncotwin.tumour.immune.CheckpointBinding;
import org.oncotwin.tumour.immune.Quantities;
import org.oncotwin.tumour.immune.TmeEquations;

/** The model tied to a patient. */
final class CheckpointInhibitorProcess implements GrowthProcess {

    /** Asked of the solver if the run asks for none: a hundredth of a cell in a tumour of 1e6, and cheap. */
    static final double DEFAULT_RELATIVE_TOLERANCE = 1e-8;

    /** What the absolute tolerance of each component is relative to: a relative error of the tumour, a thousand T cells, 1e-3 pmol/L and 1 mm3, less than can be seen. */
    private static final double[] SCALES = {1, 1e3, 1e3, 1e3, 1e-3, 1e-3, 1e-3};

    private static final List<Integer> NEVER_NEGATIVE = List.of(
            LesionSystem.EFFECTORS,
            LesionSystem.REGULATORY,
            LesionSystem.PRESENTING,
            LesionSystem.INTERFERON,
            LesionSystem.DYING,
            LesionSystem.INFLAMED);

    private final TmeEquations equations;
    private final LesionSpace space;
    private final Baseline baseline;
    private final RunContext context;

    CheckpointInhibitorProcess(TmeEquations equations, LesionSpace space, double effectorDensity, RunContext context) {
        this.equations = equations;
        this.space = space;
        this.baseline = new Baseline(equations, space, effectorDensity);
        this.context = context;
    }

    @Override
    public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
        for (Observation seen : observations) {
            if (seen instanceof Observation.Scalar s && s.quantity().equals(Quantity.TUMOUR_VOLUME)) {
                if (!(s.value() >= 0 && s.value() <= Quantities.LARGEST_VOLUME)) {
                    throw new InvalidInputException(
                            Quantity.TUMOUR_VOLUME.name(),
                            s.value() + " cm3 is not allowed; allowed is 0 to 1000000 cm3");
                }
                return baseline.of(s.value()).components(context.owner());
            }
        }
        throw new InvalidInputException(
                Quantity.TUMOUR_VOLUME.name(), "missing; the model starts from a tumour volume in cm3");
    }

    @Override
    public List<StateComponent> advance(State state, Interval interval, Effects effects) {
        LesionEffects acting = LesionEffects.of(effects);
        TmeState lesion = TmeState.of(state, context.owner());
        SimulationTime start = interval.start();
        for (double jump : acting.jumps(interval)) {
            SimulationTime time = SimulationTime.ofDays(jump);
            if (time.isAfter(start) && time.isBefore(interval.end())) {
                lesion = smoothly(lesion, new Interval(start, time), acting);
                start = time;
            }
        }
        return smoothly(lesion, new Interval(start, interval.end()), acting).components(context.owner());
    }

    private TmeState smoothly(TmeState lesion, Interval interval, LesionEffects acting) {
        LesionSystem system = new LesionSystem(equations, space, acting, interval.start(), lesion.viable());
        double relative = context.relativeTolerance().orElse(DEFAULT_RELATIVE_TOLERANCE);
        double[] absolute = SCALES.clone();
        for (int n = 0; n < absolute.length; n++) {
            absolute[n] *= relative;
        }
        double[] start = {
            0,
            lesion.effectors(),
            lesion.regulatory(),
            lesion.presenting(),
            lesion.interferon(),
            lesion.dying(),
            lesion.inflamed()
        };
        OdeProblem problem = OdeProblem.of(system, interval, start, new double[0], new OdeTolerance(relative, absolute))
                .ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS)
                .withNonNegative(NEVER_NEGATIVE)
                .withLargestStep(context.largestStep())
                .withConditions(system.extinction().stream().toList());
        double[] end = context.solvers().solve(problem).state();
        double day = interval.end().days();
        return new TmeState(
                system.viable(day, end[LesionSystem.TUMOUR]),
                end[LesionSystem.DYING],
                end[LesionSystem.INFLAMED],
                end[LesionSystem.EFFECTORS],
                end[LesionSystem.REGULATORY],
                end[LesionSystem.PRESENTING],
                end[LesionSystem.INTERFERON],
                CheckpointBinding.occupancy(acting.pd1().at(day)),
                CheckpointBinding.occupancy(acting.pdl1().at(day)),
                CheckpointBinding.occupancy(acting.ctla4().at(day)));
    }

    /** Cells that do not survive are dying; what is removed takes viable and dying tumour, infiltrate and T cells of the lesion along. */
    @Override
    public List<StateComponent> respond(State state, Effects effects) {
        TmeState before = TmeState.of(state, context.owner());
        double surviving = before.viable() * LesionEffects.uniform(EffectPort.SURVIVING_FRACTION, effects);
        double dying = before.dying() + equations.dyingRetained() * (before.viable() - surviving);
        double remaining = LesionEffects.uniform(EffectPort.REMAINING_FRACTION, effects);
        double viable = surviving * remaining;
        boolean extinct = viable < before.viable() && viable < equations.extinctionVolume();
        return new TmeState(
                        extinct ? 0 : viable,
                        dying * remaining,
                        before.inflamed() * remaining,
                        before.effectors() * remaining,
                        before.regulatory() * remaining,
                        before.presenting(),
                        before.interferon(),
                        before.pd1(),
                        before.pdl1(),
                        before.ctla4())
                .components(context.owner());
    }

    @Override
    public Map<Quantity, Double> observe(State state) {
        TmeState lesion = TmeState.of(state, context.owner());
        Map<Quantity, Double> observed = new LinkedHashMap<>();
        observed.put(Quantity.TUMOUR_VOLUME, lesion.lesion());
        observed.put(Quantity.TUMOUR_BURDEN, lesion.viable());
        observed.put(Quantities.DIAMETER, StrictMath.cbrt(lesion.lesion() * 6 / Math.PI));
        observed.put(Quantities.EFFECTOR_DENSITY, lesion.effectors() / (lesion.lesion() + equations.cellVolume()));
        observed.put(Quantities.PD1_OCCUPANCY, lesion.pd1());
        observed.put(Quantities.PDL1_OCCUPANCY, lesion.pdl1());
        observed.put(Quantities.CTLA4_OCCUPANCY, lesion.ctla4());
        observed.put(Quantities.INTERFERON, lesion.interferon());
        return Collections.unmodifiableMap(observed);
    }

    @Override
    public List<StateComponent> migrate(List<StateComponent> saved) {
        Set<Quantity> quantities = saved.stream().map(StateComponent::quantity).collect(Collectors.toSet());
        boolean today = saved.size() == TmeState.OWNED.size()
                && quantities.equals(Set.copyOf(TmeState.OWNED))
                && saved.stream()
                        .allMatch(c -> c instanceof ScalarComponent
                                && c.schemaVersion() == CheckpointInhibitorModel.SCHEMA_VERSION);
        if (!today) {
            throw new InvalidInputException(
                    "",
                    "the model reads "
                            + TmeState.OWNED.stream().map(Quantity::name).toList() + " of schema version "
                            + CheckpointInhibitorModel.SCHEMA_VERSION + ", not "
                            + saved.stream()
                                    .map(c -> c.quantity().name() + " of version " + c.schemaVersion())
                                    .toList());
        }
        return saved.stream().map(c -> c.ownedBy(context.owner())).toList();
    }
}
