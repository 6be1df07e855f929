package org.oncotwin.api.growth;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Quantity;

/**
 * Derivative of an objective with respect to the numbers and fields of a state (a cotangent), by quantity name, in the unit of the objective per unit of the quantity; a field holds
 * the derivative with respect to the value of each voxel. What is not named does not matter to the objective. Immutable.
 *
 * @param scalars with respect to numbers
 * @param fields with respect to the voxels of fields
 */
public record StateDerivative(SortedMap<String, Double> scalars, SortedMap<String, Field> fields) {

    /** Nothing matters. */
    public static final StateDerivative ZERO = new StateDerivative(new TreeMap<>(), new TreeMap<>());

    /** Makes the maps immutable. */
    public StateDerivative {
        scalars = Collections.unmodifiableSortedMap(new TreeMap<>(scalars));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** With respect to one number. */
    public static StateDerivative of(Quantity quantity, double derivative) {
        return new StateDerivative(new TreeMap<>(Map.of(quantity.name(), derivative)), new TreeMap<>());
    }

    /** With respect to one field. */
    public static StateDerivative of(Quantity quantity, Field derivative) {
        return new StateDerivative(new TreeMap<>(), new TreeMap<>(Map.of(quantity.name(), derivative)));
    }

    /** With respect to a number; 0 if it does not matter. */
    public double scalar(Quantity quantity) {
        return scalars.getOrDefault(quantity.name(), 0.0);
    }

    /** With respect to a field of the state, on whose grid it is; 0 everywhere if it does not matter. */
    public Field field(Quantity quantity, Field state) {
        Field derivative = fields.get(quantity.name());
        return derivative == null ? Field.constant(state.grid(), 0) : derivative;
    }

    /** Derivative of the sum of two objectives. */
    public StateDerivative plus(StateDerivative other) {
        SortedMap<String, Double> numbers = new TreeMap<>(scalars);
        other.scalars.forEach((name, value) -> numbers.merge(name, value, Double::sum));
        SortedMap<String, Field> voxels = new TreeMap<>(fields);
        other.fields.forEach((name, field) -> voxels.merge(name, field, StateDerivative::sum));
        return new StateDerivative(numbers, voxels);
    }

    /** Derivative of the objective times a factor. */
    public StateDerivative times(double factor) {
        SortedMap<String, Double> numbers = new TreeMap<>(scalars);
        numbers.replaceAll((name, value) -> value * factor);
        SortedMap<String, Field> voxels = new TreeMap<>(fields);
        voxels.replaceAll((name, field) -> product(field, factor));
        return new StateDerivative(numbers, voxels);
    }

    static Field product(Field field, double factor) {
        double[] values = field.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] *= factor;
        }
        return Field.owning(field.grid(), values);
    }

    private static Field sum(Field a, Field b) {
        double[] values = a.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] += b.value(index);
        }
        return Field.owning(a.grid(), values);
    }
}
