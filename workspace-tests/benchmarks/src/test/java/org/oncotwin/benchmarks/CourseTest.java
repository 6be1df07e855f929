package org.oncotwin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.solver.grid.GridSolver;
import org.oncotwin.solver.grid.KernelProblem;

/** The benchmarks on a grid so small that they take a moment: they still run, and what they time is what they say. */
class CourseTest {

    private final BrainProblem problem = small();

    private static BrainProblem small() {
        Grid grid = new Grid(9, 8, 7, Affine.scaling(2, 2, 3));
        byte[] classes = new byte[grid.size()];
        double[] u = new double[grid.size()];
        for (int index = 0; index < classes.length; index++) {
            int i = index % grid.nx();
            classes[index] = (byte) (index < 20 ? 0 : i < 4 ? 1 : 2);
            u[index] = classes[index] == 0 ? 0 : 0.6 / (1 + i);
        }
        return new BrainProblem("small", grid, classes, Field.owning(grid, u));
    }

    private CourseRun.Outcome run(double tolerance) {
        Medium medium = problem.medium();
        return new CourseRun(new GridSolver(), tolerance, Execution.sequential())
                .one(problem.initial(), new CourseRun.Member(medium, GliomaCourse.drug(GliomaCourse.SENSITIVITY)));
    }

    @Test
    void courseConverges() {
        double exact = run(1e-8).density().sum();
        CourseRun.Outcome loose = run(1e-3);
        assertThat(loose.density().sum() / exact).isCloseTo(1, within(1e-3));
        assertThat(loose.sweeps()).isGreaterThan(GliomaCourse.stops().size());
        assertThat(exact).isLessThan(problem.voxels());
    }

    @Test
    void engineRunsTheSameCourse() {
        assertThat(new EngineRun(problem, new GridSolver(), 1e-3).run(1))
                .isEqualTo(run(1e-3).density());
    }

    @Test
    void scheduleIsThatOfThePaper() {
        List<Double> fractions = GliomaCourse.fractions();
        assertThat(fractions).hasSize(30);
        assertThat(fractions.get(0)).isEqualTo(26.5);
        assertThat(fractions.get(29)).isEqualTo(65.5);
        assertThat(GliomaCourse.drug(1).days()).hasSize(49 + 25);
    }

    @Test
    void rateIsTheDerivativeOfItsIntegral() {
        Doses doses = GliomaCourse.drug(GliomaCourse.SENSITIVITY);
        for (double day : new double[] {26.4, 60.1, 74.9, 134}) {
            double slope = (doses.integral(0, day + 1e-5) - doses.integral(0, day - 1e-5)) / 2e-5;
            assertThat(slope).isCloseTo(doses.at(day), within(1e-8));
        }
    }

    @Test
    void ensembleGivesTheFieldsOfSingleRuns() {
        Medium medium = problem.medium();
        List<CourseRun.Member> members = List.of(
                new CourseRun.Member(medium, GliomaCourse.drug(0.1)),
                new CourseRun.Member(medium, GliomaCourse.drug(0.3)));
        CourseRun course = new CourseRun(new GridSolver(), 1e-3, Execution.sequential());
        assertThat(course.all(problem.initial(), members))
                .containsExactly(
                        course.one(problem.initial(), members.get(0)).density(),
                        course.one(problem.initial(), members.get(1)).density());
    }

    @Test
    void problemsAreReadAsTheyWereWritten(@TempDir Path folder) throws IOException {
        problem.write(folder);
        BrainProblem read = BrainProblem.read(folder, problem.name());
        assertThat(read.initial()).isEqualTo(problem.initial());
        assertThat(read.classes()).containsExactly(problem.classes());
    }

    @Test
    void kernelsRun() {
        try (KernelProblem kernels = new KernelProblem(
                GliomaCourse.problem(
                        problem.initial(), problem.medium(), GliomaCourse.drug(0.2), 0, GliomaCourse.DAYS, 1e-3),
                2)) {
            kernels.sweep();
            kernels.substep();
            assertThat(kernels.swept()).isGreaterThanOrEqualTo(problem.voxels());
        }
    }
}
