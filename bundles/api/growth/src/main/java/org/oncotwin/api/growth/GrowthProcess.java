package org.oncotwin.api.growth;

import java.util.List;
import java.util.Map;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A growth model tied to a patient. It keeps nothing between calls: it may be thrown away and bound anew at any time. Methods return the components that the model
 * owns, complete, under the owner label of the {@link RunContext}; they change neither the state given nor components of others.
 */
@ConsumerType
public interface GrowthProcess {

    /**
     * The state at the start.
     *
     * @param time the start
     * @param observations what was seen at the start
     * @throws InvalidInputException saying what is missing
     */
    List<StateComponent> initial(SimulationTime time, List<Observation> observations);

    /** What a reader of the result must know about how the model took its observations, a sentence each; often nothing. */
    default List<String> remarks(List<Observation> observations) {
        return List.of();
    }

    /**
     * The state at the end of an interval in which nothing happens at an instant.
     *
     * @param state state at the start of the interval
     * @param interval the interval
     * @param effects continuous effects of all treatments over it, combined
     */
    List<StateComponent> advance(State state, Interval interval, Effects effects);

    /**
     * The state just after instant effects.
     *
     * @param state state just before
     * @param effects instant effects of all treatments at the time of the state, combined
     */
    List<StateComponent> respond(State state, Effects effects);

    /** What would be measured in this state; at least {@link Quantity#TUMOUR_VOLUME} and {@link Quantity#TUMOUR_BURDEN}. */
    Map<Quantity, Double> observe(State state);

    /**
     * Components that an older version of the model saved, in today's layout.
     *
     * @param saved all components that the older version owned
     * @throws InvalidInputException if that version cannot be read, saying why
     */
    default List<StateComponent> migrate(List<StateComponent> saved) {
        throw new InvalidInputException("", "this version of the model reads no state of other versions");
    }
}
