package org.oncotwin.solver.grid.scheme;

import java.util.ArrayList;
import java.util.List;

/**
 * exp(h L) for a symmetric operator L with eigenvalues from -2 s to 0, as a polynomial of L: stages
 *
 * <pre>y_0 = u,  y_j = a_j u + b_j y_(j-1) + c_j L y_(j-1) + d_j y_(j-2)</pre>
 *
 * of which the last is the result. A constant field stays as it is and the sum over voxels is kept, for L has both properties and the polynomial is 1 at 0.
 *
 * <p>Where h s is small, Taylor polynomials in parts with h s at most 1: each is then a convex combination of values of neighbours, so that bounds hold (Gottlieb, Shu, Tadmor:
 * Strong stability-preserving high-order time discretization methods, SIAM Review 43 (2001) 89-112, section 4: linear operators). Elsewhere the Chebyshev expansion, whose
 * degree grows with the square root of h s (Tal-Ezer, Kosloff: J. Chem. Phys. 81 (1984) 3967-3971, for the real exponential), evaluated by Clenshaw's recurrence; bounds then
 * hold to its error.
 */
public final class DiffusionPolynomial {

    /** Parts of the Taylor polynomial above which Chebyshev's costs less. */
    private static final int MOST_PARTS = 3;

    private final List<Stage> stages;
    private final int parts;

    private DiffusionPolynomial(List<Stage> stages, int parts) {
        this.stages = List.copyOf(stages);
        this.parts = parts;
    }

    /**
     * One stage.
     *
     * @param ofStart a
     * @param ofLast b
     * @param ofOperator c in days
     * @param ofLastButOne d
     */
    public record Stage(double ofStart, double ofLast, double ofOperator, double ofLastButOne) {}

    /**
     * Number of Taylor polynomials in a row that keep bounds over a step, or 0 if a Chebyshev expansion costs less.
     *
     * @param load h s
     */
    public static int parts(double load) {
        return load > MOST_PARTS ? 0 : Math.max(1, (int) Math.ceil(load));
    }

    /**
     * Taylor polynomials in a row.
     *
     * @param days h, not negative
     * @param order of each, from 1
     * @param parts number of polynomials, from 1, each over an equal part of the time
     */
    public static DiffusionPolynomial taylor(double days, int order, int parts) {
        return new DiffusionPolynomial(taylor(days / parts, order), parts);
    }

    /**
     * A Chebyshev expansion.
     *
     * @param days h, above 0
     * @param largestLoss s in 1/d, above 0: half of the bound of the spectrum
     * @param error bound of its error, relative to the largest value
     */
    public static DiffusionPolynomial chebyshev(double days, double largestLoss, double error) {
        return new DiffusionPolynomial(expansion(days, 2 * days * largestLoss, error), 1);
    }

    /** Nothing diffuses. */
    public static DiffusionPolynomial none() {
        return new DiffusionPolynomial(List.of(), 1);
    }

    private static List<Stage> taylor(double days, int order) {
        List<Stage> stages = new ArrayList<>();
        for (int j = order; j >= 1; j--) {
            stages.add(new Stage(1, 0, days / j, 0));
        }
        return stages;
    }

    /** exp on [-width, 0]: the argument of the Chebyshev polynomials is y = 1 + 2 x / width. */
    private static List<Stage> expansion(double days, double width, double error) {
        double[] c = coefficients(width, error);
        int m = c.length - 1;
        double slope = 4 * days / width;
        List<Stage> stages = new ArrayList<>();
        // b_m = c_m u; b_k = c_k u + 2 y b_(k+1) - b_(k+2); result c_0 u + y b_1 - b_2.
        stages.add(new Stage(c[m - 1], 2 * c[m], slope * c[m], 0));
        for (int k = m - 2; k >= 1; k--) {
            boolean second = k == m - 2;
            stages.add(new Stage(second ? c[k] - c[m] : c[k], 2, slope, second ? 0 : -1));
        }
        stages.add(new Stage(c[0], 1, slope / 2, -1));
        return stages;
    }

    /**
     * Chebyshev coefficients of exp(width (y - 1) / 2), as many as matter, scaled so that their sum, the value at y = 1, is 1. They are proportional to I_0(x), 2 I_1(x),
     * 2 I_2(x), ... with the modified Bessel functions at x = width / 2, whose ratios come from their recurrence I_(k-1) - I_(k+1) = (2 k / x) I_k taken backwards, in which all
     * terms are positive (Abramowitz, Stegun: Handbook of Mathematical Functions, 9.6.26 and 9.12).
     */
    private static double[] coefficients(double width, double error) {
        // Beyond this degree the coefficients are below rounding: they fall as exp(-k^2 / width) up to k of about
        // width.
        double[] all = new double[32 + (int) Math.ceil(Math.min(width, Math.sqrt(80 * width)))];
        double ratio = 0;
        for (int k = all.length - 1; k >= 1; k--) {
            ratio = 1 / (4 * k / width + ratio);
            all[k] = ratio;
        }
        all[0] = 1;
        double product = 1;
        double total = 1;
        for (int k = 1; k < all.length; k++) {
            product *= all[k];
            all[k] = 2 * product;
            total += all[k];
        }
        for (int k = 0; k < all.length; k++) {
            all[k] /= total;
        }
        int degree = all.length - 1;
        double rest = 0;
        while (degree > 3 && rest + Math.abs(all[degree]) <= error) {
            rest += Math.abs(all[degree]);
            degree--;
        }
        double sum = 0;
        for (int k = 0; k <= degree; k++) {
            sum += all[k];
        }
        double[] scaled = new double[degree + 1];
        for (int k = 0; k <= degree; k++) {
            scaled[k] = all[k] / sum;
        }
        return scaled;
    }

    /** Stages of one part, in order; none if nothing diffuses. */
    public List<Stage> stages() {
        return stages;
    }

    /** How often the stages are gone through, each time from the result of the time before. */
    public int parts() {
        return parts;
    }

    /** Applications of L. */
    public int applications() {
        return parts * stages.size();
    }
}
