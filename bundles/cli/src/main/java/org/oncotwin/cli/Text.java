package org.oncotwin.cli;

/** How numbers are written for people. */
final class Text {
    private Text() {}

    /** Without a fraction where there is none. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** With a unit, where there is one. */
    static String plain(double value, String unit) {
        return unit.equals("1") ? plain(value) : plain(value) + " " + unit;
    }
}
