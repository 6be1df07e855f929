package org.oncotwin.treatment.toxicity.organ;

import java.util.OptionalDouble;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;

/** The share of patients who come to harm, log-logistic in the cumulative dose: {@code 1 / (1 + (median / dose)^steepness)}. */
final class Incidence {

    private Incidence() {}

    /** Share after a cumulative dose, in the unit of the median; below 1 by rounding at least. */
    static double of(double dose, double median, double steepness) {
        if (!(dose > 0)) {
            return 0;
        }
        double odds = StrictMath.pow(dose / median, steepness);
        return Double.isInfinite(odds) ? Math.nextDown(1.0) : Math.min(Math.nextDown(1.0), odds / (1 + odds));
    }

    /** Share of the patients who come to harm by a drug after a dose. */
    interface Share {
        double of(Parameters numbers, double dose);
    }

    /** A curve of the share of those who come to harm by at least one of several drugs, which act independently: logarithms of the chance of no harm add. */
    static Curve curve(CumulativeDoses doses, String name, String title, Share share, Interval horizon) {
        return doses.curve(
                name,
                title,
                "1",
                (numbers, dose) -> StrictMath.log1p(-share.of(numbers, dose)),
                sum -> Math.max(0, -StrictMath.expm1(sum)),
                horizon);
    }

    /** The first day on which a curve that never falls, linear between its points, reaches a value. */
    static OptionalDouble firstDay(Curve curve, double threshold) {
        for (int point = 1; point < curve.days().size(); point++) {
            double before = curve.values().get(point - 1);
            double value = curve.values().get(point);
            if (value >= threshold) {
                double start = curve.days().get(point - 1);
                double part = value > before ? Math.max(0, (threshold - before) / (value - before)) : 0;
                return OptionalDouble.of(start + part * (curve.days().get(point) - start));
            }
        }
        return OptionalDouble.empty();
    }
}
