package org.oncotwin.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.LabelField;

/** The voxels of an image that shall become a mesh: for each voxel the number of its region, 0 for what is left out. What is measured of a mesh is measured against these. Immutable. */
public final class RegionLabels {

    private static final double CUBIC_MILLIMETRES_PER_CM3 = 1000;
    private static final double CUBIC_METRES_PER_CM3 = 1e-6;

    private final List<Region> regions;
    private final LabelField voxels;

    private RegionLabels(List<Region> regions, LabelField voxels) {
        this.regions = regions;
        this.voxels = voxels;
    }

    /**
     * Chooses regions; labels of none are left out.
     *
     * @param labels labels of an image, on any grid: anisotropic, oblique or left-handed
     * @param regions one region or more
     * @throws InvalidInputException if two regions have one number, name or label, or a region has no voxel
     */
    public static RegionLabels of(LabelField labels, List<Region> regions) {
        List<Region> sorted = new ArrayList<>(regions);
        sorted.sort(Comparator.comparingInt(Region::number));
        if (sorted.isEmpty()) {
            throw new InvalidInputException("regions", "are none; allowed is one or more");
        }
        byte[] ofLabel = new byte[256];
        SortedMap<String, Integer> names = new TreeMap<>();
        int before = 0;
        for (Region region : sorted) {
            if (region.number() == before) {
                throw new InvalidInputException("regions", "two have number " + before + "; allowed is one each");
            }
            before = region.number();
            if (names.put(region.name(), region.number()) != null) {
                throw new InvalidInputException("regions", "two are called " + region.name() + "; allowed is one each");
            }
            for (int label : region.labels()) {
                if (ofLabel[label] != 0) {
                    throw new InvalidInputException(
                            "regions",
                            "two have label " + label + ", one of them " + region.name()
                                    + "; allowed is one region for a label");
                }
                ofLabel[label] = (byte) region.number();
            }
        }
        byte[] voxels = labels.toArray();
        boolean[] there = new boolean[256];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = ofLabel[voxels[n] & 0xff];
            there[voxels[n] & 0xff] = true;
        }
        for (Region region : sorted) {
            if (!there[region.number()]) {
                throw new InvalidInputException(
                        "regions", region.name() + " has no voxel: no voxel has one of the labels " + region.labels());
            }
        }
        return new RegionLabels(List.copyOf(sorted), LabelField.owning(labels.grid(), voxels, names));
    }

    /**
     * Each named label is a region with the label for a number.
     *
     * @throws InvalidInputException as {@link #of}
     */
    public static RegionLabels ofNames(LabelField labels) {
        List<Region> regions = new ArrayList<>();
        for (Map.Entry<String, Integer> named : labels.names().entrySet()) {
            regions.add(new Region(named.getValue(), named.getKey(), new TreeSet<>(List.of(named.getValue()))));
        }
        return of(labels, regions);
    }

    /**
     * The same without small islands. An island is a part of a region that is connected through faces of voxels. It becomes what most of the faces around it border on, of equals the lowest number,
     * left out if that is nothing. Islands are looked for once, in the order of their first voxels.
     *
     * @param cubicMillimetres islands smaller than this go, 0 or more
     * @param cancellation looked at for each island
     * @throws InvalidInputException if the volume is negative, or nothing would be left of a region
     */
    public RegionLabels withoutIslandsBelow(double cubicMillimetres, Cancellation cancellation) {
        if (!(cubicMillimetres >= 0 && Double.isFinite(cubicMillimetres))) {
            throw new InvalidInputException("island", "is " + cubicMillimetres + "; allowed is 0 mm3 or more");
        }
        double voxel = voxels.grid().voxelVolume() * CUBIC_MILLIMETRES_PER_CM3;
        byte[] kept = new Islands(voxels).withoutThoseBelow(cubicMillimetres / voxel, cancellation);
        LabelField left = LabelField.owning(voxels.grid(), kept, voxels.names());
        for (Region region : regions) {
            if (left.count(region.number()) == 0) {
                throw new InvalidInputException(
                        "island",
                        "is " + cubicMillimetres + " mm3, and no part of " + region.name()
                                + " is as large; allowed is less than its largest part");
            }
        }
        return new RegionLabels(regions, left);
    }

    /** The regions by number. */
    public List<Region> regions() {
        return regions;
    }

    /** Number of the region of each voxel, 0 for what is left out; the names are those of the regions. */
    public LabelField voxels() {
        return voxels;
    }

    /** Volume of the voxels of a region in m3. */
    public double volume(int region) {
        return voxels.count(region) * voxels.grid().voxelVolume() * CUBIC_METRES_PER_CM3;
    }
}
