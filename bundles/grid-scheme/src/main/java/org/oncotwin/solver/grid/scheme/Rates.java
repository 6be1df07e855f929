package org.oncotwin.solver.grid.scheme;

/**
 * The range of proliferation rates of a medium and its scale: z = (rho - middle) / half is from -1 to 1.
 *
 * @param least least rho in 1/d
 * @param greatest greatest rho in 1/d
 */
public record Rates(double least, double greatest) {

    /** Scaled rate of a proliferation rate. */
    public double scaled(double rate) {
        return uniform() ? 0 : (rate - middle()) / half();
    }

    /** Proliferation rate (1/d) of a scaled rate. */
    public double rate(double scaled) {
        return middle() + half() * scaled;
    }

    /** Rate at z = 0. */
    public double middle() {
        return 0.5 * (least + greatest);
    }

    /** What z = 1 adds to it. */
    public double half() {
        return 0.5 * (greatest - least);
    }

    /** True if there is one rate only. */
    public boolean uniform() {
        return least == greatest;
    }
}
