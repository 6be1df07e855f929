package org.oncotwin.treatment.pbpk;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.twin.Cancellation;

/** Coordinates of the modes at the starts of stretches between which doses start or end, and what flows in during them: the exact solution for all doses. */
final class DoseHistory {

    private final Modes modes;
    private final double absorbed;
    private final double[] starts;
    private final double[][] coordinates;
    private final double[][] inflows;

    /** Integrals of the coordinates from the first dose to the start of a stretch. */
    private final double[][] integrals;

    private final double[] given;
    private final double[] givenPerDay;
    private final double[] unabsorbed;
    private final double[] unabsorbedPerDay;

    DoseHistory(
            Circulation circulation,
            Modes modes,
            double absorbed,
            List<Administration> doses,
            Cancellation cancellation) {
        this.modes = modes;
        this.absorbed = absorbed;
        TreeSet<Double> times = new TreeSet<>();
        for (Administration dose : doses) {
            times.add(dose.start().days());
            times.add(dose.endDay());
        }
        starts = times.stream().mapToDouble(Double::doubleValue).toArray();
        int count = starts.length;
        coordinates = new double[count][2 * modes.count()];
        inflows = new double[count][2 * modes.count()];
        integrals = new double[count][2 * modes.count()];
        given = new double[count];
        givenPerDay = new double[count];
        unabsorbed = new double[count];
        unabsorbedPerDay = new double[count];
        double[] vein = modes.coordinates(circulation.venous());
        double[] lumen = modes.coordinates(circulation.lumen());
        double[] scratch = new double[4];
        for (int stretch = 0; stretch < count; stretch++) {
            cancellation.check();
            if (stretch > 0) {
                carryOn(stretch, scratch);
            }
            for (Administration dose : doses) {
                add(dose, stretch, dose.route() == Route.ORAL ? lumen : vein);
            }
        }
    }

    private void carryOn(int stretch, double[] scratch) {
        int before = stretch - 1;
        double length = starts[stretch] - starts[before];
        for (int mode = 0; mode < modes.count(); mode++) {
            int other = modes.count() + mode;
            advance(before, mode, length, 0, scratch);
            coordinates[stretch][mode] = scratch[2];
            coordinates[stretch][other] = scratch[3];
            advance(before, mode, length, 1, scratch);
            integrals[stretch][mode] = integrals[before][mode] + scratch[2];
            integrals[stretch][other] = integrals[before][other] + scratch[3];
        }
        given[stretch] = given[before] + givenPerDay[before] * length;
        unabsorbed[stretch] = unabsorbed[before] + unabsorbedPerDay[before] * length;
    }

    private void add(Administration dose, int stretch, double[] entry) {
        double start = dose.start().days();
        double share = dose.route() == Route.ORAL ? absorbed : 1;
        if (dose.endDay() > start) {
            if (start <= starts[stretch] && starts[stretch] < dose.endDay()) {
                double rate = dose.amount() / (dose.endDay() - start);
                addTo(inflows[stretch], rate * share, entry);
                givenPerDay[stretch] += rate;
                unabsorbedPerDay[stretch] += rate * (1 - share);
            }
        } else if (start == starts[stretch]) {
            addTo(coordinates[stretch], dose.amount() * share, entry);
            given[stretch] += dose.amount();
            unabsorbed[stretch] += dose.amount() * (1 - share);
        }
    }

    private static void addTo(double[] target, double amount, double[] entry) {
        for (int n = 0; n < entry.length; n++) {
            target[n] += amount * entry[n];
        }
    }

    /** Writes a coordinate (order 0) or its integral (order 1) some days into a stretch to the places 2 and 3. */
    private void advance(int stretch, int mode, double days, int order, double[] scratch) {
        int count = modes.count();
        double re = modes.real(mode) * days;
        double im = modes.imaginary(mode) * days;
        Exponentials.phi(order, re, im, scratch);
        double factor = order == 0 ? 1 : days;
        double c = factor * coordinates[stretch][mode];
        double d = factor * coordinates[stretch][count + mode];
        double a = scratch[0] * c - scratch[1] * d;
        double b = scratch[0] * d + scratch[1] * c;
        double u = inflows[stretch][mode];
        double v = inflows[stretch][count + mode];
        if (u != 0 || v != 0) {
            Exponentials.phi(order + 1, re, im, scratch);
            double next = factor * days;
            a += next * (scratch[0] * u - scratch[1] * v);
            b += next * (scratch[0] * v + scratch[1] * u);
        }
        scratch[2] = a;
        scratch[3] = b;
    }

    /** The stretch in which a day lies; -1 before the first. */
    int stretch(double day) {
        int place = Arrays.binarySearch(starts, day);
        return place >= 0 ? place : -place - 2;
    }

    /** Where stretches start. */
    double[] starts() {
        return starts;
    }

    /** A reading of the coordinates on a day of a stretch (order 0), or its integral since the start of the stretch (order 1). */
    double within(double[] reading, int stretch, double day, int order) {
        int count = modes.count();
        double days = Math.max(0, day - starts[stretch]);
        double[] scratch = new double[4];
        double sum = 0;
        for (int mode = 0; mode < count; mode++) {
            advance(stretch, mode, days, order, scratch);
            sum += reading[mode] * scratch[2] - reading[count + mode] * scratch[3];
        }
        return sum;
    }

    /** The integral of a reading over whole stretches, from the start of one to that of another. */
    double between(double[] reading, int first, int last) {
        int count = modes.count();
        double sum = 0;
        for (int mode = 0; mode < count; mode++) {
            sum += reading[mode] * (integrals[last][mode] - integrals[first][mode])
                    - reading[count + mode] * (integrals[last][count + mode] - integrals[first][count + mode]);
        }
        return sum;
    }

    /** Given up to a day of a stretch. */
    double given(int stretch, double day) {
        return given[stretch] + givenPerDay[stretch] * (day - starts[stretch]);
    }

    /** Never absorbed up to a day of a stretch. */
    double unabsorbed(int stretch, double day) {
        return unabsorbed[stretch] + unabsorbedPerDay[stretch] * (day - starts[stretch]);
    }
}
