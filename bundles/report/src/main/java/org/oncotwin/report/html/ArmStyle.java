package org.oncotwin.report.html;

import java.util.List;

/**
 * How an arm is drawn everywhere on the page. Colours are those of Okabe and Ito (2008), which people with any kind of colour vision can tell
 * apart; after the sixth arm they come again with another dash.
 *
 * @param colour number of the colour from 1, a CSS variable of the style sheet
 * @param dash SVG dash pattern; distinguishes lines in print without colour
 */
record ArmStyle(int colour, String dash) {

    private static final int COLOURS = 6;
    private static final List<String> DASHES = List.of("", "7 4", "2 3", "10 3 2 3");

    /** Style of an arm by its place in the report. */
    static ArmStyle of(int place) {
        return new ArmStyle(1 + place % COLOURS, DASHES.get((place % COLOURS + place / COLOURS) % DASHES.size()));
    }
}
