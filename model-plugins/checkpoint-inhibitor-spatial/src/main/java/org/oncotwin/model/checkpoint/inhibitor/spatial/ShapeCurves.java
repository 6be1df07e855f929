package org.oncotwin.model.checkpoint.inhibitor.spatial;

/** The numbers of a {@link Shape} over a window of time: polynomials through what they are on some days, by divided differences. */
final class ShapeCurves {

    private final double start;
    private final double length;
    private final double[] places;
    private final double[][] terms;

    /**
     * Through numbers.
     *
     * @param days different days, ascending, at least one
     * @param numbers the numbers on each
     */
    ShapeCurves(double[] days, double[][] numbers) {
        int count = days.length;
        start = days[0];
        length = count == 1 ? 1 : days[count - 1] - start;
        places = new double[count];
        for (int n = 0; n < count; n++) {
            places[n] = (days[n] - start) / length;
        }
        terms = new double[numbers[0].length][count];
        for (int number = 0; number < terms.length; number++) {
            double[] differences = terms[number];
            for (int n = 0; n < count; n++) {
                differences[n] = numbers[n][number];
            }
            for (int order = 1; order < count; order++) {
                for (int n = count - 1; n >= order; n--) {
                    differences[n] = (differences[n] - differences[n - 1]) / (places[n] - places[n - order]);
                }
            }
        }
    }

    /** A number on a day; none is negative, and no polynomial takes it there. */
    double at(int number, double day) {
        double x = (day - start) / length;
        double[] differences = terms[number];
        double value = differences[differences.length - 1];
        for (int n = differences.length - 2; n >= 0; n--) {
            value = differences[n] + (x - places[n]) * value;
        }
        return Math.max(0, value);
    }
}
