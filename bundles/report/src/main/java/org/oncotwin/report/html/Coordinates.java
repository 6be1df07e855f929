package org.oncotwin.report.html;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers inside SVG: short, never with an exponent, the same in every locale. */
final class Coordinates {

    private Coordinates() {}

    /** Rounded to hundredths, trailing zeros dropped. */
    static String of(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
