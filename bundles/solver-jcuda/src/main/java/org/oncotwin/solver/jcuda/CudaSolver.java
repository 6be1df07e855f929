package org.oncotwin.solver.jcuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.SplittingMethod;
import org.oncotwin.solver.grid.scheme.StepOutcome;
import org.oncotwin.solver.grid.scheme.StepSizeControl;

/**
 * The scheme of the grid solvers on a CUDA device. Problems on one medium are solved together, each with steps of its own, so that each solution is what it is alone.
 */
final class CudaSolver implements ReactionDiffusionSolver, AutoCloseable {

    /** Most problems solved together: with small grids enough to fill a large device, and not too many threads on the host. */
    private static final int MOST_TOGETHER = 64;

    /** Share of the free memory that problems solved together may take; the rest is for coefficients and others. */
    private static final double SHARE_OF_FREE_MEMORY = 0.8;

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            "grid-cuda",
            "Finite volumes, extrapolated splitting, on a CUDA device",
            4,
            true,
            Set.of(SolverKind.REACTION_DIFFUSION),
            Set.of(),
            List.of(
                    "needs an NVIDIA GPU of compute capability 7.5 or later and its driver",
                    "proliferation rates and kill rates must not be negative",
                    "where diffusion has an orientation, couplings may be negative: next to steep fronts density is cut off at 0"),
            List.of(
                    "Strang 1968, SIAM J Numer Anal 5:506-517, https://doi.org/10.1137/0705041",
                    "Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, Springer 1993, section II.9",
                    "Patankar: Numerical Heat Transfer and Fluid Flow, Hemisphere 1980, section 4.2-3"));

    private final CudaProcessor processor;
    private final MediumCache media;
    private int calls;
    private boolean closed;

    /** A solver on a device, which it closes when it is closed. */
    CudaSolver(CudaProcessor processor) {
        this.processor = processor;
        this.media = new MediumCache(processor.context());
    }

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution) {
        return solveAll(List.of(problem), execution).get(0);
    }

    @Override
    public List<ReactionDiffusionSolution> solveAll(List<ReactionDiffusionProblem> problems, Execution execution) {
        enter();
        try {
            Map<Medium, List<Integer>> places = new LinkedHashMap<>();
            for (int n = 0; n < problems.size(); n++) {
                places.computeIfAbsent(problems.get(n).medium(), medium -> new ArrayList<>())
                        .add(n);
            }
            ReactionDiffusionSolution[] solutions = new ReactionDiffusionSolution[problems.size()];
            places.forEach((medium, numbers) -> {
                List<ReactionDiffusionSolution> solved =
                        solveOnOne(medium, numbers.stream().map(problems::get).toList(), execution);
                for (int n = 0; n < solved.size(); n++) {
                    solutions[numbers.get(n)] = solved.get(n);
                }
            });
            return List.of(solutions);
        } catch (CudaException e) {
            throw new SolverException(
                    "the CUDA device " + processor.context().device().describe() + " failed: " + e.getMessage(), e);
        } finally {
            leave();
        }
    }

    private List<ReactionDiffusionSolution> solveOnOne(
            Medium medium, List<ReactionDiffusionProblem> problems, Execution execution) {
        execution.cancellation().check();
        List<ReactionDiffusionSolution> solutions = new ArrayList<>();
        try (MediumCache.Lease lease = media.lease(medium)) {
            List<Question> questions = problems.stream()
                    .map(problem -> Question.of(problem, lease.medium()))
                    .toList();
            int slots = questions.stream()
                    .mapToInt(q -> MemberFields.slots(q.splitting().rows()))
                    .max()
                    .orElseThrow();
            long room = (long) (SHARE_OF_FREE_MEMORY * processor.context().free());
            int weights = questions.stream()
                    .mapToInt(q -> q.flow().weights().size())
                    .max()
                    .orElseThrow();
            long each = DeviceBatch.bytesPerMember(lease.medium(), slots, weights);
            int together = (int) Math.max(1, Math.min(MOST_TOGETHER, room / each));
            for (int from = 0; from < problems.size(); from += together) {
                int to = Math.min(problems.size(), from + together);
                solutions.addAll(solveTogether(lease.medium(), questions.subList(from, to), slots, execution));
            }
        }
        return solutions;
    }

    private List<ReactionDiffusionSolution> solveTogether(
            DeviceMedium medium, List<Question> questions, int slots, Execution execution) {
        Field first = questions.get(0).problem().initial();
        try (DeviceBatch batch =
                DeviceBatch.of(processor, medium, first, questions.size(), slots, execution.cancellation())) {
            Map<Field, Long> weights = batch.writeWeights(questions.stream()
                    .flatMap(question -> question.flow().weights().stream())
                    .toList());
            Lockstep lockstep = new Lockstep(questions.size(), execution.threads(), batch::run);
            List<Member> members = new ArrayList<>();
            for (int n = 0; n < questions.size(); n++) {
                int member = n;
                MemberFields fields = new MemberFields(
                        member,
                        batch,
                        medium.crossesEdges(),
                        questions.get(n),
                        weights,
                        tasks -> lockstep.work(member, tasks));
                members.add(new Member(questions.get(n), fields, execution));
            }
            run(members, lockstep);
            return members.stream().map(Member::solution).toList();
        }
    }

    /** One member alone runs on the thread of the caller. */
    private static void run(List<Member> members, Lockstep lockstep) {
        if (members.size() == 1) {
            lockstep.take(members.get(0));
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(members.size(), CudaSolver::thread);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (Member member : members) {
                ends.add(threads.submit(() -> lockstep.take(member)));
            }
            await(ends);
        } finally {
            threads.shutdown();
        }
    }

    private static Thread thread(Runnable member) {
        Thread thread = new Thread(member, "grid-cuda member");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for all, so that nobody uses the device afterwards, then throws what the first one threw. */
    private static void await(List<Future<?>> ends) {
        Throwable thrown = null;
        boolean interrupted = false;
        for (Future<?> end : ends) {
            boolean ended = false;
            while (!ended) {
                try {
                    end.get();
                    ended = true;
                } catch (ExecutionException e) {
                    thrown = thrown == null ? e.getCause() : thrown;
                    ended = true;
                } catch (InterruptedException e) {
                    // What asks work to stop here is the cancellation.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        } else if (thrown instanceof Error e) {
            throw e;
        }
    }

    /** One problem on its way. */
    private static final class Member implements Runnable {

        private final ReactionDiffusionProblem problem;
        private final double largest;
        private final MemberFields fields;
        private final StepSizeControl steps;
        private StepOutcome outcome;

        Member(Question question, MemberFields fields, Execution execution) {
            this.problem = question.problem();
            this.largest = question.largest();
            this.fields = fields;
            steps = new StepSizeControl(
                    problem,
                    new SplittingMethod(question.splitting(), question.flow(), fields, execution.cancellation()));
        }

        @Override
        public void run() {
            outcome = steps.run();
        }

        ReactionDiffusionSolution solution() {
            double[] density = fields.read();
            return outcome.solution(DESCRIPTION.id(), problem, largest, density, leavesRange(density));
        }

        private boolean leavesRange(double[] density) {
            for (double value : density) {
                if (value < 0 || value > largest) {
                    return true;
                }
            }
            return false;
        }
    }

    private synchronized void enter() {
        if (closed) {
            throw new SolverException("the CUDA solver has been stopped");
        }
        calls++;
    }

    private synchronized void leave() {
        calls--;
        if (closed && calls == 0) {
            release();
        }
    }

    private void release() {
        try {
            media.close();
        } finally {
            processor.close();
        }
    }

    /** Gives the device back once the last call has ended. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (calls == 0) {
                release();
            }
        }
    }
}
