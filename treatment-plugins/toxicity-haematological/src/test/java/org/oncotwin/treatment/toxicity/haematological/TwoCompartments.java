package org.oncotwin.treatment.toxicity.haematological;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/** Two compartments with infusions, in closed form; clearances in L/h, volumes in L. */
record TwoCompartments(double clearance, double volume, double exchange, double peripheral, List<Administration> doses)
        implements Disposition {

    @Override
    public SortedSet<String> sites() {
        return new TreeSet<>(List.of(PLASMA));
    }

    @Override
    public TimeFunction concentration(String site) {
        double k10 = clearance / volume * 24;
        double k12 = exchange / volume * 24;
        double k21 = exchange / peripheral * 24;
        double sum = k10 + k12 + k21;
        double root = Math.sqrt(sum * sum - 4 * k10 * k21);
        double fast = (sum + root) / 2;
        double slow = (sum - root) / 2;
        double share = (fast - k21) / (fast - slow);
        return new TimeFunction() {
            @Override
            public double at(double day) {
                double c = 0;
                for (Administration dose : doses) {
                    double since = day - dose.start().days();
                    double ended = day - dose.endDay();
                    if (since >= 0) {
                        double rate = dose.amount() / dose.days() / volume;
                        c += rate * (share * part(fast, since, ended) + (1 - share) * part(slow, since, ended));
                    }
                }
                return c;
            }

            private double part(double k, double since, double ended) {
                return ended <= 0
                        ? -StrictMath.expm1(-k * since) / k
                        : (StrictMath.exp(-k * ended) - StrictMath.exp(-k * since)) / k;
            }

            @Override
            public double integral(double from, double to) {
                double total = 0;
                int steps = 10_000;
                for (int n = 0; n < steps; n++) {
                    total += at(from + (to - from) * (n + 0.5) / steps) * (to - from) / steps;
                }
                return total;
            }

            @Override
            public double[] jumps(double from, double to) {
                return doses.stream()
                        .flatMap(dose -> List.of(dose.start().days(), dose.endDay()).stream())
                        .filter(day -> day > from && day < to)
                        .mapToDouble(Double::doubleValue)
                        .distinct()
                        .sorted()
                        .toArray();
            }
        };
    }

    @Override
    public MassBalance massBalance(double day) {
        throw new UnsupportedOperationException("not asked here");
    }

    /** Unbound paclitaxel as DDMODEL186 has it: 285 L/h, 290 L, 204 L/h, 995 L. */
    static DrugExposure paclitaxel(Drug drug, double milligrams, double... days) {
        List<Administration> doses = Arrays.stream(days)
                .mapToObj(
                        day -> new Administration(SimulationTime.ofDays(day), 3.0 / 24, milligrams, Route.INTRAVENOUS))
                .toList();
        return new DrugExposure(drug, "", doses, new TwoCompartments(285, 290, 204, 995, doses));
    }
}
