package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;

/**
 * Reads {@code anatomy}. The domain is where the mask is not 0 and the tissue has a label with a name; either file may be absent.
 *
 * @param anatomy the anatomy
 * @param labels names of tissue classes; empty if there is no tissue
 * @param background image for the report, if given
 * @param gridFrom the key whose file lays down the grid
 */
record AnatomySection(
        Optional<Anatomy> anatomy, Map<String, Integer> labels, Optional<Field> background, String gridFrom) {
    private static final String TISSUE = "anatomy.tissue";
    private static final AnatomySection NONE =
            new AnatomySection(Optional.empty(), Map.of(), Optional.empty(), "anatomy");

    static AnatomySection read(CaseObject root, InputFiles files) {
        Optional<CaseObject> section = root.object("anatomy", "an object with tissue and labels, a mask, or both");
        if (section.isEmpty()) {
            return NONE;
        }
        CaseObject object = section.get();
        boolean hasTissue = object.has("tissue");
        boolean hasMask = object.has("mask");
        Map<String, Integer> labels = labels(object, hasTissue);
        Optional<LabelField> tissue = hasTissue ? files.labels(object, "tissue", labels) : Optional.empty();
        Optional<LabelField> mask = hasMask ? files.labels(object, "mask", Map.of()) : Optional.empty();
        Optional<Field> background = object.has("image")
                ? files.field(object, "image", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "1")
                : Optional.empty();
        Optional<DiffusionTensorSection> diffusion = DiffusionTensorSection.read(object, files);
        object.refuseOthers();
        String gridFrom = hasTissue ? TISSUE : "anatomy.mask";
        if (!hasTissue && !hasMask) {
            object.problem("tissue", "missing; needed is tissue with labels, a mask, or both");
            return new AnatomySection(Optional.empty(), labels, Optional.empty(), gridFrom);
        }
        boolean noLabels = hasTissue && labels.isEmpty();
        if (noLabels || hasTissue && tissue.isEmpty() || hasMask && mask.isEmpty()) {
            return new AnatomySection(Optional.empty(), labels, Optional.empty(), gridFrom);
        }
        Grid grid = tissue.or(() -> mask).orElseThrow().grid();
        if (mask.isPresent() && !coincides(object, "mask", mask.get().grid(), grid, gridFrom)) {
            return new AnatomySection(Optional.empty(), labels, Optional.empty(), gridFrom);
        }
        Optional<Field> shown = background.flatMap(b -> onGrid(object, "image", b, grid, gridFrom));
        boolean oriented = diffusion.isPresent()
                && coincides(
                        diffusion.get().section(),
                        "image",
                        diffusion.get().water().grid(),
                        grid,
                        gridFrom);
        Optional<Anatomy> anatomy = domain(object, grid, tissue, mask, labels)
                .flatMap(a -> oriented ? diffusion.get().onto(a, files) : Optional.of(a));
        return new AnatomySection(anatomy, labels, shown, gridFrom);
    }

    private static Map<String, Integer> labels(CaseObject object, boolean hasTissue) {
        SortedMap<String, Integer> labels = new TreeMap<>();
        if (!hasTissue) {
            if (object.has("labels")) {
                object.problem("labels", "labels without tissue; name the image with the labels as tissue");
            }
            return labels;
        }
        String wanted =
                "an object with the label of each tissue class, such as {\"csf\": 1, \"grey\": 2, \"white\": 3}";
        Optional<CaseObject> section = object.requiredObject("labels", wanted);
        if (section.isEmpty()) {
            return labels;
        }
        CaseObject given = section.get();
        if (given.entries().isEmpty()) {
            object.problem("labels", "empty; needed is " + wanted);
        }
        Map<Integer, String> taken = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : given.entries().entrySet()) {
            String name = entry.getKey();
            if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
                given.problem(name, "the name of a tissue class is a letter, then letters, digits, _ or -");
            }
            given.whole(name, 1, 255, "a label, a whole number from 1 to 255").ifPresent(label -> {
                String other = taken.putIfAbsent((int) label, name);
                if (other != null) {
                    given.problem(name, "label " + label + " is already that of " + other);
                }
                labels.put(name, (int) label);
            });
        }
        return labels;
    }

    private static Optional<Anatomy> domain(
            CaseObject object,
            Grid grid,
            Optional<LabelField> tissue,
            Optional<LabelField> mask,
            Map<String, Integer> labels) {
        boolean[] named = new boolean[256];
        labels.values().forEach(label -> named[label] = true);
        boolean[] inside = new boolean[grid.size()];
        int count = 0;
        for (int i = 0; i < inside.length; i++) {
            int index = i;
            inside[i] = tissue.map(t -> named[t.label(index)]).orElse(true)
                    && mask.map(m -> m.label(index) != 0).orElse(true);
            if (inside[i]) {
                count++;
            }
        }
        if (count == 0) {
            object.problem(
                    tissue.isPresent() ? "tissue" : "mask",
                    tissue.isEmpty()
                            ? "every voxel is 0, so there is no place for a tumour"
                            : "no voxel has one of the labels " + labels
                                    + (mask.isPresent() ? " within the mask" : "")
                                    + ", so there is no place for a tumour");
            return Optional.empty();
        }
        return Optional.of(new Anatomy(Mask.owning(grid, inside), tissue));
    }

    /** True if the case has no anatomy; one that cannot be used is there all the same. */
    boolean isAbsent() {
        return this == NONE;
    }

    /** True if there is a tissue image whose labels cannot be used, which has been said. */
    boolean hasUnusableLabels() {
        return labels.isEmpty() && gridFrom.equals(TISSUE);
    }

    /** An image brought onto the very grid of the anatomy, or a problem that says both grids. */
    Optional<Field> onAnatomy(CaseObject object, String key, Field field) {
        return anatomy.flatMap(a -> onGrid(object, key, field, a.grid(), gridFrom));
    }

    private static Optional<Field> onGrid(CaseObject object, String key, Field field, Grid grid, String gridFrom) {
        if (!coincides(object, key, field.grid(), grid, gridFrom)) {
            return Optional.empty();
        }
        // Headers round: what lies within a thousandth of a millimetre is taken to be the same place.
        return Optional.of(field.grid().equals(grid) ? field : Field.owning(grid, field.toArray()));
    }

    private static boolean coincides(CaseObject object, String key, Grid found, Grid wanted, String gridFrom) {
        if (found.coincidesWith(wanted)) {
            return true;
        }
        object.problem(
                key,
                "the image has " + place(found) + ", but " + gridFrom + " has " + place(wanted)
                        + "; all images of a case must lie on one grid");
        return false;
    }

    private static String place(Grid grid) {
        double[] first = grid.affine().apply(0, 0, 0);
        double[] last = grid.affine().apply(grid.nx() - 1.0, grid.ny() - 1.0, grid.nz() - 1.0);
        return String.format(
                Locale.ROOT,
                "%s from (%.2f, %.2f, %.2f) to (%.2f, %.2f, %.2f)",
                grid.describe(),
                first[0],
                first[1],
                first[2],
                last[0],
                last[1],
                last[2]);
    }
}
