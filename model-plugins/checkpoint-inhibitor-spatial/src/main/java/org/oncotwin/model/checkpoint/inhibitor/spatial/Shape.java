package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.List;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;

/**
 * What the sum over the voxels of the equation in space leaves of it. With p = u / sum(u) and V the volume of viable cells
 *
 * <pre>dV/dt / V = f (growth - crowding V) - sum_j k_j reach_j,
 * growth = sum(rho p),  crowding = sum(rho p^2) / (K voxel),  reach_j = sum(w_j p)</pre>
 *
 * which is exact. The numbers depend on how the tumour lies in space but not on how much of it there is, so they change slowly.
 */
final class Shape {

    /** Places of the numbers: growth (1/d), crowding (1/d/cm3), and from here on the reach of each cause of death, the effectors first. */
    static final int GROWTH = 0;

    static final int CROWDING = 1;
    static final int REACH = 2;

    private final Medium medium;
    private final double[] rates;
    private final double capacity;
    private final List<SpatialValue> weights;

    /**
     * For a medium.
     *
     * @param capacity largest cellularity
     * @param weights weight in space of each cause of death
     */
    Shape(Medium medium, double capacity, List<SpatialValue> weights) {
        this.medium = medium;
        this.rates = medium.proliferation();
        this.capacity = capacity;
        this.weights = weights;
    }

    int size() {
        return REACH + weights.size();
    }

    /** The numbers of a density that is not 0 everywhere. */
    double[] of(Field density) {
        double[] numbers = new double[size()];
        double sum = density.sum();
        int voxels = medium.grid().size();
        for (int index = 0; index < voxels; index++) {
            double part = density.value(index) / sum;
            if (part > 0) {
                double rate = rates[medium.classOf(index)];
                numbers[GROWTH] += rate * part;
                numbers[CROWDING] += rate * part * part;
            }
        }
        numbers[CROWDING] /= capacity * medium.grid().voxelVolume();
        for (int n = 0; n < weights.size(); n++) {
            numbers[REACH + n] = reach(weights.get(n), density, sum);
        }
        return numbers;
    }

    private static double reach(SpatialValue weight, Field density, double sum) {
        if (weight instanceof SpatialValue.Uniform uniform) {
            return uniform.value();
        }
        double reach = 0;
        for (int index = 0; index < density.grid().size(); index++) {
            double part = density.value(index) / sum;
            if (part > 0) {
                reach += weight.at(index) * part;
            }
        }
        return reach;
    }
}
