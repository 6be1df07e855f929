package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.growth.AdvancePullBack;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.growth.StateDerivative;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.SensitivityRequest;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/**
 * The discrete adjoint of a run: once forward, then backwards through every instant and interval, pulling the derivative of the objective back through what the growth model did there.
 *
 * <p>The way back needs the state before each instant. As many as a quarter of the memory holds are kept, packed without loss, at the places of {@link BinomialSplit}; the others are computed
 * again, to the same bits. The rest of the memory is the growth model's, for states inside an interval.
 */
final class AdjointSweep {

    private final World world;
    private final DifferentiableGrowthProcess growth;
    private final GradientCheck check;
    private final List<SimulationTime> instants;
    private final NavigableSet<SimulationTime> breakpoints;
    private final ObjectiveTerms objective;
    private final List<EffectDirection> directions;
    private final TumourDependence dependence;
    private final SensitivityRequest request;
    private final Cancellation cancellation;
    private final DoubleConsumer progress;

    private final List<List<StepSequence>> steps = new ArrayList<>();
    private final SortedMap<String, Double> parameters = new TreeMap<>();
    private final SortedMap<String, double[]> maps = new TreeMap<>();
    private final Map<String, Grid> grids = new TreeMap<>();
    private final double[] alongDirections;
    private StateDerivative cotangent = StateDerivative.ZERO;
    private double value;
    private long held;
    private long largest;
    private long memoryUsed;
    private double advancedDays;

    AdjointSweep(
            World world,
            List<SimulationTime> instants,
            ObjectiveTerms objective,
            List<EffectDirection> directions,
            TumourDependence dependence,
            SensitivityRequest request,
            Cancellation cancellation,
            DoubleConsumer progress) {
        this.world = world;
        this.growth = (DifferentiableGrowthProcess) world.participants().growth();
        this.check =
                new GradientCheck(world.participants().growthLabel(), growth.differentiableParameters(), growth.maps());
        this.instants = List.copyOf(instants);
        this.breakpoints = world.dynamics().breakpoints();
        this.objective = objective;
        this.directions = List.copyOf(directions);
        this.dependence = dependence;
        this.request = request;
        this.cancellation = cancellation;
        this.progress = progress;
        this.alongDirections = new double[directions.size()];
    }

    /**
     * What the sweep gives.
     *
     * @param value the objective
     * @param parameters with respect to parameters of the growth model
     * @param directions along each direction
     * @param initial with respect to the observations at the start
     * @param maps with respect to the maps of the growth model
     * @param steps steps taken over each interval
     * @param memoryUsed most bytes used at once to keep states
     * @param runs work done to advance, in whole runs
     */
    record Result(
            double value,
            SortedMap<String, Double> parameters,
            double[] directions,
            StateDerivative initial,
            SortedMap<String, Field> maps,
            List<List<StepSequence>> steps,
            long memoryUsed,
            double runs) {}

    /**
     * Sweeps.
     *
     * @throws TumourDependence.Found if a course depends on the tumour, which it does not say
     */
    Result run() {
        long kept = dependence.bytes()
                + directions.stream().mapToLong(EffectDirection::bytes).sum();
        State start = world.dynamics().initial();
        PackedState first = PackedState.of(start);
        held = kept + first.bytes();
        largest = Math.max(first.bytes(), mostBytes());
        memoryUsed = held;
        if (held > statesMemory()) {
            throw new InvalidInputException(
                    "memory",
                    request.memory() + " bytes is not enough; the first state needs " + 4 * (kept + first.bytes())
                            + " bytes");
        }
        sweep(0, instants.size() - 1, first);
        GrowthGradient initial = check.check(
                start.time(),
                Dynamics.guarded(
                        world.participants().growthLabel(),
                        start.time(),
                        () -> growth.pullBackInitial(
                                start.time(), world.request().growth().initial(), cotangent)),
                observedQuantities(),
                0,
                false);
        add(initial, List.of());
        SortedMap<String, Field> fields = new TreeMap<>();
        maps.forEach((name, values) -> fields.put(name, Field.owning(grids.get(name), values)));
        double days = new Interval(instants.get(0), instants.get(instants.size() - 1)).days();
        return new Result(
                value,
                parameters,
                alongDirections,
                initial.state(),
                fields,
                List.copyOf(steps),
                memoryUsed,
                advancedDays / days);
    }

    private Set<String> observedQuantities() {
        Set<String> names = new HashSet<>();
        for (Observation observation : world.request().growth().initial()) {
            names.add(observation.quantity().name());
        }
        return names;
    }

    /** States may have a quarter of the memory: computing some of them again costs little, but a solver cannot do with less than it takes to differentiate one step. */
    private long statesMemory() {
        return request.memory() / 4;
    }

    /** What a packed state may come to need: a tumour grows into the whole domain. */
    private long mostBytes() {
        return world.request()
                .setting()
                .anatomy()
                .map(anatomy -> 9L * anatomy.domain().count())
                .orElse(0L);
    }

    /** Sweeps back from one instant to an earlier one, given the state before the earlier. */
    private void sweep(int from, int to, PackedState start) {
        if (to - from == 1) {
            pullBack(from, start.unpack());
            return;
        }
        int room = (int) Math.min(Integer.MAX_VALUE, (statesMemory() - held) / largest);
        if (room == 0) {
            for (int instant = to - 1; instant >= from; instant--) {
                pullBack(instant, forward(start.unpack(), from, instant));
            }
            return;
        }
        int middle = from + BinomialSplit.of(to - from, room);
        PackedState kept = PackedState.of(forward(start.unpack(), from, middle));
        held += kept.bytes();
        largest = Math.max(largest, kept.bytes());
        memoryUsed = Math.max(memoryUsed, held);
        sweep(middle, to, kept);
        held -= kept.bytes();
        sweep(from, middle, start);
    }

    /** The state before an instant, given that before an earlier one. */
    private State forward(State before, int from, int to) {
        State state = before;
        for (int instant = from; instant < to; instant++) {
            cancellation.check();
            State after = breakpoints.contains(state.time()) ? world.dynamics().act(state) : state;
            state = advance(instant, after, interval(instant), world.dynamics().effects(after, interval(instant)));
        }
        return state;
    }

    private Interval interval(int instant) {
        return new Interval(instants.get(instant), instants.get(instant + 1));
    }

    private State advance(int instant, State after, Interval interval, List<Effects> effects) {
        // The same bits each time: how long its steps may be is asked of the solver anew, not prescribed.
        State next = world.advance(after, interval, effects, List.of());
        advancedDays += interval.days();
        if (instant == steps.size()) {
            steps.add(world.growthSolvers().taken());
            progress.accept(0.5 * (instant + 1) / (instants.size() - 1));
        }
        return next;
    }

    /** Pulls back through the interval after an instant and through the instant, given the state before it. */
    private void pullBack(int instant, State before) {
        cancellation.check();
        List<Effects> instantEffects = world.dynamics().instantEffects(before);
        dependence.check(instant, before, instantEffects);
        boolean acts = breakpoints.contains(before.time());
        State after = acts ? world.dynamics().act(before, instantEffects) : before;
        Interval interval = interval(instant);
        List<Effects> effects = world.dynamics().effects(after, interval);
        dependence.check(instant, after, interval, effects);
        if (instant == instants.size() - 2) {
            end(advance(instant, after, interval, effects));
        }
        pullBackAdvance(instant, after, interval, effects);
        look(after);
        if (acts) {
            pullBackRespond(instant, before, instantEffects);
        }
        progress.accept(1 - 0.5 * instant / (instants.size() - 1));
    }

    /** The last instant, after which nothing is looked at. */
    private void end(State before) {
        boolean acts = breakpoints.contains(before.time());
        List<Effects> effects = world.dynamics().instantEffects(before);
        dependence.check(instants.size() - 1, before, effects);
        look(acts ? world.dynamics().act(before, effects) : before);
        if (acts) {
            pullBackRespond(instants.size() - 1, before, effects);
        }
    }

    /** Adds the terms of the objective that look at a state. */
    private void look(State state) {
        value += objective.value(world, state);
        for (GrowthGradient term : objective.derivatives(world, growth, state)) {
            check.check(
                    state.time(),
                    term,
                    world.participants().growthCheck().owned().keySet(),
                    0,
                    false);
            cotangent = cotangent.plus(term.state());
            add(term, List.of());
        }
    }

    private void pullBackAdvance(int instant, State after, Interval interval, List<Effects> effects) {
        List<Integer> which = new ArrayList<>();
        List<EffectsDerivative> derivatives = new ArrayList<>();
        for (int d = 0; d < directions.size(); d++) {
            EffectsDerivative derivative = directions.get(d).over(instant, after, interval, effects);
            if (!derivative.isEmpty()) {
                which.add(d);
                derivatives.add(derivative);
            }
        }
        AdvancePullBack question = new AdvancePullBack(
                ObjectiveTerms.ownedByGrowth(world, after),
                interval,
                Effects.combine(effects),
                steps.get(instant),
                cotangent,
                derivatives,
                request.maps(),
                request.memory() - held);
        GrowthGradient gradient = check.check(
                after.time(),
                Dynamics.guarded(
                        world.participants().growthLabel(), after.time(), () -> growth.pullBackAdvance(question)),
                world.participants().growthCheck().owned().keySet(),
                derivatives.size(),
                request.maps());
        cotangent = gradient.state();
        add(gradient, which);
    }

    private void pullBackRespond(int instant, State before, List<Effects> effects) {
        Effects combined = Effects.combine(effects);
        List<Integer> which = new ArrayList<>();
        List<EffectsDerivative> derivatives = new ArrayList<>();
        for (int d = 0; d < directions.size(); d++) {
            EffectsDerivative derivative = directions.get(d).at(instant, before, effects);
            if (!derivative.isEmpty()) {
                which.add(d);
                derivatives.add(derivative);
            }
        }
        if (combined.isEmpty() && derivatives.isEmpty()) {
            return;
        }
        GrowthGradient gradient = check.check(
                before.time(),
                Dynamics.guarded(
                        world.participants().growthLabel(),
                        before.time(),
                        () -> growth.pullBackRespond(
                                ObjectiveTerms.ownedByGrowth(world, before), combined, derivatives, cotangent)),
                world.participants().growthCheck().owned().keySet(),
                derivatives.size(),
                false);
        cotangent = gradient.state();
        add(gradient, which);
    }

    private void add(GrowthGradient gradient, List<Integer> which) {
        gradient.parameters().forEach((name, derivative) -> parameters.merge(name, derivative, Double::sum));
        for (int n = 0; n < which.size(); n++) {
            alongDirections[which.get(n)] += gradient.directions().get(n);
        }
        gradient.maps().forEach((name, field) -> {
            double[] sum =
                    maps.computeIfAbsent(name, n -> new double[field.grid().size()]);
            grids.put(name, field.grid());
            for (int index = 0; index < sum.length; index++) {
                sum[index] += field.value(index);
            }
        });
        memoryUsed = Math.max(memoryUsed, held + gradient.memory());
    }
}
