package org.oncotwin.solver.ode;

/** Just enough complex arithmetic to differentiate a solution to rounding: the derivative of an analytic f at x is Im f(x + i h) / h, with h as small as one likes. */
record Complex(double re, double im) {

    static Complex of(double re) {
        return new Complex(re, 0);
    }

    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    /** Equations in complex numbers. */
    interface RightHandSide {
        Complex[] at(Complex[] y, Complex[] p);
    }

    /** The classical Runge-Kutta method of order 4 with fixed steps. */
    static Complex[] solve(RightHandSide f, Complex[] initial, Complex[] p, double days, int steps) {
        double h = days / steps;
        Complex[] y = initial;
        for (int n = 0; n < steps; n++) {
            Complex[] k1 = f.at(y, p);
            Complex[] k2 = f.at(moved(y, k1, h / 2), p);
            Complex[] k3 = f.at(moved(y, k2, h / 2), p);
            Complex[] k4 = f.at(moved(y, k3, h), p);
            y = moved(moved(moved(moved(y, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
        }
        return y;
    }

    private static Complex[] moved(Complex[] y, Complex[] slope, double by) {
        Complex[] moved = new Complex[y.length];
        for (int i = 0; i < y.length; i++) {
            moved[i] = y[i].plus(slope[i].times(by));
        }
        return moved;
    }
}
