package org.oncotwin.solver.grid;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Field;

/** One solution of one problem in equal steps. Everything is made anew for it; the loop over the steps allocates nothing. */
abstract class Integration {

    /** Steps are counted in an int. */
    private static final double MOST_STEPS = Integer.MAX_VALUE;

    /** Steps that are looked at between two looks at the cancellation. */
    private static final int STEPS_BETWEEN_LOOKS = 1 << 14;

    final ReactionDiffusionProblem problem;
    final Execution execution;
    final Domain domain;
    final Density density;

    private double largest;
    private int steps;
    private final int members;
    private final int[] planes;
    private final double[] largestOfMember;
    private final double[] result;
    private final double start;
    private final double length;

    Integration(ReactionDiffusionProblem problem, Execution execution) {
        this.problem = problem;
        this.execution = execution;
        this.domain = new Domain(problem);
        execution.cancellation().check();
        for (int c : domain.presentClasses()) {
            if (domain.proliferation[c] < 0) {
                throw new SolverException("the proliferation rate of class " + c + " is " + domain.proliferation[c]
                        + " /d; rates of 0 or more can be solved");
            }
        }
        this.density = new Density(domain);
        this.members = Math.min(execution.threads(), domain.nz);
        this.planes = domain.sharePlanes(members);
        this.largestOfMember = new double[members];
        this.result = new double[problem.grid().size()];
        this.start = problem.interval().start().days();
        this.length = problem.interval().days();
    }

    /** Largest u at the start. */
    final double largest() {
        return largest;
    }

    /** Number of steps. */
    final int steps() {
        return steps;
    }

    /** Day at which a step begins. */
    final double dayOf(int step) {
        return start + length * step / steps;
    }

    /** Length of a step in days. */
    final double stepLength() {
        return length / steps;
    }

    final ReactionDiffusionSolution solve(String solver, int evaluationsPerStep) {
        ThreadTeam.run(members, this::work);
        SolverStatistics statistics = new SolverStatistics(
                solver,
                steps,
                0,
                (long) steps * evaluationsPerStep,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                stepLength());
        double[] ends = new double[steps];
        for (int s = 0; s < steps; s++) {
            ends[s] = dayOf(s + 1);
        }
        return new ReactionDiffusionSolution(
                Field.owning(problem.grid(), result), StepSequence.endingAt(ends), statistics);
    }

    private void work(ThreadTeam team, int member) {
        int firstPlane = planes[member];
        int endPlane = planes[member + 1];
        density.allocate(firstPlane, endPlane);
        largestOfMember[member] = density.load(problem.initial(), firstPlane, endPlane, start);
        new Forcing(problem).checkWeights(domain, firstPlane, endPlane, start);
        readDomain(firstPlane, endPlane);
        team.await();
        if (member == 0) {
            execution.cancellation().check();
            largest = Arrays.stream(largestOfMember).max().orElseThrow();
            steps = chooseSteps();
        }
        team.await();
        computeCoefficients(member, members);
        team.await();
        integrate(team, member, members);
        density.store(result, firstPlane, endPlane, start + length);
    }

    /** Boundaries of the planes of each member. */
    final int[] planes() {
        return planes;
    }

    /** The least number of equal steps that keeps the load of each at 1 or less. */
    private int chooseSteps() {
        double wanted = Math.max(1, Math.ceil(load(length, proliferation(start, start + length))));
        if (problem.steps().largestStep().isPresent()) {
            // A step may exceed the largest by rounding, so that ten steps of 0.1 d make a day.
            wanted = Math.max(
                    wanted, Math.ceil(length / problem.steps().largestStep().getAsDouble() * (1 - 1e-12)));
        }
        boolean constant = problem.proliferationFactor()
                .isConstant(problem.proliferationFactor().at(start));
        while (wanted <= MOST_STEPS) {
            steps = (int) wanted;
            double heaviest = constant ? 0 : heaviestLoad();
            // What exceeds 1 by rounding is covered by the margin within the load.
            if (heaviest <= 1 + 1e-9) {
                return steps;
            }
            wanted = Math.max(wanted + 1, Math.ceil(wanted * heaviest));
        }
        throw new SolverException("the interval of " + length + " d would take " + wanted + " steps, more than "
                + (long) MOST_STEPS + "; largest diffusion is " + domain.largestDiffusion()
                + " mm2/d, largest proliferation " + domain.largestProliferation() + " /d, the largest step asked for "
                + (problem.steps().largestStep().isPresent()
                        ? problem.steps().largestStep().getAsDouble() + " d"
                        : "none"));
    }

    private double heaviestLoad() {
        double heaviest = 0;
        for (int s = 0; s < steps; s++) {
            if (s % STEPS_BETWEEN_LOOKS == 0) {
                execution.cancellation().check();
            }
            heaviest = Math.max(heaviest, load(stepLength(), proliferation(dayOf(s), dayOf(s + 1))));
        }
        return heaviest;
    }

    private double proliferation(double from, double to) {
        return Forcing.proliferation(problem.proliferationFactor(), from, to);
    }

    /**
     * How much a step demands of the scheme: at 1 or less, bounds hold and the step is as accurate as promised. Not less for longer steps or more proliferation.
     *
     * @param days length of the step
     * @param proliferation integral of f over the step in days
     */
    abstract double load(double days, double proliferation);

    /** Reads what depends on the domain alone. */
    abstract void readDomain(int firstPlane, int endPlane);

    /** Computes what depends on the length of the steps. */
    abstract void computeCoefficients(int member, int members);

    /** Takes all steps. Member 0 looks at the cancellation. */
    abstract void integrate(ThreadTeam team, int member, int members);
}
