package org.oncotwin.treatment.immunotherapy;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.TimeFunction;

/** Two compartments with linear elimination from the first, in closed form: a sum of two exponentials for each infusion. */
final class TwoCompartments implements Disposition {

    private final double centralVolume;
    private final double[] rates = new double[2];
    private final double[] weights = new double[2];
    private final List<Administration> doses;

    TwoCompartments(
            double clearance,
            double centralVolume,
            double intercompartmentalClearance,
            double peripheralVolume,
            List<Administration> doses) {
        this.centralVolume = centralVolume;
        this.doses = doses;
        double k10 = clearance / centralVolume;
        double k12 = intercompartmentalClearance / centralVolume;
        double k21 = intercompartmentalClearance / peripheralVolume;
        double sum = k10 + k12 + k21;
        double root = Math.sqrt(sum * sum - 4 * k10 * k21);
        rates[0] = (sum + root) / 2;
        rates[1] = (sum - root) / 2;
        weights[0] = (rates[0] - k21) / root;
        weights[1] = (k21 - rates[1]) / root;
    }

    static TwoCompartments of(Drug drug, double clearanceFactor, List<Administration> doses) {
        return new TwoCompartments(
                clearanceFactor * DrugFiles.number(drug, "compartments", "clearance"),
                DrugFiles.number(drug, "compartments", "central_volume"),
                DrugFiles.number(drug, "compartments", "intercompartmental_clearance"),
                DrugFiles.number(drug, "compartments", "peripheral_volume"),
                doses);
    }

    /** The shipped drugs, in a patient who clears them this much faster than the typical one. */
    static Pharmacokinetics pharmacokinetics(double clearanceFactor) {
        return new Pharmacokinetics() {
            @Override
            public Drug drug(String id) {
                if (!List.of("pembrolizumab", "nivolumab", "atezolizumab", "durvalumab", "ipilimumab")
                        .contains(id)) {
                    throw new InvalidInputException("drug", "'" + id + "' is not known");
                }
                return DrugFiles.read(id);
            }

            @Override
            public Disposition disposition(String id, List<Administration> administrations) {
                return of(drug(id), clearanceFactor, administrations);
            }
        };
    }

    @Override
    public SortedSet<String> sites() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(PLASMA)));
    }

    @Override
    public TimeFunction concentration(String site) {
        return new TimeFunction() {
            @Override
            public double at(double day) {
                double sum = 0;
                for (Administration dose : doses) {
                    for (int term = 0; term < 2; term++) {
                        sum += weights[term]
                                * value(rates[term], dose, day - dose.start().days());
                    }
                }
                return sum / centralVolume;
            }

            @Override
            public double integral(double from, double to) {
                double sum = 0;
                for (Administration dose : doses) {
                    for (int term = 0; term < 2; term++) {
                        sum += weights[term]
                                * (area(rates[term], dose, to - dose.start().days())
                                        - area(
                                                rates[term],
                                                dose,
                                                from - dose.start().days()));
                    }
                }
                return sum / centralVolume;
            }

            @Override
            public double[] jumps(double from, double to) {
                return doses.stream()
                        .flatMap(dose -> java.util.stream.Stream.of(dose.start().days(), dose.endDay()))
                        .filter(day -> day > from && day < to)
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .distinct()
                        .toArray();
            }
        };
    }

    private static double value(double rate, Administration dose, double since) {
        if (since < 0) {
            return 0;
        }
        if (dose.days() == 0) {
            return dose.amount() * StrictMath.exp(-rate * since);
        }
        double inflow = dose.amount() / dose.days();
        double infused = Math.min(since, dose.days());
        return inflow / rate * -StrictMath.expm1(-rate * infused) * StrictMath.exp(-rate * (since - infused));
    }

    private static double area(double rate, Administration dose, double since) {
        if (since <= 0) {
            return 0;
        }
        if (dose.days() == 0) {
            return dose.amount() * -StrictMath.expm1(-rate * since) / rate;
        }
        double inflow = dose.amount() / dose.days();
        double infused = Math.min(since, dose.days());
        double during = inflow / rate * (infused + StrictMath.expm1(-rate * infused) / rate);
        return during + value(rate, dose, infused) * -StrictMath.expm1(-rate * (since - infused)) / rate;
    }

    @Override
    public MassBalance massBalance(double day) {
        throw new UnsupportedOperationException();
    }
}
