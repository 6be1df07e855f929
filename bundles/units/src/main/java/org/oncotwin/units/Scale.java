package org.oncotwin.units;

import java.math.BigDecimal;

/**
 * How many base units a unit is, as a fraction of two exact decimals, because 1/3600 has no finite decimal.
 *
 * @param numerator positive
 * @param denominator positive
 */
record Scale(BigDecimal numerator, BigDecimal denominator) {

    static final Scale ONE = of(BigDecimal.ONE);

    static Scale of(BigDecimal value) {
        return new Scale(value, BigDecimal.ONE);
    }

    Scale times(Scale other) {
        return new Scale(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Scale power(int exponent) {
        Scale positive = new Scale(numerator.pow(Math.abs(exponent)), denominator.pow(Math.abs(exponent)));
        return exponent >= 0 ? positive : new Scale(positive.denominator, positive.numerator);
    }
}
