package org.oncotwin.api.twin;

import java.util.ArrayList;
import java.util.List;

/**
 * Product of at least two varying functions of time. There is no closed form for the integral of a general product: it is 8-point Gauss-Legendre quadrature
 * (Abramowitz and Stegun 1964, table 25.4) on panels of at most a quarter of a day, exact for polynomials of degree 15 in each panel; the panels end
 * where a factor jumps.
 */
record ProductFunction(List<TimeFunction> factors) implements TimeFunction {

    private static final double LONGEST_PANEL_DAYS = 0.25;
    private static final double[] NODES = {
        0.183434642495649805, 0.525532409916328986, 0.796666477413626740, 0.960289856497536232
    };
    private static final double[] WEIGHTS = {
        0.362683783378361983, 0.313706645877887287, 0.222381034453374471, 0.101228536290376259
    };

    static TimeFunction of(List<TimeFunction> factors) {
        double scale = 1;
        List<TimeFunction> varying = new ArrayList<>();
        for (TimeFunction factor : factors) {
            if (factor instanceof ConstantFunction constant) {
                scale *= constant.value();
            } else {
                varying.add(factor);
            }
        }
        if (scale == 0 || varying.isEmpty()) {
            return new ConstantFunction(scale);
        }
        TimeFunction product = varying.size() == 1 ? varying.get(0) : new ProductFunction(varying);
        return scale == 1 ? product : new ScaledFunction(scale, product);
    }

    @Override
    public double at(double day) {
        double product = 1;
        for (TimeFunction factor : factors) {
            product *= factor.at(day);
        }
        return product;
    }

    @Override
    public double integral(double from, double to) {
        double total = 0;
        double start = from;
        for (double jump : jumps(from, to)) {
            total += smoothIntegral(start, jump);
            start = jump;
        }
        return total + smoothIntegral(start, to);
    }

    @Override
    public double[] jumps(double from, double to) {
        return SumFunction.jumps(factors, from, to);
    }

    private double smoothIntegral(double from, double to) {
        int panels = Math.max(1, (int) Math.ceil((to - from) / LONGEST_PANEL_DAYS));
        double half = (to - from) / (2.0 * panels);
        double total = 0;
        for (int panel = 0; panel < panels; panel++) {
            double middle = from + (2 * panel + 1) * half;
            double sum = 0;
            for (int n = 0; n < NODES.length; n++) {
                sum += WEIGHTS[n] * (at(middle - half * NODES[n]) + at(middle + half * NODES[n]));
            }
            total += half * sum;
        }
        return total;
    }
}
