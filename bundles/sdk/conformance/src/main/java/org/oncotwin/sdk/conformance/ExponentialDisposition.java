package org.oncotwin.sdk.conformance;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.TimeFunction;

/**
 * A drug for tests: one compartment into which doses flow and from which a share is eliminated, in closed form.
 *
 * @param doses what is given
 * @param volume in L
 * @param rate share that is eliminated in a day
 */
record ExponentialDisposition(List<Administration> doses, double volume, double rate) implements Disposition {

    @Override
    public SortedSet<String> sites() {
        return new TreeSet<>(List.of(PLASMA));
    }

    @Override
    public TimeFunction concentration(String site) {
        if (!site.equals(PLASMA)) {
            throw new InvalidInputException("site", "'" + site + "' is not known; known is " + PLASMA);
        }
        if (doses.stream().allMatch(dose -> dose.amount() == 0)) {
            return TimeFunction.constant(0);
        }
        return new TimeFunction() {
            @Override
            public double at(double day) {
                return present(day) / volume;
            }

            @Override
            public double integral(double from, double to) {
                double given = given(to) - given(from);
                return (given - (present(to) - present(from))) / rate / volume;
            }

            @Override
            public double[] jumps(double from, double to) {
                return doses.stream()
                        .flatMapToDouble(dose -> DoubleStream.of(dose.start().days(), dose.endDay()))
                        .filter(day -> day > from && day < to)
                        .distinct()
                        .sorted()
                        .toArray();
            }
        };
    }

    private double given(double day) {
        double sum = 0;
        for (Administration dose : doses) {
            double since = day - dose.start().days();
            if (since >= 0) {
                sum += dose.days() > 0 ? dose.amount() * Math.min(1, since / dose.days()) : dose.amount();
            }
        }
        return sum;
    }

    private double present(double day) {
        double sum = 0;
        for (Administration dose : doses) {
            double since = day - dose.start().days();
            if (since >= 0 && dose.days() > 0) {
                double inflow = Math.min(since, dose.days());
                sum += dose.amount()
                        / dose.days()
                        * -StrictMath.expm1(-rate * inflow)
                        / rate
                        * StrictMath.exp(-rate * (since - inflow));
            } else if (since >= 0) {
                sum += dose.amount() * StrictMath.exp(-rate * since);
            }
        }
        return sum;
    }

    @Override
    public MassBalance massBalance(double day) {
        return new MassBalance(given(day), present(day), given(day) - present(day));
    }
}
