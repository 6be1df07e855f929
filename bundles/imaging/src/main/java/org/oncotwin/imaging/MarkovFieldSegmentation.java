package org.oncotwin.imaging;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.TissueSegmentation;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.LabelField;
import org.osgi.service.component.annotations.Component;

/**
 * Segments a T1-weighted image:
 *
 * <ol>
 *   <li>Otsu's thresholds of the histogram give a start that depends on nothing else;
 *   <li>then in turn, until next to no voxel changes: the intensities of the tissues are estimated ({@link TissueIntensities}), the
 *       sensitivity of the receiver ({@link BiasField}, in the first rounds), and the tissue of each voxel from its intensity and its
 *       neighbours ({@link MarkovField}).
 * </ol>
 *
 * Equal images give equal labels, bit for bit, for any number of threads; parallel work runs in the fork-join pool of the caller.
 */
@Component
public final class MarkovFieldSegmentation implements TissueSegmentation {

    /** Labels by name. */
    private static final Map<String, Integer> LABELS = Map.of("csf", 1, "grey", 2, "white", 3);

    /** Names of the classes from dark to bright. */
    private static final String[] NAMES = {"csf", "grey", "white"};

    /**
     * How much a neighbour counts, in units of log probability. Of 0.1 to 1.2, this recovered the known truth of phantoms best
     * (docs/imaging.md).
     */
    private static final double SMOOTHNESS = 0.8;

    /** The sensitivity hardly changes after a few rounds. */
    private static final int BIAS_ROUNDS = 6;

    private static final int LARGEST_ROUNDS = 20;

    /** Share of voxels that may still change at the end. */
    private static final double TOLERANCE = 1e-3;

    /** Means closer than half of their summed deviations are one hump of a histogram and not two tissues. */
    private static final double SMALLEST_SEPARATION = 0.5;

    /** Smallest share of the brain that is taken for a tissue. Fluid, the smallest, makes up some hundredths even in the young. */
    private static final double SMALLEST_SHARE = 1e-3;

    @Override
    public Result segment(Field t1, Cancellation cancellation) throws ImageException {
        BrainBox box = BrainBox.of(t1);
        cancellation.check();
        double[] thresholds = IntensityHistogram.of(box).threeClasses();
        MarkovField field = new MarkovField(box, thresholds, SMOOTHNESS, cancellation);
        BiasField bias = BiasField.none(box);
        float[] intensity = box.intensity();
        for (int round = 0; round < LARGEST_ROUNDS; round++) {
            cancellation.check();
            TissueIntensities tissues = field.estimate(intensity);
            tissues.check(SMALLEST_SEPARATION);
            if (round < BIAS_ROUNDS) {
                bias = bias.fit(box, field, tissues);
                intensity = bias.correct(box);
                tissues = field.estimate(intensity);
            }
            double changed = field.update(intensity, tissues);
            if (round >= BIAS_ROUNDS && changed < TOLERANCE) {
                break;
            }
        }
        return result(t1, box, field);
    }

    private static Result result(Field t1, BrainBox box, MarkovField field) throws ImageException {
        byte[] labels = new byte[box.grid().size()];
        double[] sum = new double[NAMES.length];
        int[] count = new int[NAMES.length];
        for (int k = 1; k < box.nz() - 1; k++) {
            for (int j = 1; j < box.ny() - 1; j++) {
                for (int i = 1; i < box.nx() - 1; i++) {
                    int voxel = box.index(i, j, k);
                    if (box.intensity()[voxel] > 0) {
                        int tissue = field.mostProbable(voxel);
                        int number = box.imageIndex(i, j, k);
                        labels[number] = (byte) (tissue + 1);
                        sum[tissue] += t1.value(number);
                        count[tissue]++;
                    }
                }
            }
        }
        SortedMap<String, Double> means = new TreeMap<>();
        SortedMap<String, Double> volumes = new TreeMap<>();
        for (int c = 0; c < NAMES.length; c++) {
            // One hump of noise, too, can be cut into three distributions, but hardly a voxel settles in the outer two.
            if (count[c] < SMALLEST_SHARE * box.count()) {
                throw new ImageException("T1: no three tissues to be found, " + NAMES[c] + " has " + count[c] + " of "
                        + box.count() + " voxels, allowed: a share of " + SMALLEST_SHARE + " or more");
            }
            means.put(NAMES[c], sum[c] / count[c]);
            volumes.put(NAMES[c], count[c] * box.grid().voxelVolume());
        }
        return new Result(
                LabelField.owning(box.grid(), labels, LABELS),
                Collections.unmodifiableSortedMap(means),
                Collections.unmodifiableSortedMap(volumes));
    }
}
