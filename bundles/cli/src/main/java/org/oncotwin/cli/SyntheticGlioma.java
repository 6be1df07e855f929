package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/**
 * A tumour that nobody has, for the demonstration: where its first cells lie and the cases that grow and treat it. Proliferation and diffusion are those of a
 * diffuse glioma of intermediate speed (rho 0.03 /d, D 0.1 mm2/d in white and a fifth of it in grey matter; ratio 5:1 after Swanson, Alvord and Murray 2000,
 * doi:10.1046/j.1365-2184.2000.00177.x). Radiosensitivity alpha 0.03 /Gy with alpha/beta 10 Gy is in the range fitted to gliomas by Rockne et al. 2010,
 * doi:10.1088/0031-9155/55/12/001.
 */
final class SyntheticGlioma {
    /** Days of growth before day 0. */
    static final int GROWTH_DAYS = 240;

    /** Days simulated after day 0. */
    static final int HORIZON_DAYS = 180;

    static final int FIRST_FRACTION_DAY = 14;
    static final int FRACTIONS = 30;

    // Right frontal white matter, in mm right, front and up of the origin of the image's own coordinates.
    private static final double[] SITE = {27, 26, 24};
    private static final double SEED_PEAK = 0.6;
    private static final double SEED_STANDARD_DEVIATION_MM = 2.5;
    private static final double SEED_EDGE = 0.01;

    private SyntheticGlioma() {}

    /** A Gaussian of cells around the white matter voxel that is nearest to the site, in grey and white matter only. */
    static Field seed(LabelField tissue) {
        Grid grid = tissue.grid();
        int grey = tissue.names().get("grey");
        int white = tissue.names().get("white");
        double[] centre = nearest(tissue, white);
        double[] values = new double[grid.size()];
        for (int index = 0; index < values.length; index++) {
            int label = tissue.label(index);
            if (label == grey || label == white) {
                double r2 = squaredDistance(position(grid, index), centre);
                double value =
                        SEED_PEAK * StrictMath.exp(-r2 / (2 * SEED_STANDARD_DEVIATION_MM * SEED_STANDARD_DEVIATION_MM));
                values[index] = value < SEED_EDGE ? 0 : value;
            }
        }
        return Field.owning(grid, values);
    }

    private static double[] nearest(LabelField tissue, int label) {
        Grid grid = tissue.grid();
        double[] best = null;
        double smallest = Double.POSITIVE_INFINITY;
        for (int index = 0; index < grid.size(); index++) {
            if (tissue.label(index) == label) {
                double[] place = position(grid, index);
                double distance = squaredDistance(place, SITE);
                if (distance < smallest) {
                    smallest = distance;
                    best = place;
                }
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("there is no white matter in which a tumour could be seeded");
        }
        return best;
    }

    private static double[] position(Grid grid, int index) {
        Affine affine = grid.affine();
        return affine.apply(index % grid.nx(), index / grid.nx() % grid.ny(), index / grid.nx() / grid.ny());
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int axis = 0; axis < a.length; axis++) {
            sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
        }
        return sum;
    }

    /** The case in which the tumour grows until day 0. */
    static ObjectNode onset(String image, String tissue, String seed) {
        ObjectNode root = common("synthetic-glioma-onset", image, tissue, -GROWTH_DAYS, seed, GROWTH_DAYS);
        root.put("output", GROWTH_DAYS + " d");
        return root;
    }

    /** The case in which nothing is done. */
    static ObjectNode untreated(String image, String tissue, String cellularity) {
        ObjectNode root = common("synthetic-glioma-untreated", image, tissue, 0, cellularity, HORIZON_DAYS);
        root.put("output", "7 d");
        return root;
    }

    /** The case with radiotherapy. */
    static ObjectNode irradiated(String image, String tissue, String cellularity) {
        ObjectNode root = untreated(image, tissue, cellularity);
        root.put("case", "synthetic-glioma-60-gy");
        ArrayNode treatments = root.putArray("treatments");
        ObjectNode course = treatments.addObject();
        course.put("modality", "radiation-lq");
        course.put("start_day", FIRST_FRACTION_DAY);
        course.put("fractions", FRACTIONS);
        course.put("dose_per_fraction", "2 Gy");
        course.put("days", "weekdays");
        course.putObject("parameters").put("alpha", "0.03 /Gy").put("alpha_beta", "10 Gy");
        return root;
    }

    private static ObjectNode common(String name, String image, String tissue, int day, String cellularity, int days) {
        ObjectNode root = JsonOutput.object();
        root.put("case", name);
        root.put("seed", 1);
        root.putObject("patient").put("id", "COLIN-27");
        ObjectNode anatomy = root.putObject("anatomy");
        anatomy.put("image", image);
        anatomy.put("tissue", tissue);
        anatomy.putObject("labels").put("csf", 1).put("grey", 2).put("white", 3);
        root.putObject("initial").put("day", day).put("cellularity", cellularity);
        ObjectNode growth = root.putObject("growth");
        growth.put("model", "reaction-diffusion");
        growth.put("version", "[1,2)");
        ObjectNode parameters = growth.putObject("parameters");
        parameters.put("proliferation", "0.03 /d");
        parameters.putObject("diffusion").put("white", "0.1 mm2/d").put("grey", "0.02 mm2/d");
        parameters.put("carrying_capacity", 1.0);
        root.put("horizon", days + " d");
        return root;
    }
}
