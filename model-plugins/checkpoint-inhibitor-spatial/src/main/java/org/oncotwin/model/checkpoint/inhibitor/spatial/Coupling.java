package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.tumour.immune.TmeEquations;

/**
 * Takes the tumour in space and the immune cells through an interval in which nothing jumps, by waveform relaxation (Lelarasmee, Ruehli and Sangiovanni-Vincentelli 1982) over windows of time: given how
 * the tumour lies in space, the immune cells and the volume follow from ordinary differential equations; given how the immune cells kill, the tumour in space follows from the grid's equation; and so on
 * until neither changes. What goes from the grid to the cells are the numbers of {@link Shape}, not the volume: they depend little on how much is killed, so that few rounds are enough, and one where the
 * tumour is alike everywhere.
 *
 * <p>Windows are as long as a polynomial through five days of the shape, and one of degree twelve of the kill rate, tell it to the tolerance. So the error is controlled wherever an interval begins and
 * ends, and no window is tied to a calendar.
 */
final class Coupling {

    /** Relative tolerance over the horizon if the run asks for none. */
    static final double DEFAULT_RELATIVE_TOLERANCE = 1e-6;

    /** What the rounding of sums over a field and of the solvers allows in a window. */
    private static final double LEAST_TOLERANCE = 1e-11;

    private static final double MOST_TOLERANCE = 1e-6;

    /** Finest that solvers of stiff equations do without thousands of steps. */
    private static final double LEAST_ODE_TOLERANCE = 1e-11;

    private static final double MOST_ODE_TOLERANCE = 1e-8;

    /** Least share of the tolerance that a grid solver is asked for: the rounding of a double allows no less. */
    private static final double LEAST_GRID_TOLERANCE = 1e-14;

    /** Of the tolerance of a window what solver errors and rounds may take, so that interpolation has the rest. */
    private static final double SHARE = 0.1;

    /** What the absolute tolerance of each component is relative to: a relative error of the tumour, a thousand T cells, 1e-3 pmol/L and 1 mm3, less than can be seen. */
    private static final double[] SCALES = {1, 1e3, 1e3, 1e3, 1e-3, 1e-3, 1e-3};

    private static final List<Integer> NEVER_NEGATIVE = List.of(
            ImmuneSystem.EFFECTORS,
            ImmuneSystem.REGULATORY,
            ImmuneSystem.PRESENTING,
            ImmuneSystem.INTERFERON,
            ImmuneSystem.DYING,
            ImmuneSystem.INFLAMED);

    /** Parts of a window between the days on which the shape is taken. */
    private static final int PARTS = 4;

    private static final int MOST_ROUNDS = 10;
    private static final double FIRST_WINDOW = 1;
    private static final double LONGEST_WINDOW = 16;

    /** A window of some milliseconds in which rounds do not meet is not made shorter. */
    private static final long SHORTEST_WINDOW = 10;

    /** Killing of so many powers of e may take as large a part of the tolerance as the whole horizon. */
    private static final double MUCH_KILLED = 100;

    private final TmeEquations equations;
    private final Medium medium;
    private final double capacity;
    private final SpatialValue infiltration;
    private final Acting acting;
    private final RunContext context;
    private final Shape shape;
    private final double relativeTolerance;
    private final double largestVolume;

    /**
     * For an interval.
     *
     * @param capacity largest cellularity
     * @param largestVolume volume of the whole medium at the carrying capacity, in cm3
     * @param infiltration where effectors kill
     */
    Coupling(
            TmeEquations equations,
            Medium medium,
            double capacity,
            double largestVolume,
            SpatialValue infiltration,
            Acting acting,
            RunContext context) {
        this.equations = equations;
        this.medium = medium;
        this.capacity = capacity;
        this.largestVolume = largestVolume;
        this.infiltration = infiltration;
        this.acting = acting;
        this.context = context;
        List<SpatialValue> weights = new ArrayList<>();
        weights.add(infiltration);
        acting.kill().forEach(term -> weights.add(term.weight()));
        this.shape = new Shape(medium, capacity, weights);
        this.relativeTolerance = context.relativeTolerance().orElse(DEFAULT_RELATIVE_TOLERANCE);
    }

    /**
     * Tumour and cells at a time.
     *
     * @param immune as {@link ImmuneSystem} numbers them
     */
    record Point(SimulationTime time, Field cellularity, double[] immune) {}

    /**
     * What became of a window.
     *
     * @param end the point at its end; null if it must be another window
     * @param shape the shape over it
     * @param stop where it must end instead, if that is known
     * @param factor how much longer the next may be, or how much shorter this must be
     */
    private record Attempt(Point end, ShapeCurves shape, SimulationTime stop, double factor) {

        static Attempt tooLong(double factor) {
            return new Attempt(null, null, null, factor);
        }

        static Attempt until(SimulationTime stop) {
            return new Attempt(null, null, stop, 1);
        }
    }

    /** Takes a point to a later time. */
    Point through(Point start, SimulationTime end) {
        Point point = start;
        ShapeCurves before = null;
        SimulationTime stop = null;
        double length = FIRST_WINDOW;
        while (point.time().isBefore(end)) {
            context.cancellation().check();
            if (point.cellularity().sum() == 0) {
                return withoutTumour(point, end);
            }
            Interval window = new Interval(point.time(), stop == null ? windowEnd(point.time(), end, length) : stop);
            Attempt attempt = attempt(point, window, before);
            stop = attempt.stop();
            if (attempt.end() != null) {
                point = attempt.end();
                before = attempt.shape();
                length = Math.min(LONGEST_WINDOW, window.days() * attempt.factor());
            } else if (stop == null) {
                if (window.end().milliseconds() - window.start().milliseconds() <= SHORTEST_WINDOW) {
                    throw new SolverException("from " + window.start() + " to " + window.end()
                            + " tumour and immune cells did not come to agree to a tolerance of "
                            + tolerance(window, 0) + " within " + MOST_ROUNDS + " rounds");
                }
                length = window.days() * attempt.factor();
            }
        }
        return point;
    }

    /** At most so long, in equal parts up to the end, so that no stump is left. */
    private static SimulationTime windowEnd(SimulationTime start, SimulationTime end, double length) {
        long left = end.milliseconds() - start.milliseconds();
        double parts = Math.max(1, Math.ceil(left / (length * SimulationTime.MILLISECONDS_PER_DAY)));
        return start.plusMilliseconds(Math.min(left, Math.max(1, Math.round(left / parts))));
    }

    /** Largest error that a window may add to the logarithm of the volume: its share by length, and more where much is killed in little time. */
    private double tolerance(Interval window, double killed) {
        double share = relativeTolerance * (window.days() / context.horizon().days() + killed / MUCH_KILLED);
        return Math.min(MOST_TOLERANCE, Math.max(LEAST_TOLERANCE, share));
    }

    private Point withoutTumour(Point point, SimulationTime end) {
        Interval rest = new Interval(point.time(), end);
        ImmuneSystem system =
                new ImmuneSystem(equations, acting, null, rest.start().days(), 0, largestVolume);
        return new Point(
                end,
                point.cellularity(),
                cells(solve(system, rest, point.immune()).state()));
    }

    private OdeSolution solve(ImmuneSystem system, Interval window, double[] immune) {
        double relative = Math.min(MOST_ODE_TOLERANCE, Math.max(LEAST_ODE_TOLERANCE, SHARE * tolerance(window, 0)));
        double[] absolute = SCALES.clone();
        for (int n = 0; n < absolute.length; n++) {
            absolute[n] *= relative;
        }
        return context.solvers()
                .solve(OdeProblem.of(system, window, immune, new double[0], new OdeTolerance(relative, absolute))
                        .ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS)
                        .withNonNegative(NEVER_NEGATIVE)
                        .withLargestStep(context.largestStep())
                        .withConditions(system.extinction().stream().toList())
                        .withOutputs(Chebyshev.days(
                                window.start().days(), window.end().days())));
    }

    /** The state at the end of a solution, to start the next from: the logarithm of the volume starts at 0. */
    private static double[] cells(double[] solved) {
        double[] cells = solved.clone();
        cells[ImmuneSystem.TUMOUR] = 0;
        return cells;
    }

    private Attempt attempt(Point start, Interval window, ShapeCurves before) {
        List<SimulationTime> times = times(window);
        double[] days = times.stream().mapToDouble(SimulationTime::days).toArray();
        double[][] numbers = new double[days.length][];
        numbers[0] = shape.of(start.cellularity());
        double volume = volume(start.cellularity());
        ShapeCurves curves = guess(days, numbers[0], before);
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            context.cancellation().check();
            ImmuneSystem system =
                    new ImmuneSystem(equations, acting, curves, window.start().days(), volume, largestVolume);
            OdeSolution solution = solve(system, window, start.immune());
            Optional<SimulationTime> extinction = extinction(window, solution);
            Chebyshev kill = killRate(system, window, solution);
            double tolerance =
                    tolerance(window, kill.integral(days[0], days[days.length - 1]) * numbers[0][Shape.REACH]);
            double unresolved = kill.tail() * window.days() * Math.max(1, numbers[0][Shape.REACH]);
            if (unresolved > tolerance) {
                return Attempt.tooLong(shorter(tolerance / unresolved, Chebyshev.DEGREE));
            }
            List<Field> fields = fields(start.cellularity(), times, kill);
            Field last = fields.get(fields.size() - 1);
            if (last.sum() == 0) {
                // Below the smallest number.
                return extinction
                        .filter(window.end()::isAfter)
                        .map(Attempt::until)
                        .orElseGet(() -> gone(window, solution));
            }
            double[] scales = scales(window, kill, Math.max(volume, volume(last)));
            double change = 0;
            for (int n = 1; n < days.length; n++) {
                numbers[n] = shape.of(fields.get(n - 1));
                change = Math.max(change, difference(numbers[n], curves, days[n], scales));
            }
            double interpolation = interpolation(days, numbers, scales);
            if (interpolation > tolerance) {
                return Attempt.tooLong(shorter(tolerance / interpolation, PARTS));
            }
            curves = new ShapeCurves(days, numbers);
            if (change <= SHARE * tolerance) {
                if (extinction.isPresent()) {
                    return extinction.get().isBefore(window.end())
                            ? Attempt.until(extinction.get())
                            : gone(window, solution);
                }
                double factor = Math.min(
                        longer(tolerance / interpolation, PARTS), longer(tolerance / unresolved, Chebyshev.DEGREE));
                return new Attempt(new Point(window.end(), last, cells(solution.state())), curves, null, factor);
            }
        }
        return Attempt.tooLong(0.5);
    }

    private Attempt gone(Interval window, OdeSolution solution) {
        return new Attempt(
                new Point(window.end(), Field.constant(medium.grid(), 0), cells(solution.state())), null, null, 1);
    }

    private static double shorter(double ratio, int order) {
        return Math.max(0.1, Math.min(0.7, 0.9 * StrictMath.pow(ratio, 1.0 / order)));
    }

    private static double longer(double ratio, int order) {
        return Math.min(2, 0.9 * StrictMath.pow(ratio, 1.0 / order));
    }

    private double volume(Field density) {
        return density.sum() * medium.grid().voxelVolume();
    }

    /** The millisecond in which the tumour falls below the number of cells that make one. */
    private static Optional<SimulationTime> extinction(Interval window, OdeSolution solution) {
        if (solution.crossings().isEmpty()) {
            return Optional.empty();
        }
        double after = solution.crossings().get(0).day() - window.start().days();
        long milliseconds = Math.max(1, (long) Math.ceil(after * SimulationTime.MILLISECONDS_PER_DAY));
        SimulationTime time = window.start().plusMilliseconds(milliseconds);
        return Optional.of(time.isBefore(window.end()) ? time : window.end());
    }

    /** Chebyshev points of a window to the millisecond, each once. */
    private static List<SimulationTime> times(Interval window) {
        long length = window.end().milliseconds() - window.start().milliseconds();
        List<SimulationTime> times = new ArrayList<>();
        for (int n = 0; n <= PARTS; n++) {
            SimulationTime time =
                    window.start().plusMilliseconds(Math.round(length * (1 - StrictMath.cos(Math.PI * n / PARTS)) / 2));
            if (times.isEmpty() || times.get(times.size() - 1).isBefore(time)) {
                times.add(time);
            }
        }
        return times;
    }

    /** What the shape was like before goes on, within a factor of two; without a past it stays as it is. */
    private static ShapeCurves guess(double[] days, double[] atStart, ShapeCurves before) {
        if (before == null) {
            return new ShapeCurves(new double[] {days[0]}, new double[][] {atStart});
        }
        double[][] numbers = new double[days.length][atStart.length];
        for (int n = 0; n < days.length; n++) {
            for (int number = 0; number < atStart.length; number++) {
                double now = atStart[number];
                numbers[n][number] = n == 0 ? now : Math.max(now / 2, Math.min(2 * now, before.at(number, days[n])));
            }
        }
        return new ShapeCurves(days, numbers);
    }

    private static Chebyshev killRate(ImmuneSystem system, Interval window, OdeSolution solution) {
        double from = window.start().days();
        double to = window.end().days();
        double[] days = Chebyshev.days(from, to);
        double[] rates = new double[days.length];
        for (int n = 0; n < days.length; n++) {
            rates[n] = system.killRate(days[n], solution.outputs()[n]);
        }
        return new Chebyshev(from, to, rates);
    }

    /** The density at all times but the first. */
    private List<Field> fields(Field start, List<SimulationTime> times, Chebyshev kill) {
        List<Sink> sinks = new ArrayList<>();
        sinks.add(new Sink(kill, infiltration));
        acting.kill().forEach(term -> sinks.add(new Sink(term.rate(), term.weight())));
        List<Field> fields = new ArrayList<>();
        Field density = start;
        for (int n = 1; n < times.size(); n++) {
            Interval part = new Interval(times.get(n - 1), times.get(n));
            double share =
                    SHARE * relativeTolerance * part.days() / context.horizon().days();
            density = context.solvers()
                    .solve(new ReactionDiffusionProblem(
                            density,
                            medium,
                            capacity,
                            acting.proliferation(),
                            sinks,
                            part,
                            StepControl.adaptive(Math.min(1, Math.max(LEAST_GRID_TOLERANCE, share)))
                                    .atMost(context.largestStep())))
                    .density();
            fields.add(density);
        }
        return fields;
    }

    /** What a change of each number of the shape by 1 does to the logarithm of the volume over a window. */
    private double[] scales(Interval window, Chebyshev kill, double volume) {
        double from = window.start().days();
        double to = window.end().days();
        double[] scales = new double[shape.size()];
        scales[Shape.GROWTH] = acting.proliferation().integral(from, to);
        scales[Shape.CROWDING] = scales[Shape.GROWTH] * volume;
        scales[Shape.REACH] = kill.integral(from, to);
        for (int n = 0; n < acting.kill().size(); n++) {
            KillRate.Term term = acting.kill().get(n);
            scales[Shape.REACH + 1 + n] = term.rate().integral(from, to);
        }
        return scales;
    }

    private static double difference(double[] numbers, ShapeCurves curves, double day, double[] scales) {
        double difference = 0;
        for (int number = 0; number < numbers.length; number++) {
            difference += scales[number] * Math.abs(numbers[number] - curves.at(number, day));
        }
        return difference;
    }

    /** How far the polynomial through all points but the middle one misses that, which is more than the one through all misses the shape. */
    private static double interpolation(double[] days, double[][] numbers, double[] scales) {
        int middle = days.length / 2;
        if (middle == 0 || middle == days.length - 1) {
            return 0;
        }
        double[] others = new double[days.length - 1];
        double[][] known = new double[days.length - 1][];
        for (int n = 0; n < others.length; n++) {
            others[n] = days[n < middle ? n : n + 1];
            known[n] = numbers[n < middle ? n : n + 1];
        }
        return difference(numbers[middle], new ShapeCurves(others, known), days[middle], scales);
    }
}
