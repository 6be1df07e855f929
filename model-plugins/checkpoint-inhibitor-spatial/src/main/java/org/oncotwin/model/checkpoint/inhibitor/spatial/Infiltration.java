package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.Map;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.tumour.immune.Markers;

/**
 * Where effectors kill, relative to an inflamed tumour, by the phenotypes of Chen and Mellman 2017.
 *
 * @param phenotype where they are
 * @param depth depth at which those of an excluded tumour kill 1/e of what they do at the rim, in mm
 * @param desert weight everywhere in a desert
 * @param rim cellularity at the rim at the start, relative to the largest
 */
record Infiltration(Markers.Phenotype phenotype, double depth, double desert, double rim) {

    static Infiltration of(Map<String, String> markers, Parameters parameters) {
        return new Infiltration(
                Markers.Phenotype.of(markers),
                parameters.value(SpatialParameters.INFILTRATION_DEPTH),
                parameters.value(SpatialParameters.DESERT_WEIGHT),
                parameters.value(SpatialParameters.RIM_FRACTION));
    }

    /** How deep each voxel lies in a tumour as it is at the start, in mm. */
    Field depths(Field cellularity) {
        return RimDepth.of(cellularity.grid(), extent(cellularity));
    }

    private boolean[] extent(Field cellularity) {
        double[] values = cellularity.toArray();
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        boolean[] extent = new boolean[values.length];
        for (int index = 0; index < values.length; index++) {
            extent[index] = values[index] > 0 && values[index] >= rim * largest;
        }
        return extent;
    }

    /**
     * The weight of each voxel. That of an excluded tumour has a mean of 1 over the tumour as it was at the start, whose outermost voxels and all outside have the largest.
     *
     * @param depths as {@link #depths} gave them at the start
     */
    SpatialValue weight(Field depths) {
        return switch (phenotype) {
            case INFLAMED -> SpatialValue.uniform(1);
            case EXCLUDED -> excluded(depths);
            case DESERT -> SpatialValue.uniform(desert);
        };
    }

    private SpatialValue excluded(Field depths) {
        double[] weights = depths.toArray();
        double least = Double.POSITIVE_INFINITY;
        for (double value : weights) {
            least = value > 0 ? Math.min(least, value) : least;
        }
        double sum = 0;
        int count = 0;
        for (int index = 0; index < weights.length; index++) {
            boolean inside = weights[index] > 0;
            weights[index] = inside ? StrictMath.exp((least - weights[index]) / depth) : 1;
            sum += inside ? weights[index] : 0;
            count += inside ? 1 : 0;
        }
        if (count == 0) {
            return SpatialValue.uniform(1);
        }
        for (int index = 0; index < weights.length; index++) {
            weights[index] *= count / sum;
        }
        return SpatialValue.varying(Field.owning(depths.grid(), weights));
    }
}
