package org.oncotwin.treatment.chemotherapy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.PiecewisePolynomial;
import org.oncotwin.api.twin.TimeFunction;

/** How a concentration kills. {@link StrictMath} gives the same bits on every machine. */
enum KillModel {
    /** {@code k C} (Skipper 1964; Jusko 1971): equal exposure kills equal fractions. */
    LOG_KILL("log-kill") {
        @Override
        List<ParameterDescription> needed() {
            return List.of(ChemotherapyModality.KILL_RATE);
        }

        @Override
        TimeFunction rate(TimeFunction concentration, Parameters parameters, double from, double to) {
            return scaled(concentration, parameters.value(ChemotherapyModality.KILL_RATE.name()));
        }

        @Override
        Set<String> factors() {
            return Set.of(ChemotherapyModality.KILL_RATE.name());
        }
    },
    /** {@code k_max C^h / (C50^h + C^h)} (Holford and Sheiner 1981). */
    EMAX("emax") {
        @Override
        List<ParameterDescription> needed() {
            return List.of(ChemotherapyModality.LARGEST_RATE, ChemotherapyModality.HALF_CONCENTRATION);
        }

        @Override
        TimeFunction rate(TimeFunction concentration, Parameters parameters, double from, double to) {
            return scaled(
                    saturating(concentration, parameters, from, to),
                    parameters.value(ChemotherapyModality.LARGEST_RATE.name()));
        }

        @Override
        Set<String> factors() {
            return Set.of(ChemotherapyModality.LARGEST_RATE.name());
        }
    },
    /** {@code f k_max C^h / (C50^h + C^h)}: only the fraction f of cells in the sensitive phase is exposed (Jusko 1973). */
    CELL_CYCLE("cell-cycle") {
        @Override
        List<ParameterDescription> needed() {
            return List.of(
                    ChemotherapyModality.LARGEST_RATE,
                    ChemotherapyModality.HALF_CONCENTRATION,
                    ChemotherapyModality.SENSITIVE_FRACTION);
        }

        @Override
        TimeFunction rate(TimeFunction concentration, Parameters parameters, double from, double to) {
            return scaled(
                    saturating(concentration, parameters, from, to),
                    parameters.value(ChemotherapyModality.SENSITIVE_FRACTION.name())
                            * parameters.value(ChemotherapyModality.LARGEST_RATE.name()));
        }

        @Override
        Set<String> factors() {
            return Set.of(ChemotherapyModality.LARGEST_RATE.name(), ChemotherapyModality.SENSITIVE_FRACTION.name());
        }
    };

    private static final double TOLERANCE = 1e-9;
    private static final double LARGEST_TOLERANCE = 1e-3;
    private static final int HALVINGS = 40;

    private final String word;

    KillModel(String word) {
        this.word = word;
    }

    /** The words in case files, the default first. */
    static List<String> words() {
        return Arrays.stream(values()).map(model -> model.word).toList();
    }

    static KillModel of(String word) {
        return Arrays.stream(values())
                .filter(model -> model.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** Refuses a course whose tumour's sensitivity was not given: it has no default, and what another model needs must not be given for nothing. */
    void check(Parameters parameters) {
        for (ParameterDescription parameter : needed()) {
            if (parameters.value(parameter.name()) == 0) {
                throw new InvalidInputException(
                        parameter.name(),
                        "missing; kill_model " + word + " needs it above 0, in " + parameter.unit()
                                + ", from a fit or a paper on the tumour at hand. It needs "
                                + needed().stream()
                                        .map(ParameterDescription::name)
                                        .collect(Collectors.joining(", ")));
            }
        }
        List<String> others = new ArrayList<>();
        for (ParameterDescription parameter : ChemotherapyModality.SENSITIVITIES) {
            if (!needed().contains(parameter) && parameters.value(parameter.name()) != 0) {
                others.add(parameter.name());
            }
        }
        if (!others.isEmpty()) {
            throw new InvalidInputException(
                    others.get(0),
                    "not used by kill_model " + word + ", which takes "
                            + needed().stream().map(ParameterDescription::name).collect(Collectors.joining(", ")));
        }
    }

    /** Parameters without which it says nothing. */
    abstract List<ParameterDescription> needed();

    /** Rate in 1/d from the first dose to the end of the run. */
    abstract TimeFunction rate(TimeFunction concentration, Parameters parameters, double from, double to);

    /** Parameters that are factors of the rate. */
    abstract Set<String> factors();

    private static TimeFunction scaled(TimeFunction function, double factor) {
        return TimeFunction.product(List.of(function, TimeFunction.constant(factor)));
    }

    private static TimeFunction saturating(TimeFunction concentration, Parameters parameters, double from, double to) {
        double half = parameters.value(ChemotherapyModality.HALF_CONCENTRATION.name());
        double exponent = parameters.value(ChemotherapyModality.HILL_EXPONENT.name());
        DoubleUnaryOperator saturated = day -> saturation(concentration.at(day), half, exponent);
        double[] jumps = concentration.jumps(from, to);
        PiecewisePolynomial fraction =
                PiecewisePolynomial.approximating(saturated, jumps, from, to, tolerance(saturated, jumps, from, to));
        return new Saturation(fraction, concentration);
    }

    /**
     * What can be asked of a polynomial: after a huge dose the fraction rises so fast that it differs between neighbouring floating-point days, which no polynomial can follow. The steepest rise or fall is looked for close after
     * each jump, where it lies.
     */
    private static double tolerance(DoubleUnaryOperator function, double[] jumps, double from, double to) {
        double steepest = 0;
        for (int piece = 0; piece <= jumps.length; piece++) {
            double start = piece == 0 ? from : jumps[piece - 1];
            double length = (piece == jumps.length ? to : jumps[piece]) - start;
            double later = start + length / 2;
            double value = function.applyAsDouble(later);
            for (int halving = 2; halving <= HALVINGS; halving++) {
                double day = start + length * Math.scalb(1.0, -halving);
                if (day < later) {
                    double before = function.applyAsDouble(day);
                    steepest = Math.max(steepest, Math.abs(value - before) / (later - day));
                    later = day;
                    value = before;
                }
            }
        }
        return Math.min(LARGEST_TOLERANCE, Math.max(TOLERANCE, 8 * steepest * Math.ulp(to)));
    }

    /** {@code C^h / (C50^h + C^h)}, without powers that overflow. */
    static double saturation(double concentration, double half, double exponent) {
        return concentration <= 0 ? 0 : 1 / (1 + StrictMath.pow(half / concentration, exponent));
    }

    /** A polynomial where it is not below 0, which it may be by a part of its tolerance where the concentration has faded; it jumps where the concentration does, the first dose included. */
    private record Saturation(PiecewisePolynomial fraction, TimeFunction concentration) implements TimeFunction {

        @Override
        public double at(double day) {
            return Math.max(0, fraction.at(day));
        }

        @Override
        public double integral(double from, double to) {
            return Math.max(0, fraction.integral(from, to));
        }

        @Override
        public double[] jumps(double from, double to) {
            return concentration.jumps(from, to);
        }
    }
}
