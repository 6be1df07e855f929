package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Colours of cellularity over a grey image, from violet to light yellow: lightness grows evenly with the value, also for readers who see no colours. The
 * points are those of the colour map <em>inferno</em> of Smith and van der Walt (released under CC0) without its dark end, which could not be told from the
 * image.
 *
 * @param upper value at the end of the scale
 */
record CellularityColours(double upper) {

    /** Values below this share of the scale are left clear, so that the image stays visible where there is next to no tumour. */
    static final double CLEAR_SHARE = 0.01;

    /** Share of the scale from which on a colour is as opaque as it gets. */
    private static final double OPAQUE_SHARE = 0.2;

    private static final double FAINTEST = 0.35;
    private static final double DENSEST = 0.82;

    private static final int[] POINTS = {0x550f6d, 0x88226a, 0xba3655, 0xe35933, 0xf98e09, 0xf9c932, 0xfcffa4};

    /**
     * A scale to the first round value at or above the largest one.
     *
     * @param largest largest value shown; a scale to 1 if there is none above 0
     */
    static CellularityColours upTo(double largest) {
        return new CellularityColours(largest > 0 ? AxisTicks.roundUp(largest, 4) : 1);
    }

    /** Colour of a value as ARGB, not multiplied by its opacity. */
    int argb(double value) {
        double share = Math.min(value / upper, 1);
        if (!(share >= CLEAR_SHARE)) {
            return 0;
        }
        double opacity =
                FAINTEST + (DENSEST - FAINTEST) * Math.min((share - CLEAR_SHARE) / (OPAQUE_SHARE - CLEAR_SHARE), 1);
        return (int) Math.round(255 * opacity) << 24 | rgb(share);
    }

    /** Ticks of the colour bar. */
    AxisTicks ticks() {
        return AxisTicks.between(0, upper, 4);
    }

    /** Colours along the bar in CSS notation, evenly spaced from 0 to the end of the scale. */
    List<String> stops() {
        List<String> stops = new ArrayList<>();
        for (int point : POINTS) {
            stops.add(css(point));
        }
        return stops;
    }

    static String css(int rgb) {
        return "#" + Integer.toHexString(0x1000000 | rgb & 0xffffff).substring(1);
    }

    private static int rgb(double share) {
        double at = share * (POINTS.length - 1);
        int below = Math.min((int) at, POINTS.length - 2);
        double weight = at - below;
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = POINTS[below] >> shift & 0xff;
            int high = POINTS[below + 1] >> shift & 0xff;
            mixed |= (int) Math.round(low + weight * (high - low)) << shift;
        }
        return mixed;
    }
}
