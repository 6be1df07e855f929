package org.oncotwin.api.twin;

/** A number that is the same everywhere or differs from voxel to voxel. */
public sealed interface SpatialValue {

    /** Value at a voxel number. */
    double at(int index);

    /** Product of two values, place by place. */
    SpatialValue times(SpatialValue other);

    /** The same value everywhere. */
    static SpatialValue uniform(double value) {
        return new Uniform(value);
    }

    /** A value for each voxel. */
    static SpatialValue varying(Field field) {
        return new Varying(field);
    }

    /** The same value everywhere. */
    record Uniform(double value) implements SpatialValue {

        @Override
        public double at(int index) {
            return value;
        }

        @Override
        public SpatialValue times(SpatialValue other) {
            if (value == 1) {
                return other;
            }
            if (other instanceof Uniform u) {
                return new Uniform(value * u.value);
            }
            return other.times(this);
        }
    }

    /** A value for each voxel. */
    record Varying(Field field) implements SpatialValue {

        @Override
        public double at(int index) {
            return field.value(index);
        }

        @Override
        public SpatialValue times(SpatialValue other) {
            if (other instanceof Uniform u && u.value == 1) {
                return this;
            }
            if (other instanceof Varying v && !v.field.grid().equals(field.grid())) {
                throw new IllegalArgumentException("values on " + field.grid().describe() + " and on "
                        + v.field.grid().describe());
            }
            double[] product = field.toArray();
            for (int i = 0; i < product.length; i++) {
                product[i] *= other.at(i);
            }
            return new Varying(Field.owning(field.grid(), product));
        }
    }
}
