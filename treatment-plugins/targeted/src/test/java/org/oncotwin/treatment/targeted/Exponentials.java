package org.oncotwin.treatment.targeted;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.TimeFunction;

/** Doses at once, each of which adds two exponentials to the concentration: one compartment after absorption, or two compartments. */
final class Exponentials implements Disposition {

    private final double[] rates;
    private final double[] weights;
    private final double[] days;
    private final double[][] after;
    private final double[] given;

    private Exponentials(double[] rates, double[] weights, List<Administration> doses) {
        this.rates = rates;
        this.weights = weights;
        days = doses.stream().mapToDouble(dose -> dose.start().days()).toArray();
        after = new double[days.length][2];
        given = new double[days.length];
        for (int dose = 0; dose < days.length; dose++) {
            double amount = doses.get(dose).amount();
            given[dose] = amount + (dose == 0 ? 0 : given[dose - 1]);
            for (int term = 0; term < 2; term++) {
                after[dose][term] = amount
                        + (dose == 0
                                ? 0
                                : after[dose - 1][term] * Math.exp(-rates[term] * (days[dose] - days[dose - 1])));
            }
        }
    }

    /** Of a shipped drug, with a factor on clearance. */
    static Exponentials of(Drug drug, double clearanceFactor, List<Administration> doses) {
        double clearance = clearanceFactor * DrugFiles.number(drug, "compartments", "clearance");
        double volume = DrugFiles.number(drug, "compartments", "central_volume");
        if (drug.section("compartments").parameters().containsKey("absorption_rate")) {
            double absorption = DrugFiles.number(drug, "compartments", "absorption_rate");
            double elimination = clearance / volume;
            double weight = absorption / (absorption - elimination) / volume;
            return new Exponentials(new double[] {absorption, elimination}, new double[] {-weight, weight}, doses);
        }
        double exchange = DrugFiles.number(drug, "compartments", "intercompartmental_clearance");
        double k21 = exchange / DrugFiles.number(drug, "compartments", "peripheral_volume");
        double k10 = clearance / volume;
        double sum = k10 + exchange / volume + k21;
        double root = Math.sqrt(sum * sum - 4 * k10 * k21);
        double fast = (sum + root) / 2;
        double slow = (sum - root) / 2;
        return new Exponentials(
                new double[] {fast, slow},
                new double[] {(fast - k21) / root / volume, (k21 - slow) / root / volume},
                doses);
    }

    static Pharmacokinetics pharmacokinetics(double clearanceFactor) {
        return pharmacokinetics(clearanceFactor, Map.of());
    }

    /** The shipped drugs, some of them in place of those of the files. */
    static Pharmacokinetics pharmacokinetics(double clearanceFactor, Map<String, Drug> others) {
        return new Pharmacokinetics() {
            @Override
            public Drug drug(String id) {
                if (others.containsKey(id)) {
                    return others.get(id);
                }
                if (!List.of("erlotinib", "osimertinib", "alectinib", "sotorasib", "trastuzumab")
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
        return new TreeSet<>(List.of(PLASMA));
    }

    @Override
    public TimeFunction concentration(String site) {
        return new TimeFunction() {
            @Override
            public double at(double day) {
                int dose = last(day);
                double sum = 0;
                for (int term = 0; dose >= 0 && term < 2; term++) {
                    sum += weights[term] * left(dose, term, day);
                }
                return Math.max(0, sum);
            }

            @Override
            public double integral(double from, double to) {
                return until(to) - until(from);
            }

            @Override
            public double[] jumps(double from, double to) {
                return Arrays.stream(days).filter(day -> day > from && day < to).toArray();
            }
        };
    }

    private int last(double day) {
        int place = Arrays.binarySearch(days, day);
        return place >= 0 ? place : -place - 2;
    }

    private double left(int dose, int term, double day) {
        return after[dose][term] * Math.exp(-rates[term] * (day - days[dose]));
    }

    private double until(double day) {
        int dose = last(day);
        double sum = 0;
        for (int term = 0; dose >= 0 && term < 2; term++) {
            sum += weights[term] / rates[term] * (given[dose] - left(dose, term, day));
        }
        return sum;
    }

    @Override
    public MassBalance massBalance(double day) {
        throw new UnsupportedOperationException();
    }
}
