package org.oncotwin.model.reaction.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.AdvancePullBack;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.growth.StateDerivative;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/**
 * Reaction and diffusion in the brain of one patient.
 *
 * <p>The tolerance of the run is shared out over its horizon: an advance over a part of the horizon asks its solver for that part of the tolerance. An error that is small beside the density at
 * its place grows no faster than that density does, because logistic growth slows down as the density rises while diffusion, killing and surviving fractions act on both alike. So
 * local errors add up at most linearly, and their sum over the run stays below the tolerance asked for, into however many intervals treatments and outputs cut it.
 */
final class ReactionDiffusionProcess implements DifferentiableGrowthProcess {

    /** Relative tolerance over the horizon if the run asks for none: far below what an image tells of cellularity. */
    static final double DEFAULT_RELATIVE_TOLERANCE = 1e-4;

    /** Least share of the tolerance that a solver is asked for: the rounding of a double allows no less. */
    private static final double LEAST_TOLERANCE = 1e-14;

    private static final int SCHEMA_VERSION = 1;

    private static final String RELATIVE_DIFFUSION = "relative_diffusion";
    private static final String RELATIVE_PROLIFERATION = "relative_proliferation";

    /** A sum of rounding errors may carry a saturated voxel this much above the carrying capacity. */
    private static final double ROUNDING = 1e-9;

    /** Cellularity as this model keeps it: the carrying capacity is at most 1. */
    static final Quantity CELLULARITY = new Quantity(
            Quantity.TUMOUR_CELLULARITY.name(),
            Quantity.TUMOUR_CELLULARITY.unit(),
            QuantityKind.FIELD,
            0,
            1 + ROUNDING,
            Quantity.TUMOUR_CELLULARITY.description());

    private final Medium tissue;
    private final TissueParameters parameters;
    private final double carryingCapacity;
    private final double volumeThreshold;
    private final RunContext context;

    ReactionDiffusionProcess(
            Medium tissue,
            TissueParameters parameters,
            double carryingCapacity,
            double volumeThreshold,
            RunContext context) {
        this.tissue = tissue;
        this.parameters = parameters;
        this.carryingCapacity = carryingCapacity;
        this.volumeThreshold = volumeThreshold;
        this.context = context;
    }

    @Override
    public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
        Field seen = seen(time, observations);
        double[] values = seen.toArray();
        double inside = 0;
        for (int index = 0; index < values.length; index++) {
            double value = values[index];
            if (!(value >= 0 && value <= carryingCapacity)) {
                throw new InvalidInputException(
                        CELLULARITY.name(),
                        value + " in voxel " + place(index) + " is not allowed; allowed is 0 to the carrying capacity, "
                                + carryingCapacity);
            }
            if (tissue.contains(index)) {
                inside += value;
            } else {
                values[index] = 0;
            }
        }
        if (!(inside > 0) && seen.sum() > 0) {
            throw new InvalidInputException(
                    CELLULARITY.name(),
                    "all of the tumour lies outside the tissue in which it can be; do the images fit together?");
        }
        return component(Field.owning(tissue.grid(), values));
    }

    @Override
    public List<String> remarks(List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation instanceof Observation.Image image) {
                Field field = image.value();
                double outside = 0;
                for (int index = 0; index < field.grid().size(); index++) {
                    outside += tissue.contains(index) ? 0 : field.value(index);
                }
                if (outside > 0) {
                    return List.of(String.format(
                            Locale.ROOT,
                            "%.3g cm3 (%.2g %%) of the given tumour burden lies where the tumour cannot be and was left out",
                            outside * field.grid().voxelVolume(),
                            100 * outside / field.sum()));
                }
            }
        }
        return List.of();
    }

    private Field seen(SimulationTime time, List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation instanceof Observation.Image image
                    && image.quantity().name().equals(Quantity.TUMOUR_CELLULARITY.name())) {
                if (!image.time().equals(time)) {
                    throw new InvalidInputException(
                            "initial.day", "cellularity is of " + image.time() + ", the run starts at " + time);
                }
                Grid grid = image.value().grid();
                if (!grid.coincidesWith(tissue.grid())) {
                    throw new InvalidInputException(
                            CELLULARITY.name(),
                            "lies on another grid (" + grid.describe() + ") than the anatomy ("
                                    + tissue.grid().describe() + ")");
                }
                return image.value();
            }
        }
        throw new InvalidInputException(
                CELLULARITY.name(), "missing; reaction-diffusion starts from an image of cellularity");
    }

    private String place(int index) {
        Grid grid = tissue.grid();
        return "(" + index % grid.nx() + ", " + index / grid.nx() % grid.ny() + ", " + index / grid.nx() / grid.ny()
                + ")";
    }

    @Override
    public List<StateComponent> advance(State state, Interval interval, Effects effects) {
        return component(
                context.solvers().solve(problem(state, interval, effects)).density());
    }

    private ReactionDiffusionProblem problem(State state, Interval interval, Effects effects) {
        return new ReactionDiffusionProblem(
                density(state),
                tissue,
                carryingCapacity,
                effects.get(EffectPort.PROLIFERATION_FACTOR),
                sinks(effects.get(EffectPort.KILL_RATE)),
                interval,
                steps(interval));
    }

    private static List<ReactionDiffusionProblem.Sink> sinks(KillRate rate) {
        return rate.terms().stream()
                .map(term -> new ReactionDiffusionProblem.Sink(term.rate(), term.weight()))
                .toList();
    }

    private StepControl steps(Interval interval) {
        double tolerance = context.relativeTolerance().orElse(DEFAULT_RELATIVE_TOLERANCE);
        double share = tolerance * interval.days() / context.horizon().days();
        return StepControl.adaptive(Math.min(1, Math.max(LEAST_TOLERANCE, share)))
                .atMost(context.largestStep());
    }

    @Override
    public List<StateComponent> respond(State state, Effects effects) {
        SpatialValue fraction =
                effects.get(EffectPort.SURVIVING_FRACTION).times(effects.get(EffectPort.REMAINING_FRACTION));
        Field before = density(state);
        if (fraction instanceof SpatialValue.Uniform uniform && uniform.value() >= 0 && uniform.value() <= 1) {
            return component(uniform.value() == 1 ? before : scaled(before, uniform.value()));
        }
        double[] values = before.toArray();
        for (int index = 0; index < values.length; index++) {
            if (values[index] != 0) {
                values[index] *= fraction.at(index);
            }
        }
        return component(Field.owning(before.grid(), values));
    }

    /** Millions of voxels at every fraction of radiation: a loop with nothing in it. */
    private static Field scaled(Field field, double factor) {
        double[] values = field.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] *= factor;
        }
        return Field.owning(field.grid(), values);
    }

    @Override
    public Map<Quantity, Double> observe(State state) {
        Field density = density(state);
        int above = 0;
        int size = tissue.grid().size();
        for (int index = 0; index < size; index++) {
            if (density.value(index) >= volumeThreshold) {
                above++;
            }
        }
        double voxel = tissue.grid().voxelVolume();
        return Map.of(Quantity.TUMOUR_VOLUME, above * voxel, Quantity.TUMOUR_BURDEN, density.sum() * voxel);
    }

    @Override
    public Optional<String> obstacle() {
        return context.solvers().canPullBack()
                ? Optional.empty()
                : Optional.of("the reaction-diffusion solver in use does not differentiate its solutions");
    }

    @Override
    public Set<String> differentiableParameters() {
        return parameters.names();
    }

    @Override
    public Set<String> maps() {
        return Set.of(RELATIVE_DIFFUSION, RELATIVE_PROLIFERATION);
    }

    /** What was seen where the tumour cannot be was left out. */
    @Override
    public GrowthGradient pullBackInitial(
            SimulationTime time, List<Observation> observations, StateDerivative cotangent) {
        Field seen = seen(time, observations);
        double[] values = cotangent.field(CELLULARITY, seen).toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] = tissue.contains(index) ? values[index] : 0;
        }
        return GrowthGradient.of(StateDerivative.of(CELLULARITY, Field.owning(tissue.grid(), values)));
    }

    @Override
    public GrowthGradient pullBackAdvance(AdvancePullBack question) {
        ReactionDiffusionProblem problem = problem(question.before(), question.interval(), question.effects());
        List<ReactionDiffusionPullBack.Direction> directions = question.directions().stream()
                .map(d -> new ReactionDiffusionPullBack.Direction(
                        d.get(EffectPort.PROLIFERATION_FACTOR), sinks(d.get(EffectPort.KILL_RATE))))
                .toList();
        ReactionDiffusionGradient gradient = context.solvers()
                .pullBack(new ReactionDiffusionPullBack(
                        problem.withSteps(
                                problem.steps().repeating(question.steps().get(0))),
                        question.cotangent().field(CELLULARITY, problem.initial()),
                        directions,
                        question.maps(),
                        question.memory()));
        SortedMap<String, Field> maps = new TreeMap<>();
        gradient.diffusionMap().ifPresent(map -> maps.put(RELATIVE_DIFFUSION, map));
        gradient.proliferationMap().ifPresent(map -> maps.put(RELATIVE_PROLIFERATION, map));
        return new GrowthGradient(
                StateDerivative.of(CELLULARITY, gradient.initial()),
                parameters.derivatives(gradient),
                Arrays.stream(gradient.directions()).boxed().toList(),
                maps,
                gradient.memory());
    }

    /** The density is multiplied by S = S_s S_r, so dJ/du = S dJ/dv and dJ/dp = sum of dJ/dv u dS/dp. */
    @Override
    public GrowthGradient pullBackRespond(
            State before, Effects effects, List<EffectsDerivative> directions, StateDerivative cotangent) {
        Field density = density(before);
        Field after = cotangent.field(CELLULARITY, density);
        SpatialValue surviving = effects.get(EffectPort.SURVIVING_FRACTION);
        SpatialValue remaining = effects.get(EffectPort.REMAINING_FRACTION);
        List<Double> along = new ArrayList<>();
        for (EffectsDerivative direction : directions) {
            along.add(sum(density, after, direction.get(EffectPort.SURVIVING_FRACTION), remaining)
                    + sum(density, after, surviving, direction.get(EffectPort.REMAINING_FRACTION)));
        }
        double[] values = after.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] *= surviving.at(index) * remaining.at(index);
        }
        return GrowthGradient.of(StateDerivative.of(CELLULARITY, Field.owning(density.grid(), values)), along);
    }

    /** Slice by slice, as sums of fields are. */
    private static double sum(Field density, Field cotangent, SpatialValue a, SpatialValue b) {
        double[] products = new double[density.grid().size()];
        for (int index = 0; index < products.length; index++) {
            products[index] = cotangent.value(index) * density.value(index) * a.at(index) * b.at(index);
        }
        return Field.owning(density.grid(), products).sum();
    }

    @Override
    public GrowthGradient pullBackObserve(State state, Quantity observable) {
        if (observable.name().equals(Quantity.TUMOUR_BURDEN.name())) {
            return GrowthGradient.of(StateDerivative.of(
                    CELLULARITY, Field.constant(tissue.grid(), tissue.grid().voxelVolume())));
        }
        throw new InvalidInputException(
                observable.name(),
                "it counts the voxels at and above a threshold, which changes in jumps; tumour.burden can be differentiated");
    }

    @Override
    public List<StateComponent> migrate(List<StateComponent> saved) {
        if (saved.size() == 1
                && saved.get(0) instanceof FieldComponent field
                && field.schemaVersion() == SCHEMA_VERSION
                && field.field().grid().equals(tissue.grid())) {
            return component(field.field());
        }
        throw new InvalidInputException(
                "", "the saved state is not one field of cellularity on the grid of the anatomy");
    }

    private Field density(State state) {
        return state.field(context.owner(), CELLULARITY);
    }

    private List<StateComponent> component(Field field) {
        return List.of(new FieldComponent(CELLULARITY, context.owner(), SCHEMA_VERSION, field));
    }
}
