package org.oncotwin.treatment.compartments;

import java.util.Arrays;
import org.oncotwin.api.solver.DifferentiableOdeSystem;

/** Amounts in mg where elimination or distribution is saturable or clearance changes over time, what is eliminated, and the integral of the concentration. The only parameter is the rate of infusion in mg/d. */
final class CompartmentSystem implements DifferentiableOdeSystem {

    static final int GUT = 0;
    static final int CENTRAL = 1;
    static final int FIRST = 2;
    static final int SECOND = 3;
    static final int SATURABLE = 4;
    static final int ELIMINATED = 5;
    static final int EXPOSURE = 6;
    static final int SIZE = 7;

    private static final String[] NAMES = {
        "amount in the gut",
        "amount in the central compartment",
        "amount in the first peripheral compartment",
        "amount in the second peripheral compartment",
        "amount in the compartment of saturable distribution",
        "eliminated amount",
        "integral of the concentration"
    };

    private final DrugKinetics drug;
    private final double firstDose;

    CompartmentSystem(DrugKinetics drug, double firstDose) {
        this.drug = drug;
        this.firstDose = firstDose;
    }

    @Override
    public int dimension() {
        return SIZE;
    }

    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public String name(int component) {
        return NAMES[component];
    }

    @Override
    public void derivatives(double day, double[] state, double[] parameters, double[] derivatives) {
        double concentration = state[CENTRAL] / drug.volume();
        double absorbed = drug.absorption() * state[GUT];
        double eliminated = drug.clearanceAfter(day - firstDose) * concentration
                + saturable(drug.largestElimination(), drug.halfElimination(), concentration);
        double first = exchange(drug.firstExchange(), drug.firstVolume(), concentration, state[FIRST]);
        double second = exchange(drug.secondExchange(), drug.secondVolume(), concentration, state[SECOND]);
        double bound = saturable(drug.largestDistribution(), drug.halfDistribution(), concentration)
                - drug.back() * state[SATURABLE];
        derivatives[GUT] = -absorbed;
        derivatives[CENTRAL] = parameters[0] + absorbed - eliminated - first - second - bound;
        derivatives[FIRST] = first;
        derivatives[SECOND] = second;
        derivatives[SATURABLE] = bound;
        derivatives[ELIMINATED] = eliminated;
        derivatives[EXPOSURE] = concentration;
    }

    private static double saturable(double largest, double half, double concentration) {
        return largest == 0 ? 0 : largest * concentration / (half + concentration);
    }

    private static double slope(double largest, double half, double concentration) {
        double sum = half + concentration;
        return largest == 0 ? 0 : largest * half / (sum * sum);
    }

    private static double exchange(double clearance, double volume, double concentration, double amount) {
        return clearance == 0 ? 0 : clearance * (concentration - amount / volume);
    }

    @Override
    public void jacobian(double day, double[] state, double[] parameters, double[] entries) {
        double concentration = state[CENTRAL] / drug.volume();
        double out = (drug.clearanceAfter(day - firstDose)
                        + slope(drug.largestElimination(), drug.halfElimination(), concentration))
                / drug.volume();
        double bound = slope(drug.largestDistribution(), drug.halfDistribution(), concentration) / drug.volume();
        double toFirst = drug.firstExchange() / drug.volume();
        double toSecond = drug.secondExchange() / drug.volume();
        double fromFirst = drug.firstExchange() == 0 ? 0 : drug.firstExchange() / drug.firstVolume();
        double fromSecond = drug.secondExchange() == 0 ? 0 : drug.secondExchange() / drug.secondVolume();
        Arrays.fill(entries, 0);
        set(entries, GUT, GUT, -drug.absorption());
        set(entries, CENTRAL, GUT, drug.absorption());
        set(entries, CENTRAL, CENTRAL, -(out + bound + toFirst + toSecond));
        set(entries, CENTRAL, FIRST, fromFirst);
        set(entries, CENTRAL, SECOND, fromSecond);
        set(entries, CENTRAL, SATURABLE, drug.back());
        set(entries, FIRST, CENTRAL, toFirst);
        set(entries, FIRST, FIRST, -fromFirst);
        set(entries, SECOND, CENTRAL, toSecond);
        set(entries, SECOND, SECOND, -fromSecond);
        set(entries, SATURABLE, CENTRAL, bound);
        set(entries, SATURABLE, SATURABLE, -drug.back());
        set(entries, ELIMINATED, CENTRAL, out);
        set(entries, EXPOSURE, CENTRAL, 1 / drug.volume());
    }

    @Override
    public void alongParameters(
            double day, double[] state, double[] parameters, double[] direction, double[] derivatives) {
        Arrays.fill(derivatives, 0);
        derivatives[CENTRAL] = direction[0];
    }

    private static void set(double[] entries, int row, int column, double value) {
        // Column by column, as the full pattern has it.
        entries[column * SIZE + row] = value;
    }
}
