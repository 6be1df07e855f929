package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;

/**
 * One number that a run gives and that can be differentiated: a sum of terms, each of the state at one time (just after what happens at that instant).
 *
 * @param terms the terms, at least one
 */
public record Objective(List<Term> terms) {

    /** One summand. */
    public sealed interface Term {

        /** When the state is looked at. */
        SimulationTime time();
    }

    /**
     * An observable of the growth model.
     *
     * @param quantity name of it, such as {@code tumour.burden}
     * @param time when
     */
    public record Observable(String quantity, SimulationTime time) implements Term {}

    /**
     * Half the squared distance between the model and something seen, in standard deviations: {@code (m - o)^2 / (2 s^2)} for normal noise, {@code (ln m - ln o)^2 / (2 s^2)} for log-normal noise and
     * {@code (m - o)^2 / 2} if it was seen exactly. A number is compared with an observable, an image with the field of that quantity in the state of the model, summed over
     * voxels; voxels that are not a number were not seen. It is the negative logarithm of the likelihood up to a constant.
     *
     * @param seen what was seen, when and how well
     */
    public record Misfit(Observation seen) implements Term {

        /** Refuses images with multiplicative noise, whose logarithm is infinite where there is no tumour. */
        public Misfit {
            if (seen instanceof Observation.Image && seen.noise().kind() == NoiseModel.Kind.LOG_NORMAL) {
                throw new InvalidInputException(
                        seen.quantity().name(),
                        "log-normal noise of an image is not allowed, its logarithm is infinite where the image is 0; allowed are exact and normal");
            }
        }

        @Override
        public SimulationTime time() {
            return seen.time();
        }
    }

    /** Makes the list immutable. */
    public Objective {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new InvalidInputException("objective", "has no term");
        }
    }

    /** An observable at one time. */
    public static Objective of(Quantity quantity, SimulationTime time) {
        return new Objective(List.of(new Observable(quantity.name(), time)));
    }

    /** The misfit to all that was seen. */
    public static Objective misfit(List<Observation> seen) {
        return new Objective(seen.stream().<Term>map(Misfit::new).toList());
    }
}
