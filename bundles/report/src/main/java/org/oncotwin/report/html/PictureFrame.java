package org.oncotwin.report.html;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.oncotwin.report.Plane;
import org.oncotwin.report.Slice;
import org.oncotwin.report.Slices;

/** What part of the slices is shown: in each plane where the ground is not empty, at one scale for all planes. */
final class PictureFrame {

    private static final double MARGIN_MILLIMETRES = 5;
    private static final double[] BAR_LENGTHS = {200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1};
    private static final double LARGEST_BAR_SHARE = 0.35;

    /**
     * A rectangle of a slice in mm from its upper left corner.
     *
     * @param left left edge
     * @param top upper edge
     * @param width width
     * @param height height
     */
    record Rectangle(double left, double top, double width, double height) {}

    private final Map<Plane, Rectangle> shown = new EnumMap<>(Plane.class);

    /**
     * A frame around everything above the ground's smallest value.
     *
     * @param ground image, tissue or, where there is neither, the tumour
     * @param empty values up to this are nothing
     */
    PictureFrame(Slices ground, double empty) {
        double width = 0;
        for (Slice slice : ground.all()) {
            Rectangle box = box(slice, empty);
            shown.put(slice.plane(), box);
            width = Math.max(width, box.width());
        }
        double common = width;
        shown.replaceAll((plane, box) ->
                new Rectangle(box.left() - (common - box.width()) / 2, box.top(), common, box.height()));
    }

    /** The part of a plane that is shown. */
    Rectangle of(Plane plane) {
        return shown.get(plane);
    }

    /** Width of all planes in mm. */
    double width() {
        return shown.get(Plane.AXIAL).width();
    }

    /** Length of the scale bar in mm: round, at most about a third of the width. */
    double scaleBar() {
        for (double length : BAR_LENGTHS) {
            if (length <= LARGEST_BAR_SHARE * width()) {
                return length;
            }
        }
        return BAR_LENGTHS[BAR_LENGTHS.length - 1];
    }

    private static Rectangle box(Slice slice, double empty) {
        int left = slice.columns();
        int right = -1;
        int top = slice.rows();
        int bottom = -1;
        for (int row = 0; row < slice.rows(); row++) {
            for (int column = 0; column < slice.columns(); column++) {
                if (slice.value(column, row) > empty) {
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                    top = Math.min(top, row);
                    bottom = Math.max(bottom, row);
                }
            }
        }
        if (right < 0) {
            return new Rectangle(0, 0, slice.width(), slice.height());
        }
        double x = left * slice.columnSpacing() - MARGIN_MILLIMETRES;
        double y = top * slice.rowSpacing() - MARGIN_MILLIMETRES;
        return new Rectangle(
                x,
                y,
                (right + 1) * slice.columnSpacing() + MARGIN_MILLIMETRES - x,
                (bottom + 1) * slice.rowSpacing() + MARGIN_MILLIMETRES - y);
    }

    /** The planes in the order of the page. */
    static List<Plane> planes() {
        return List.of(Plane.values());
    }
}
