package org.oncotwin.treatment.pbpk;

/**
 * Solutions of {@code dc/dt = lambda c + u} for complex lambda, c and u, without loss of digits where lambda t is small. With {@code z = lambda t}:
 * {@code c(t) = c e^z + u t (e^z - 1)/z}, and its integral is {@code c t (e^z - 1)/z + u t^2 ((e^z - 1)/z - 1)/z}.
 */
final class Exponentials {

    private static final double SMALL = 0.5;
    private static final int TERMS = 16;

    private Exponentials() {}

    /**
     * Writes (e^z - 1)/z or, of order 2, ((e^z - 1)/z - 1)/z, for order 0 e^z.
     *
     * @param result where to write real and imaginary part
     */
    static void phi(int order, double re, double im, double[] result) {
        if (order > 0 && re * re + im * im < SMALL * SMALL) {
            series(order, re, im, result);
            return;
        }
        double size = StrictMath.exp(re);
        result[0] = im == 0 ? size : size * StrictMath.cos(im);
        result[1] = im == 0 ? 0 : size * StrictMath.sin(im);
        for (int step = 0; step < order; step++) {
            double a = result[0] - 1;
            double b = result[1];
            double norm = re * re + im * im;
            result[0] = (a * re + b * im) / norm;
            result[1] = (b * re - a * im) / norm;
        }
    }

    /** Sum of z^n / (n + order)!, by Horner's scheme. */
    private static void series(int order, double re, double im, double[] result) {
        double a = 0;
        double b = 0;
        for (int n = TERMS; n >= 1; n--) {
            double factor = 1.0 / (n + order);
            double nextA = factor * (re * a - im * b) + factor * re;
            double nextB = factor * (re * b + im * a) + factor * im;
            a = nextA;
            b = nextB;
        }
        double first = order == 1 ? 1 : 0.5;
        result[0] = first * (1 + a);
        result[1] = first * b;
    }
}
