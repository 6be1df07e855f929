package org.oncotwin.tests.change.control.verhulst;

import java.util.Properties;

/**
 * How a version of the test model integrates dV/dt = r V (1 - V / K). Apart from the model, so that tests can say to the bit what a version makes of a volume.
 *
 * @param coarse whether by Euler's method instead of the classical one of Runge and Kutta
 * @param step longest step in days
 * @param bias relative error of the rate
 */
public record VerhulstMethod(boolean coarse, double step, double bias) {

    /** As the file of a bundle says. */
    public static VerhulstMethod of(Properties properties) {
        return new VerhulstMethod(
                properties.getProperty("method").equals("euler"),
                Double.parseDouble(properties.getProperty("step", "0.1")),
                Double.parseDouble(properties.getProperty("bias", "0")));
    }

    /** Volume after some days. */
    public double grow(double start, double days, double rate, double capacity) {
        int steps = (int) Math.ceil(days / step);
        double h = days / steps;
        double v = start;
        for (int n = 0; n < steps; n++) {
            double a = slope(v, rate, capacity);
            if (coarse) {
                v += h * a;
            } else {
                double b = slope(v + h / 2 * a, rate, capacity);
                double c = slope(v + h / 2 * b, rate, capacity);
                double d = slope(v + h * c, rate, capacity);
                v += h / 6 * (a + 2 * b + 2 * c + d);
            }
        }
        return v;
    }

    private double slope(double v, double rate, double capacity) {
        return rate * (1 + bias) * v * (1 - v / capacity);
    }
}
