package ${package};

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.TimeFunction;

/** What becomes of doses: the sum of what becomes of each, in closed form. */
final class OneCompartmentDisposition implements Disposition {

    private final List<Administration> doses;
    private final double volume;
    private final double rate;

    /**
     * @param doses into a vein
     * @param volume in L
     * @param rate share that is eliminated, in 1/d
     */
    OneCompartmentDisposition(List<Administration> doses, double volume, double rate) {
        // A dose of 0 leaves no trace: the concentration does not even jump there.
        this.doses = doses.stream().filter(dose -> dose.amount() > 0).toList();
        this.volume = volume;
        this.rate = rate;
    }

    @Override
    public SortedSet<String> sites() {
        return new TreeSet<>(List.of(PLASMA));
    }

    @Override
    public TimeFunction concentration(String site) {
        if (!site.equals(PLASMA)) {
            throw new InvalidInputException("site", "'" + site + "' is not known; known is " + PLASMA);
        }
        return new TimeFunction() {
            @Override
            public double at(double day) {
                return present(day) / volume;
            }

            @Override
            public double integral(double from, double to) {
                // What is eliminated is the integral of rate times amount.
                return (eliminated(to) - eliminated(from)) / rate / volume;
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

    @Override
    public MassBalance massBalance(double day) {
        return new MassBalance(given(day), present(day), eliminated(day));
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
                double atItsEnd = dose.amount() / dose.days() * -StrictMath.expm1(-rate * inflow) / rate;
                sum += atItsEnd * StrictMath.exp(-rate * (since - inflow));
            } else if (since >= 0) {
                sum += dose.amount() * StrictMath.exp(-rate * since);
            }
        }
        return sum;
    }

    private double eliminated(double day) {
        return Math.max(0, given(day) - present(day));
    }
}
