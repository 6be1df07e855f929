package org.oncotwin.api.growth;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Field;

/**
 * Derivatives of an objective, pulled back through one call of a growth process.
 *
 * @param state with respect to what went in: the state before, or the observations at the start, by quantity name
 * @param parameters with respect to parameters of the model, by name as in its values, on which the call depends; those that are not named do not matter to it
 * @param directions along each direction asked for
 * @param maps with respect to each voxel of the maps of {@link DifferentiableGrowthProcess#maps}, by name, if they were asked for
 * @param memory most bytes that were used at once to keep states inside the call
 */
public record GrowthGradient(
        StateDerivative state,
        SortedMap<String, Double> parameters,
        List<Double> directions,
        SortedMap<String, Field> maps,
        long memory) {

    /** Makes the collections immutable. */
    public GrowthGradient {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        directions = List.copyOf(directions);
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
    }

    /** Of a call that depends on what went in alone. */
    public static GrowthGradient of(StateDerivative state) {
        return new GrowthGradient(state, new TreeMap<>(), List.of(), new TreeMap<>(), 0);
    }

    /** Of a call that depends on what went in and on effects. */
    public static GrowthGradient of(StateDerivative state, List<Double> directions) {
        return new GrowthGradient(state, new TreeMap<>(), directions, new TreeMap<>(), 0);
    }

    /** The gradient of the objective times a factor. */
    public GrowthGradient times(double factor) {
        SortedMap<String, Double> numbers = new TreeMap<>(parameters);
        numbers.replaceAll((name, value) -> value * factor);
        SortedMap<String, Field> scaled = new TreeMap<>(maps);
        scaled.replaceAll((name, field) -> StateDerivative.product(field, factor));
        return new GrowthGradient(
                state.times(factor),
                numbers,
                directions.stream().map(value -> value * factor).toList(),
                scaled,
                memory);
    }
}
