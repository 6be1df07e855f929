package org.oncotwin.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.TimeFunction;

/** Takes fields through the course, from stop to stop. */
final class CourseRun {

    private final ReactionDiffusionSolver solver;
    private final double tolerance;
    private final Execution execution;

    /** Runs with a relative tolerance for the whole course. */
    CourseRun(ReactionDiffusionSolver solver, double tolerance, Execution execution) {
        this.solver = solver;
        this.tolerance = tolerance;
        this.execution = execution;
    }

    /**
     * A patient of an ensemble.
     *
     * @param medium where and how fast the tumour grows
     * @param killRate what the drug does
     */
    record Member(Medium medium, TimeFunction killRate) {}

    /**
     * What came out.
     *
     * @param density at the end
     * @param steps accepted steps
     * @param rejected steps tried in vain
     * @param sweeps applications of the diffusion operator
     * @param error sum of the stated relative errors
     */
    record Outcome(Field density, long steps, long rejected, long sweeps, double error) {}

    /** One patient. */
    Outcome one(Field initial, Member member) {
        Field u = initial;
        double day = 0;
        long steps = 0;
        long rejected = 0;
        long sweeps = 0;
        double error = 0;
        List<Double> fractions = GliomaCourse.fractions();
        for (double stop : GliomaCourse.stops()) {
            ReactionDiffusionSolution solution = solver.solve(
                    GliomaCourse.problem(u, member.medium(), member.killRate(), day, stop, tolerance), execution);
            SolverStatistics s = solution.statistics();
            steps += s.steps();
            rejected += s.rejectedSteps();
            sweeps += s.evaluations();
            error += s.error().orElse(Double.NaN);
            u = fractions.contains(stop) ? GliomaCourse.irradiated(solution.density()) : solution.density();
            day = stop;
        }
        return new Outcome(u, steps, rejected, sweeps, error);
    }

    /** Several patients side by side. */
    List<Field> all(Field initial, List<Member> members) {
        List<Field> fields = new ArrayList<>();
        members.forEach(m -> fields.add(initial));
        double day = 0;
        List<Double> fractions = GliomaCourse.fractions();
        for (double stop : GliomaCourse.stops()) {
            List<ReactionDiffusionProblem> problems = new ArrayList<>();
            for (int m = 0; m < members.size(); m++) {
                problems.add(GliomaCourse.problem(
                        fields.get(m), members.get(m).medium(), members.get(m).killRate(), day, stop, tolerance));
            }
            List<ReactionDiffusionSolution> solutions = solver.solveAll(problems, execution);
            for (int m = 0; m < members.size(); m++) {
                Field u = solutions.get(m).density();
                fields.set(m, fractions.contains(stop) ? GliomaCourse.irradiated(u) : u);
            }
            day = stop;
        }
        return fields;
    }
}
