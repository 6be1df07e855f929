package org.oncotwin.treatment.compartments;

import java.util.Arrays;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Sums of exponentials, carried from dose to dose. Each exponential i holds {@code W_i = integral of what enters times exp(-rate_i (time since))} in mg; all of them together give concentration and amount ({@link Modes}).
 */
final class LinearDisposition extends Sites implements TimeFunction {

    private final Doses doses;
    private final Modes modes;
    private final double absorption;
    private final double[] starts;
    private final double[] rates;
    private final double[] guts;
    private final double[][] held;
    private final double[][] passed;
    private final double[] exposures;

    LinearDisposition(DrugKinetics drug, Doses doses) {
        super(drug.tumourRatio());
        this.doses = doses;
        modes = Modes.of(drug);
        absorption = drug.absorption();
        SimulationTime[] edges = doses.edges();
        starts = doses.days();
        int pieces = starts.length;
        int count = modes.rates().length;
        rates = new double[pieces];
        guts = new double[pieces];
        held = new double[pieces][count];
        passed = new double[pieces][count];
        exposures = new double[pieces];
        for (int piece = 0; piece < pieces; piece++) {
            if (piece > 0) {
                double length = starts[piece] - starts[piece - 1];
                guts[piece] = gut(piece - 1, length);
                for (int mode = 0; mode < count; mode++) {
                    held[piece][mode] = held(piece - 1, length, mode);
                    passed[piece][mode] = passed[piece - 1][mode] + passed(piece - 1, 0, length, mode);
                }
                exposures[piece - 1] = exposure(piece - 1, 0, length);
            }
            rates[piece] = doses.rate(edges[piece]);
            guts[piece] += doses.entering(edges[piece], true);
            double atOnce = doses.entering(edges[piece], false);
            for (int mode = 0; mode < count; mode++) {
                held[piece][mode] += atOnce;
            }
        }
    }

    private int piece(double day) {
        int place = Arrays.binarySearch(starts, day);
        return place >= 0 ? place : -place - 2;
    }

    private double gut(int piece, double time) {
        return guts[piece] == 0 ? 0 : guts[piece] * StrictMath.exp(-absorption * time);
    }

    private double held(int piece, double time, int mode) {
        double rate = modes.rates()[mode];
        double value = held[piece][mode] * StrictMath.exp(-rate * time);
        if (rates[piece] > 0) {
            value += rates[piece] * time * Exponentials.one(rate * time);
        }
        if (guts[piece] > 0) {
            value += guts[piece] * absorption * Exponentials.folded(absorption, rate, time);
        }
        return value;
    }

    /** Integral of what an exponential holds, within a piece, in mg d. */
    private double passed(int piece, double from, double to, int mode) {
        double rate = modes.rates()[mode];
        double time = to - from;
        double value = held(piece, from, mode) * time * Exponentials.one(rate * time);
        if (rates[piece] > 0) {
            value += rates[piece] * time * time * Exponentials.rising(rate * time);
        }
        if (guts[piece] > 0) {
            value += gut(piece, from) * absorption * Exponentials.foldedIntegral(absorption, rate, time);
        }
        return value;
    }

    private double exposure(int piece, double from, double to) {
        double sum = 0;
        for (int mode = 0; mode < modes.rates().length; mode++) {
            sum += modes.concentration()[mode] * passed(piece, from, to, mode);
        }
        return sum;
    }

    @Override
    TimeFunction plasma() {
        return this;
    }

    @Override
    public double at(double day) {
        int piece = piece(day);
        if (piece < 0) {
            return 0;
        }
        double sum = 0;
        for (int mode = 0; mode < modes.rates().length; mode++) {
            sum += modes.concentration()[mode] * held(piece, day - starts[piece], mode);
        }
        return sum;
    }

    @Override
    public double integral(double from, double to) {
        int first = piece(from);
        int last = piece(to);
        if (last < 0) {
            return 0;
        }
        if (first == last) {
            return exposure(first, from - starts[first], to - starts[first]);
        }
        double sum = first < 0 ? 0 : exposure(first, from - starts[first], starts[first + 1] - starts[first]);
        for (int piece = first + 1; piece < last; piece++) {
            sum += exposures[piece];
        }
        return sum + exposure(last, 0, to - starts[last]);
    }

    @Override
    public double[] jumps(double from, double to) {
        return doses.jumps(from, to);
    }

    @Override
    public MassBalance massBalance(double day) {
        int piece = piece(day);
        if (piece < 0) {
            return new MassBalance(0, 0, 0);
        }
        double time = day - starts[piece];
        double present = doses.waiting(day) + gut(piece, time);
        double eliminated = doses.lost(day);
        for (int mode = 0; mode < modes.rates().length; mode++) {
            present += modes.amount()[mode] * held(piece, time, mode);
            // The exponentials' own loss, not the difference of the other two: what does not add up would show.
            eliminated +=
                    modes.amount()[mode] * modes.rates()[mode] * (passed[piece][mode] + passed(piece, 0, time, mode));
        }
        return new MassBalance(doses.given(day), present, eliminated);
    }
}
