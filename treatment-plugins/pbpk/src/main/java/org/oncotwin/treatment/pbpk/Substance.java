package org.oncotwin.treatment.pbpk;

import java.util.List;

/**
 * What decides where a drug goes.
 *
 * @param unbound fraction unbound in plasma
 * @param bloodPlasmaRatio concentration in blood over that in plasma
 * @param logP decadic logarithm of the octanol:water partition coefficient of the neutral form
 * @param acids dissociation constants of acidic groups
 * @param bases dissociation constants of the conjugate acids of basic groups
 */
record Substance(double unbound, double bloodPlasmaRatio, double logP, List<Double> acids, List<Double> bases) {

    // Makes the lists immutable.
    Substance {
        acids = List.copyOf(acids);
        bases = List.copyOf(bases);
    }

    /** Shares of the forms at a pH. */
    Forms at(double ph) {
        double negative = 0;
        double chain = 1;
        for (double pka : acids.stream().sorted().toList()) {
            chain *= StrictMath.pow(10, ph - pka);
            negative += chain;
        }
        double positive = 0;
        chain = 1;
        for (double pka : bases.stream()
                .sorted((one, other) -> Double.compare(other, one))
                .toList()) {
            chain *= StrictMath.pow(10, pka - ph);
            positive += chain;
        }
        double all = (1 + negative) * (1 + positive);
        return new Forms(1 / all, negative / all, positive / all, negative * positive / all);
    }

    /**
     * Shares of the forms of a drug at a pH, by the Henderson-Hasselbalch equation.
     *
     * @param neutral no charged group
     * @param negative only negative groups
     * @param positive only positive groups
     * @param both groups of both signs
     */
    record Forms(double neutral, double negative, double positive, double both) {}
}
