package org.oncotwin.engine;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.growth.StateDerivative;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.Objective;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** An objective, evaluated on the states of a run. */
final class ObjectiveTerms {

    private final Objective objective;

    /**
     * Checks the times.
     *
     * @throws InvalidInputException if a time is not within the run
     */
    ObjectiveTerms(Objective objective, SimulationTime start, SimulationTime end) {
        this.objective = objective;
        for (Objective.Term term : objective.terms()) {
            if (term.time().isBefore(start) || term.time().isAfter(end)) {
                throw new InvalidInputException(
                        "objective", term.time() + " is not within the run, which goes from " + start + " to " + end);
            }
        }
        if (!times().last().isAfter(start)) {
            throw new InvalidInputException(
                    "objective", "looks at the start alone, " + start + "; it must look at a later time");
        }
    }

    /** When states are looked at. */
    NavigableSet<SimulationTime> times() {
        NavigableSet<SimulationTime> times = new TreeSet<>();
        objective.terms().forEach(term -> times.add(term.time()));
        return times;
    }

    /** Unit of the objective, given any state: that of its observables if they have one in common, else 1. */
    String unit(World world, State any) {
        String unit = null;
        for (Objective.Term term : objective.terms()) {
            String of = term instanceof Objective.Observable observable
                    ? observed(world, any, observable.quantity()).getKey().unit()
                    : "1";
            unit = unit == null || unit.equals(of) ? of : "1";
        }
        return unit;
    }

    /** Sum of the terms of the time of a state. */
    double value(World world, State state) {
        double sum = 0;
        for (Objective.Term term : termsAt(state)) {
            if (term instanceof Objective.Observable observable) {
                sum += observed(world, state, observable.quantity()).getValue();
            } else if (((Objective.Misfit) term).seen() instanceof Observation.Scalar seen) {
                double distance =
                        distance(observed(world, state, seen.quantity().name()).getValue(), seen);
                sum += distance * distance / 2;
            } else {
                sum += misfit(world, state, (Observation.Image) ((Objective.Misfit) term).seen());
            }
        }
        return sum;
    }

    /** Derivatives of the terms of the time of a state, one for each term. */
    List<GrowthGradient> derivatives(World world, DifferentiableGrowthProcess growth, State state) {
        return termsAt(state).stream()
                .map(term -> derivative(world, growth, state, term))
                .toList();
    }

    private List<Objective.Term> termsAt(State state) {
        return objective.terms().stream()
                .filter(term -> term.time().equals(state.time()))
                .toList();
    }

    private GrowthGradient derivative(
            World world, DifferentiableGrowthProcess growth, State state, Objective.Term term) {
        if (term instanceof Objective.Misfit misfit && misfit.seen() instanceof Observation.Image image) {
            return GrowthGradient.of(misfitDerivative(world, state, image));
        }
        double factor = 1;
        String name;
        if (term instanceof Objective.Observable observable) {
            name = observable.quantity();
        } else {
            Observation.Scalar seen = (Observation.Scalar) ((Objective.Misfit) term).seen();
            name = seen.quantity().name();
            double model = observed(world, state, name).getValue();
            double inner = seen.noise().kind() == NoiseModel.Kind.LOG_NORMAL ? 1 / model : 1;
            factor = distance(model, seen) * inner / deviation(seen.noise());
        }
        Quantity quantity = observed(world, state, name).getKey();
        return Dynamics.guarded(
                        world.participants().growthLabel(),
                        state.time(),
                        () -> growth.pullBackObserve(ownedByGrowth(world, state), quantity))
                .times(factor);
    }

    /** Checks that the objective can be differentiated, given any state. */
    void checkDifferentiable(World world, DifferentiableGrowthProcess growth, State any) {
        for (Objective.Term term : objective.terms()) {
            String name = term instanceof Objective.Observable observable
                    ? observable.quantity()
                    : ((Objective.Misfit) term).seen().quantity().name();
            boolean image = term instanceof Objective.Misfit misfit && misfit.seen() instanceof Observation.Image;
            if (image) {
                field(world, any, (Observation.Image) ((Objective.Misfit) term).seen());
            } else {
                Quantity quantity = observed(world, any, name).getKey();
                try {
                    growth.pullBackObserve(ownedByGrowth(world, any), quantity);
                } catch (InvalidInputException e) {
                    throw new InvalidInputException(
                            "objective", quantity.name() + " cannot be differentiated: " + e.problem());
                }
            }
        }
    }

    private static Map.Entry<Quantity, Double> observed(World world, State state, String name) {
        Map<Quantity, Double> all = world.dynamics().observe(state);
        return all.entrySet().stream()
                .filter(e -> e.getKey().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "objective",
                        "no observable '" + name + "'; the growth model has "
                                + all.keySet().stream().map(Quantity::name).toList()));
    }

    /** In standard deviations. */
    private static double distance(double model, Observation.Scalar seen) {
        double difference = seen.noise().kind() == NoiseModel.Kind.LOG_NORMAL
                ? StrictMath.log(model) - StrictMath.log(seen.value())
                : model - seen.value();
        return difference / deviation(seen.noise());
    }

    private static double deviation(NoiseModel noise) {
        return noise.kind() == NoiseModel.Kind.EXACT ? 1 : noise.standardDeviation();
    }

    private static double misfit(World world, State state, Observation.Image seen) {
        Field model = field(world, state, seen);
        double deviation = deviation(seen.noise());
        double sum = 0;
        int size = model.grid().size();
        for (int index = 0; index < size; index++) {
            double distance = (model.value(index) - seen.value().value(index)) / deviation;
            sum += Double.isNaN(distance) ? 0 : distance * distance;
        }
        return sum / 2;
    }

    private static StateDerivative misfitDerivative(World world, State state, Observation.Image seen) {
        Field model = field(world, state, seen);
        double variance = deviation(seen.noise()) * deviation(seen.noise());
        double[] values = new double[model.grid().size()];
        for (int index = 0; index < values.length; index++) {
            double difference = model.value(index) - seen.value().value(index);
            values[index] = Double.isNaN(difference) ? 0 : difference / variance;
        }
        return StateDerivative.of(seen.quantity(), Field.owning(model.grid(), values));
    }

    private static Field field(World world, State state, Observation.Image seen) {
        for (StateComponent component : state.ownedBy(world.participants().growthLabel())) {
            if (component instanceof FieldComponent f
                    && f.quantity().name().equals(seen.quantity().name())) {
                if (!f.field().grid().coincidesWith(seen.value().grid())) {
                    throw new InvalidInputException(
                            "objective",
                            "the image of " + seen.quantity().name() + " lies on "
                                    + seen.value().grid().describe() + ", the model on "
                                    + f.field().grid().describe());
                }
                return f.field();
            }
        }
        throw new InvalidInputException(
                "objective",
                "the growth model keeps no field of " + seen.quantity().name() + " to compare with an image");
    }

    static State ownedByGrowth(World world, State state) {
        return State.at(state.time()).with(state.ownedBy(world.participants().growthLabel()));
    }
}
