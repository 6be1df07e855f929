package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionPullBack.Direction;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/** Coefficients of the reaction against closed forms, and against quadrature by Commons Math in 512 points where there is none. */
class ReactionFlowTest {

    private static final double CAPACITY = 0.8;
    private static final double FROM = 3.25;
    private static final double TO = 5.5;
    private static final Grid GRID = new Grid(3, 2, 1, Affine.scaling(1, 1, 1));
    private static final TimeFunction ONE = TimeFunction.constant(1);

    /** f(t) = 1 + 0.8 sin(2 t). */
    private static final TimeFunction SEASON = function(t -> 1 + 0.8 * Math.sin(2 * t), t -> t - 0.4 * Math.cos(2 * t));

    /** k(t) = 0.9 exp(-1.5 (t - 3)) and a dose that decays with a half-life of 1.8 h. */
    private static final TimeFunction SLOW = decay(0.9, 1.5, 3);

    private static final TimeFunction FAST = decay(2, 9.242, FROM);

    private static TimeFunction function(DoubleUnaryOperator value, DoubleUnaryOperator antiderivative) {
        return new TimeFunction() {
            @Override
            public double at(double day) {
                return value.applyAsDouble(day);
            }

            @Override
            public double integral(double from, double to) {
                return antiderivative.applyAsDouble(to) - antiderivative.applyAsDouble(from);
            }
        };
    }

    private static TimeFunction decay(double amplitude, double lambda, double since) {
        return function(
                t -> amplitude * Math.exp(-lambda * (t - since)),
                t -> -amplitude / lambda * Math.exp(-lambda * (t - since)));
    }

    private static ReactionDiffusionProblem problem(TimeFunction factor, List<Sink> sinks) {
        return new ReactionDiffusionProblem(
                Field.constant(GRID, 0.1),
                Medium.of(GRID, new byte[] {1, 1, 1, 1, 1, 1}, new double[2], new double[2]),
                CAPACITY,
                factor,
                sinks,
                new Interval(SimulationTime.ofDays(FROM), SimulationTime.ofDays(TO)),
                StepControl.adaptive(1e-6));
    }

    private static Sink everywhere(TimeFunction rate, double weight) {
        return new Sink(rate, SpatialValue.uniform(weight));
    }

    private static double integral(DoubleUnaryOperator f) {
        return new IterativeLegendreGaussIntegrator(16, 1e-14, 1e-18, 2, 40)
                .integrate(1_000_000, f::applyAsDouble, FROM, TO);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.05", "0.01, 0.2", "0, 2", "1, 2", "0.05, 0.05", "0, 0"})
    void withoutKillTheClosedFormOfTheLogisticEquation(double least, double greatest) {
        Rates rates = new Rates(least, greatest);
        ReactionStep step = new ReactionFlow(problem(SEASON, List.of()), rates).over(FROM, TO);
        double growth = SEASON.integral(FROM, TO);
        for (double rate : new double[] {least, 0.5 * (least + greatest), greatest}) {
            double z = rates.scaled(rate);
            double e = StrictMath.expm1(rate * growth);
            assertThat(PolynomialFit.at(step.exponent(), z))
                    .isCloseTo(e, within(2e-15 * StrictMath.expm1(greatest * growth)));
            assertThat(PolynomialFit.at(step.crowding(), z))
                    .isCloseTo(e / CAPACITY, within(3e-15 * StrictMath.expm1(greatest * growth)));
        }
    }

    /** A second dose within the stretch: the flow over it is that up to the dose followed by that from the dose on, u (1 + E) / (1 + I u). */
    @ParameterizedTest
    @CsvSource({"0, 0.05", "0.01, 0.2", "0, 2", "1, 2", "0.05, 0.05"})
    void acrossADoseTheFlowsBeforeAndAfterIt(double least, double greatest) {
        double dose = 4.125;
        TimeFunction second = decay(2, 9.242, dose);
        TimeFunction doses = new TimeFunction() {
            @Override
            public double at(double day) {
                return FAST.at(day) + (day < dose ? 0 : second.at(day));
            }

            @Override
            public double integral(double from, double to) {
                return FAST.integral(from, to) + (to <= dose ? 0 : second.integral(Math.max(from, dose), to));
            }

            @Override
            public double[] jumps(double from, double to) {
                return from < dose && dose < to ? new double[] {dose} : new double[0];
            }
        };
        Rates rates = new Rates(least, greatest);
        ReactionFlow flow = new ReactionFlow(problem(SEASON, List.of(everywhere(doses, 1))), rates);
        for (double z : new double[] {-1, 0.3, 1}) {
            double whole = react(flow.over(FROM, TO), z, 0.4);
            double parts = react(flow.over(dose, TO), z, react(flow.over(FROM, dose), z, 0.4));
            // What the polynomials round is a part of their largest value.
            assertThat(whole).isCloseTo(parts, within(4e-15 * StrictMath.exp(greatest * SEASON.integral(FROM, TO))));
        }
        assertThat(flow.jumps(FROM, TO)).containsExactly(dose);
    }

    private static double react(ReactionStep step, double z, double u) {
        return u * (1 + PolynomialFit.at(step.exponent(), z)) / (1 + PolynomialFit.at(step.crowding(), z) * u);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.05", "0.01, 0.2", "0, 2", "1, 2", "0.05, 0.05"})
    void withKillTheIntegralsOfBernoulli(double least, double greatest) {
        Rates rates = new Rates(least, greatest);
        ReactionStep step = new ReactionFlow(
                        problem(SEASON, List.of(everywhere(SLOW, 0.5), everywhere(FAST, 1))), rates)
                .over(FROM, TO);
        assertThat(step.first()).isEmpty();
        for (double rate : new double[] {least, 0.3 * least + 0.7 * greatest, greatest}) {
            double z = rates.scaled(rate);
            DoubleUnaryOperator exponent =
                    t -> rate * SEASON.integral(FROM, t) - 0.5 * SLOW.integral(FROM, t) - FAST.integral(FROM, t);
            assertThat(PolynomialFit.at(step.exponent(), z))
                    .isCloseTo(
                            StrictMath.expm1(exponent.applyAsDouble(TO)),
                            within(4e-15 * StrictMath.exp(greatest * SEASON.integral(FROM, TO))));
            double crowding = integral(t -> rate / CAPACITY * SEASON.at(t) * StrictMath.exp(exponent.applyAsDouble(t)));
            assertThat(PolynomialFit.at(step.crowding(), z))
                    .isCloseTo(
                            crowding, within(1e-13 * greatest * StrictMath.exp(greatest * SEASON.integral(FROM, TO))));
        }
    }

    /** A kill rate that is constant beside f = 1: I = rho / (K (rho - k)) (exp((rho - k) t) - 1). */
    @Test
    void withConstantKillTheClosedForm() {
        double kill = 0.3;
        double days = TO - FROM;
        Rates rates = new Rates(0.1, 0.5);
        ReactionStep step = new ReactionFlow(problem(ONE, List.of(everywhere(TimeFunction.constant(0.1), 3))), rates)
                .over(FROM, TO);
        for (double rate : new double[] {0.1, 0.25, 0.5}) {
            double z = rates.scaled(rate);
            double net = (rate - kill) * days;
            assertThat(PolynomialFit.at(step.exponent(), z)).isCloseTo(StrictMath.expm1(net), within(3e-15));
            assertThat(PolynomialFit.at(step.crowding(), z))
                    .isCloseTo(rate / CAPACITY / (rate - kill) * StrictMath.expm1(net), within(5e-15));
        }
    }

    @Test
    void whatDiffersFromPlaceToPlaceIsKeptApartInHalves() {
        Sink placed = new Sink(SLOW, SpatialValue.varying(Field.constant(GRID, 2)));
        ReactionFlow flow = new ReactionFlow(problem(ONE, List.of(everywhere(FAST, 1), placed)), new Rates(0.1, 0.1));
        ReactionStep step = flow.over(FROM, TO);
        double middle = 0.5 * (FROM + TO);
        assertThat(step.first()).containsExactly(SLOW.integral(FROM, middle));
        assertThat(step.second()).containsExactly(SLOW.integral(middle, TO));
        assertThat(flow.weights()).containsExactly(Field.constant(GRID, 2));
        assertThat(step.exponent()[0])
                .isCloseTo(StrictMath.expm1(0.1 * (TO - FROM) - FAST.integral(FROM, TO)), within(1e-15));
    }

    @Test
    void aPlacedRateOfZeroIsNone() {
        Sink placed = new Sink(TimeFunction.constant(0), SpatialValue.varying(Field.constant(GRID, 2)));
        ReactionStep step = new ReactionFlow(problem(ONE, List.of(placed)), new Rates(0.1, 0.1)).over(FROM, TO);
        assertThat(step.first()).isEmpty();
        assertThat(step.second()).isEmpty();
    }

    /** Central differences of order 4: f' = (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / (12 h). */
    private static double difference(DoubleUnaryOperator f, double h) {
        return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h)) - (f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h)))
                / (12 * h);
    }

    @ParameterizedTest
    @CsvSource({"true, 0.02, 0.4", "false, 0.02, 0.4", "true, 0.1, 0.1", "false, 0.1, 0.1"})
    void derivativesByRateAreThoseOfTheCoefficients(boolean killed, double least, double greatest) {
        List<Sink> sinks = killed ? List.of(everywhere(SLOW, 0.5), everywhere(FAST, 1)) : List.of();
        Rates rates = new Rates(least, greatest);
        ReactionStep derivative = new ReactionFlow(problem(SEASON, sinks), rates).byRate(FROM, TO);
        for (double rate : new double[] {least, 0.5 * (least + greatest), greatest}) {
            double z = rates.scaled(rate);
            double e = difference(x -> at(sinks, SEASON, rate + x).exponent()[0], 2e-3);
            double i = difference(x -> at(sinks, SEASON, rate + x).crowding()[0], 2e-3);
            assertThat(PolynomialFit.at(derivative.exponent(), z)).isCloseTo(e, within(1e-9 * e));
            assertThat(PolynomialFit.at(derivative.crowding(), z)).isCloseTo(i, within(1e-9 * i));
        }
    }

    /** Coefficients for one rate. */
    private static ReactionStep at(List<Sink> sinks, TimeFunction factor, double rate) {
        return new ReactionFlow(problem(factor, sinks), new Rates(rate, rate)).over(FROM, TO);
    }

    @Test
    void derivativesAlongATreatmentAreThoseOfTheCoefficients() {
        TimeFunction factorChange = function(t -> -0.3 * Math.cos(t), t -> -0.3 * Math.sin(t));
        TimeFunction rateChange = decay(-0.7, 4, FROM);
        Field place = Field.constant(GRID, 1.5);
        Direction direction = new Direction(
                factorChange, List.of(everywhere(rateChange, -0.6), new Sink(rateChange, SpatialValue.varying(place))));
        List<Sink> sinks = List.of(everywhere(SLOW, 0.5), everywhere(FAST, 1));
        Rates rates = new Rates(0.05, 0.4);
        ReactionStep derivative = new ReactionFlow(problem(SEASON, sinks), rates).along(direction, FROM, TO);
        for (double rate : new double[] {0.05, 0.2, 0.4}) {
            double z = rates.scaled(rate);
            double e = difference(
                    x -> moved(sinks, factorChange, rateChange, x, rate).exponent()[0], 2e-3);
            double i = difference(
                    x -> moved(sinks, factorChange, rateChange, x, rate).crowding()[0], 2e-3);
            assertThat(PolynomialFit.at(derivative.exponent(), z)).isCloseTo(e, within(1e-9 * Math.abs(e)));
            assertThat(PolynomialFit.at(derivative.crowding(), z)).isCloseTo(i, within(1e-9 * Math.abs(i)));
        }
        double middle = 0.5 * (FROM + TO);
        assertThat(derivative.first()).containsExactly(rateChange.integral(FROM, middle));
        assertThat(derivative.second()).containsExactly(rateChange.integral(middle, TO));
        assertThat(ReactionFlow.weights(direction)).containsExactly(place);
    }

    private static ReactionStep moved(
            List<Sink> sinks, TimeFunction factorChange, TimeFunction rateChange, double x, double rate) {
        TimeFunction factor = function(
                t -> SEASON.at(t) + x * factorChange.at(t),
                t -> SEASON.integral(FROM, t) + x * factorChange.integral(FROM, t));
        TimeFunction extra = function(t -> -0.6 * x * rateChange.at(t), t -> -0.6 * x * rateChange.integral(FROM, t));
        List<Sink> all = new ArrayList<>(sinks);
        // With the rest of the killing in one term, which must not be negative in sum over the stretch.
        TimeFunction sum = TimeFunction.sum(List.of(FAST, extra));
        all.set(1, everywhere(sum, 1));
        return at(all, factor, rate);
    }

    @Test
    void refusesIntegralsThatAreNegativeOrNotFinite() {
        for (double bad : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            TimeFunction broken = function(t -> bad, t -> bad * t);
            assertThatThrownBy(() -> at(List.of(everywhere(broken, 1)), ONE, 0.1))
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("kill rate from day 3.25 to day 5.5");
            assertThatThrownBy(() -> at(List.of(), broken, 0.1))
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("proliferation factor from day 3.25 to day 5.5");
        }
    }
}
