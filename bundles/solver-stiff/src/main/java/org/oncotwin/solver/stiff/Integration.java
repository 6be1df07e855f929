package org.oncotwin.solver.stiff;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolution.End;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;

/**
 * Problems of one system on their way to their solutions, one after the other, in the same memory: a step takes none. Nothing of a problem, nor of a segment between two
 * events, is left when the next one begins.
 */
final class Integration {

    /** Smallest relative tolerance; below it rounding in eight linear systems is larger than the error asked for. */
    static final double SMALLEST_TOLERANCE = 1e-13;

    /** Most steps between two events, accepted or not: a hundred times what stiff models need. */
    static final int MOST_STEPS = 200_000;

    /** Relative tolerance from which a Jacobian of 8 digits does not show. */
    private static final double COARSE_TOLERANCE = 1e-6;

    /** Shortest step as a part of the segment; a solution that needs shorter ones has a singularity. */
    private static final double SHORTEST_PART = 1e-40;

    /** First step, as a part of the segment, where nothing can be guessed. */
    private static final double CAUTIOUS_PART = 1e-6;

    /** Rates of change above this are as good as without bound. */
    private static final double LARGEST_RATE = 1e290;

    /** What a step may be longer than planned to reach the end of the segment. */
    private static final double STRETCH = 1.0001;

    private static final double[][] NONE = {};

    private final OdeSystem system;
    private final List<Integer> nonNegative;
    private final int n;
    private final Equations equations;
    private final LinearEquations matrix;
    private final Sensitivities sensitivities;
    private final Step step;
    private final StepLengths lengths = new StepLengths();
    private final ConservedSums sums;
    private final Changes changes;
    private final double[] scales;
    private final double[] trial;
    private final double[] trialSlope;

    private OdeProblem problem;
    private OdeTolerance tolerance;
    private double[] outputs;
    private double[][] outputStates;
    private double[][][] outputDerivatives;
    private int nextOutput;
    private Crossings crossings;
    private StoredTrajectory.Builder trajectory;
    private boolean coarse;
    private double largest;
    private double segmentDay;
    private double segmentDays;
    private double segmentEndDay;
    /** Time since the start of the segment. */
    private double elapsed;

    /** Length of the latest accepted step. */
    private double lastLength;

    private long accepted;
    private long rejected;
    /** Steps, accepted or not, before the segment. */
    private long before;

    private double longest;

    Integration(OdeProblem first) {
        this.system = first.system();
        this.nonNegative = first.nonNegative();
        this.n = system.dimension();
        if (n == 0) {
            throw new SolverException("a system without equations cannot be solved");
        }
        this.equations = new Equations(system);
        this.matrix = chooseMatrix();
        this.sensitivities = new Sensitivities(
                equations, n, system.parameters(), first.directions().size());
        this.step = new Step(equations, matrix, sensitivities, n);
        this.sums = new ConservedSums(equations, n, nonNegative);
        this.changes = new Changes(equations, n, system.parameters());
        this.scales = new double[n];
        this.trial = new double[n];
        this.trialSlope = new double[n];
    }

    /**
     * Full elimination unless a sparse one takes less than half of the multiplications: measured with 10 to 200 equations, from there on it is faster, however much the
     * full one gains from rows next to each other.
     */
    private LinearEquations chooseMatrix() {
        if (equations.pattern().isFull()) {
            return new DenseEquations(equations.pattern());
        }
        EliminationOrder order = EliminationOrder.of(equations.pattern());
        boolean sparse = 2 * order.multiplications() < (double) n * n * n / 3;
        return sparse
                ? new SparseEquations(equations.pattern(), order.columns())
                : new DenseEquations(equations.pattern());
    }

    /** True if a problem fits the memory. */
    boolean fits(OdeProblem other) {
        return other.system() == system
                && other.directions().size() == sensitivities.count()
                && other.nonNegative().equals(nonNegative);
    }

    OdeSolution solve(OdeProblem asked, Cancellation cancellation) {
        begin(asked, cancellation);
        List<OdeEvent> events = problem.events();
        SimulationTime from = problem.interval().start();
        int next = 0;
        End end = null;
        while (end == null) {
            while (next < events.size() && events.get(next).time().equals(from)) {
                happen(events.get(next), from.days());
                next++;
            }
            boolean isLast = next == events.size();
            SimulationTime to =
                    isLast ? problem.interval().end() : events.get(next).time();
            segmentDay = from.days();
            segmentEndDay = to.days();
            segmentDays = (double) (to.milliseconds() - from.milliseconds()) / SimulationTime.MILLISECONDS_PER_DAY;
            equations.segment(segmentDay, segmentEndDay);
            end = segment(isLast);
            if (end == null && isLast) {
                end = End.INTERVAL;
            }
            from = to;
        }
        double day = end == End.INTERVAL ? problem.interval().end().days() : equations.day(elapsed);
        while (nextOutput < outputs.length && outputs[nextOutput] <= day) {
            writeOutput(step.start, -1);
        }
        return solution(day, end);
    }

    private void begin(OdeProblem asked, Cancellation cancellation) {
        problem = asked;
        tolerance = asked.tolerance();
        double[] parameters = asked.parameters();
        equations.begin(cancellation, parameters);
        System.arraycopy(asked.initial(), 0, step.start, 0, n);
        if (tolerance.relative() < SMALLEST_TOLERANCE) {
            throw new SolverException("a relative tolerance of " + tolerance.relative()
                    + " is finer than this solver can do; the smallest allowed is " + SMALLEST_TOLERANCE);
        }
        double startDay = asked.interval().start().days();
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(step.start[i])) {
                throw new SolverException(
                        "at day " + startDay + " the initial " + system.name(i) + " is " + step.start[i]);
            }
        }
        for (int k = 0; k < parameters.length; k++) {
            if (!Double.isFinite(parameters[k])) {
                throw new SolverException("at day " + startDay + " parameter " + k + " is " + parameters[k]);
            }
        }
        for (int d = 0; d < sensitivities.count(); d++) {
            OdeDirection direction = asked.directions().get(d);
            System.arraycopy(direction.initial(), 0, sensitivities.start[d], 0, n);
            System.arraycopy(direction.parameters(), 0, sensitivities.parameterDirections[d], 0, parameters.length);
        }
        outputs = asked.outputs();
        outputStates = new double[outputs.length][];
        outputDerivatives = new double[outputs.length][][];
        nextOutput = 0;
        crossings = new Crossings(asked.conditions(), equations, sums, n);
        trajectory = asked.continuous() ? new StoredTrajectory.Builder() : null;
        coarse = tolerance.relative() >= COARSE_TOLERANCE && sensitivities.count() == 0;
        largest = asked.largestStep().orElse(Double.POSITIVE_INFINITY);
        accepted = 0;
        rejected = 0;
        longest = 0;
    }

    private void happen(OdeEvent event, double day) {
        for (int d = 0; d < sensitivities.count(); d++) {
            changes.differentiate(
                    event.change(), day, 0, step.start, sensitivities.start[d], sensitivities.parameterDirections[d]);
        }
        changes.apply(event.change(), day, step.start, "an event");
    }

    /** From the start of a segment to its end, or to where the solution ends. */
    private End segment(boolean isLast) {
        elapsed = 0;
        before = accepted + rejected;
        // What was asked for at the time of an event is the state after it.
        while (nextOutput < outputs.length && outputs[nextOutput] <= segmentDay) {
            writeOutput(step.start, -1);
        }
        while (true) {
            double length = startAnew();
            double part = Double.NaN;
            while (elapsed < segmentDays && Double.isNaN(part)) {
                double from = elapsed;
                double suggested = advance(length);
                double taken = lastLength;
                part = crossings.search(from, taken, step);
                if (trajectory != null) {
                    trajectory.add(equations.day(from), segmentDay, from, taken, step);
                }
                if (!Double.isNaN(part)) {
                    elapsed = from + part * taken;
                }
                writeOutputsWithin(from, taken, part);
                if (Double.isNaN(part)) {
                    proceed();
                    if (isLast && isSteady()) {
                        keepTrajectory();
                        return End.STEADY_STATE;
                    }
                    length = suggested;
                }
            }
            keepTrajectory();
            if (Double.isNaN(part)) {
                return null;
            }
            if (act(part)) {
                return End.CONDITION;
            }
            while (nextOutput < outputs.length
                    && outputs[nextOutput] - segmentDay <= elapsed
                    && outputs[nextOutput] < segmentEndDay) {
                writeOutput(step.start, -1);
            }
            if (elapsed >= segmentDays) {
                return null;
            }
        }
    }

    private void keepTrajectory() {
        if (trajectory != null) {
            trajectory.keep(sums);
        }
    }

    /** Starts at a state of which nothing is known. */
    private double startAnew() {
        matrix.startAnew();
        lengths.startAnew();
        equations.forgetFault();
        slopeAtStart();
        sums.segment(step.start, segmentDays);
        sums.keep(step.start);
        sensitivities.segment(step.start, tolerance);
        crossings.startAnew(equations.day(elapsed), step.start);
        double length = firstLength();
        jacobianAtStart(length);
        sensitivities.step();
        return length;
    }

    private void slopeAtStart() {
        if (!equations.derivatives(elapsed, step.start, step.slope)) {
            throw new SolverException(equations.fault() + "; no step can start there");
        }
    }

    private void jacobianAtStart(double length) {
        double most = 0;
        for (int i = 0; i < n; i++) {
            scales[i] = Math.max(
                    Math.max(Math.abs(step.start[i]), Math.abs(length * step.slope[i])), tolerance.absolute(i));
            most = Math.max(most, scales[i]);
        }
        for (int i = 0; i < n; i++) {
            if (scales[i] == 0) {
                scales[i] = most == 0 ? 1 : tolerance.relative() * most;
            }
        }
        if (!equations.jacobian(elapsed, step.start, step.slope, scales, coarse, step.jacobian)) {
            throw new SolverException(equations.fault());
        }
        sums.check(step.start, step.slope, step.jacobian);
    }

    /** Hairer, Norsett and Wanner 1993, section II.4: so that an explicit Euler step would have a small error. */
    private double firstLength() {
        double size = 0;
        double speed = 0;
        for (int i = 0; i < n; i++) {
            double allowed = tolerance.absolute(i) + tolerance.relative() * Math.abs(step.start[i]);
            size = Math.max(size, Step.share(step.start[i], allowed));
            speed = Math.max(speed, Step.share(step.slope[i], allowed));
        }
        double rest = segmentDays - elapsed;
        double euler = size < 1e-5 || speed < 1e-5 ? CAUTIOUS_PART * rest : Math.min(0.01 * size / speed, rest);
        for (int i = 0; i < n; i++) {
            trial[i] = step.start[i] + euler * step.slope[i];
        }
        double bend = 0;
        if (equations.derivatives(elapsed + euler, trial, trialSlope)) {
            for (int i = 0; i < n; i++) {
                double allowed = tolerance.absolute(i) + tolerance.relative() * Math.abs(step.start[i]);
                bend = Math.max(bend, Step.share(trialSlope[i] - step.slope[i], allowed) / euler);
            }
        } else {
            equations.forgetFault();
            bend = Double.POSITIVE_INFINITY;
        }
        double fastest = Math.max(speed, bend);
        double guess = fastest <= 1e-15
                ? Math.max(CAUTIOUS_PART * rest, 1e-3 * euler)
                : StepLengths.fifthRoot(0.01 / Math.min(fastest, LARGEST_RATE));
        guess = Math.min(100 * euler, guess);
        if (!(guess > 0)) {
            guess = 1e-3 * euler;
        }
        return Math.min(guess, Math.min(rest, largest));
    }

    /**
     * Takes one step that is good enough, and says how long the next one should be.
     *
     * @param suggested length to try first
     */
    private double advance(double suggested) {
        double wish = suggested;
        boolean failed = false;
        while (true) {
            if (accepted + rejected - before >= MOST_STEPS) {
                throw new SolverException("at day " + equations.day(elapsed) + " " + MOST_STEPS
                        + " steps had been taken since day " + segmentDay + ", the most allowed, towards day "
                        + segmentEndDay + "; the latest step was " + lastLength + " d long, and "
                        + hardest() + " is the hardest to follow");
            }
            double rest = segmentDays - elapsed;
            boolean toEnd = wish * STRETCH >= rest && rest <= largest;
            double length = toEnd ? rest : wish < rest && rest < 2 * wish ? 0.5 * rest : wish;
            if (!toEnd && length < shortest()) {
                throw new SolverException(tooShort(length));
            }
            if (!step.attempt(elapsed, length)) {
                rejected++;
                failed = true;
                wish = lengths.afterFailed(length);
                continue;
            }
            double error = step.error(tolerance);
            if (error <= 1 && sums.restore(step.end, step, tolerance) > 1) {
                rejected++;
                wish = lengths.afterFailed(length);
                continue;
            }
            if (!(error <= 1)) {
                rejected++;
                wish = Double.isFinite(error) ? lengths.afterRejected(length, error) : lengths.afterFailed(length);
                continue;
            }
            if (!failed) {
                // One after a step that could not be computed may only be as far as one can go.
                equations.forgetFault();
            }
            accepted++;
            longest = Math.max(longest, length);
            lastLength = length;
            elapsed = toEnd ? segmentDays : elapsed + length;
            return Math.min(lengths.afterAccepted(length, error), largest);
        }
    }

    private double shortest() {
        return Math.max(8 * Math.ulp(elapsed), SHORTEST_PART * segmentDays);
    }

    private String tooShort(double length) {
        String what = "the step becomes " + length + " d, shorter than " + shortest() + " d, the shortest allowed";
        if (equations.hasFault()) {
            return equations.fault() + "; " + what;
        }
        return "at day " + equations.day(elapsed) + " " + what + "; " + hardest()
                + " is the hardest to follow. The solution may have no value beyond this time, or the right-hand side jumps";
    }

    private String hardest() {
        int component = step.hardest(tolerance);
        return system.name(component) + " (" + step.start[component] + ")";
    }

    /** The end of the latest step is the start of the next. */
    private void proceed() {
        System.arraycopy(step.end, 0, step.start, 0, n);
        sensitivities.advance();
        sensitivities.step();
        if (elapsed < segmentDays || problem.steadyState().isPresent()) {
            slopeAtStart();
        }
        if (elapsed < segmentDays) {
            jacobianAtStart(lastLength);
        }
    }

    private boolean isSteady() {
        OptionalDouble rate = problem.steadyState();
        if (rate.isEmpty()) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            double size = Math.abs(step.start[i]) + tolerance.absolute(i) / tolerance.relative();
            if (Math.abs(step.slope[i]) > rate.getAsDouble() * size) {
                return false;
            }
        }
        return true;
    }

    /**
     * Does what the conditions that are met ask for.
     *
     * @param part part of the latest step at which they are met
     * @return true if the solution ends
     */
    private boolean act(double part) {
        step.at(part, trial);
        sums.restoreBetween(trial, part, step.start, step.end);
        double day = equations.day(elapsed);
        double[] delays = new double[sensitivities.count()];
        if (sensitivities.count() > 0) {
            if (!equations.derivatives(elapsed, trial, trialSlope)) {
                throw new SolverException(equations.fault());
            }
            for (int d = 0; d < delays.length; d++) {
                sensitivities.at(part, d, sensitivities.end[d]);
                delays[d] = delay(part, d, day);
                for (int i = 0; i < n; i++) {
                    sensitivities.start[d][i] = sensitivities.end[d][i] + trialSlope[i] * delays[d];
                }
            }
        }
        System.arraycopy(trial, 0, step.start, 0, n);
        boolean ends = false;
        for (int c = 0; c < crossings.size(); c++) {
            if (crossings.actsAt(c, part)) {
                OdeCondition condition = crossings.condition(c);
                ends |= condition.ends();
                if (condition.change().isPresent()) {
                    for (int d = 0; d < delays.length; d++) {
                        changes.differentiate(
                                condition.change().get(),
                                day,
                                delays[d],
                                step.start,
                                sensitivities.start[d],
                                sensitivities.parameterDirections[d]);
                    }
                    changes.apply(
                            condition.change().get(), day, step.start, "the condition '" + condition.name() + "'");
                }
            }
        }
        if (!ends && delays.length > 0) {
            // From here the solution runs with the new equations, and has done so for longer if the condition was met
            // earlier.
            slopeAtStart();
            for (int d = 0; d < delays.length; d++) {
                for (int i = 0; i < n; i++) {
                    sensitivities.start[d][i] -= step.slope[i] * delays[d];
                }
            }
        }
        return ends;
    }

    private double delay(double part, int d, double day) {
        for (int c = 0; c < crossings.size(); c++) {
            if (crossings.actsAt(c, part)) {
                return changes.delay(
                        crossings,
                        c,
                        day,
                        trial,
                        trialSlope,
                        sensitivities.end[d],
                        sensitivities.parameterDirections[d]);
            }
        }
        throw new IllegalStateException("no condition acts");
    }

    /** Writes the outputs in a step, up to where a condition acts. */
    private void writeOutputsWithin(double from, double taken, double part) {
        while (nextOutput < outputs.length) {
            double since = outputs[nextOutput] - segmentDay;
            boolean within = Double.isNaN(part)
                    ? outputs[nextOutput] < segmentEndDay && (since <= elapsed || elapsed >= segmentDays)
                    : since < elapsed;
            if (!within) {
                return;
            }
            double at = Math.max(0, Math.min(1, (since - from) / taken));
            step.at(at, trial);
            sums.restoreBetween(trial, at, step.start, step.end);
            writeOutput(trial, at);
        }
    }

    /** Writes the next output. The part of the latest step is for derivatives; if it is below 0, they are those at the start of the next one. */
    private void writeOutput(double[] state, double part) {
        outputStates[nextOutput] = state.clone();
        double[][] derivatives = new double[sensitivities.count()][n];
        for (int d = 0; d < derivatives.length; d++) {
            if (part < 0) {
                System.arraycopy(sensitivities.start[d], 0, derivatives[d], 0, n);
            } else {
                sensitivities.at(part, d, derivatives[d]);
            }
        }
        outputDerivatives[nextOutput] = derivatives;
        nextOutput++;
    }

    private OdeSolution solution(double day, End end) {
        double[] state = step.start.clone();
        double[][] derivatives = sensitivities.count() == 0 ? NONE : new double[sensitivities.count()][];
        for (int d = 0; d < derivatives.length; d++) {
            derivatives[d] = sensitivities.start[d].clone();
        }
        Optional<StoredTrajectory.Builder> stored = Optional.ofNullable(trajectory);
        OdeSolution solution = new OdeSolution(
                day,
                end,
                state,
                equations.parameters(),
                Arrays.copyOf(outputStates, nextOutput),
                derivatives,
                Arrays.copyOf(outputDerivatives, nextOutput),
                crossings.found(),
                stored.map(builder -> builder.build(problem.interval().start().days(), day, state.clone())),
                new SolverStatistics(
                        RosenbrockSolver.ID,
                        accepted,
                        rejected,
                        equations.evaluations(),
                        OptionalDouble.of(tolerance.relative()),
                        OptionalDouble.empty(),
                        longest));
        problem = null;
        crossings = null;
        trajectory = null;
        return solution;
    }
}
