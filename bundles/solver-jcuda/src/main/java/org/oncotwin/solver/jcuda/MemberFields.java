package org.oncotwin.solver.jcuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial.Stage;
import org.oncotwin.solver.grid.scheme.FieldOperations;
import org.oncotwin.solver.grid.scheme.ReactionStep;

/**
 * The fields of one member of a batch. Tasks are noted down until sums are asked for, then they are all done. Fields are not copied: each task reads some slots of the device
 * and writes to a free one, and what a slot is changes.
 */
final class MemberFields implements FieldOperations {

    private static final int NONE = -1;

    private final int member;
    private final DeviceBatch batch;
    private final boolean crossesEdges;
    private final long[] weights;
    private final Function<List<Task>, Sums> work;
    private final List<Task> tasks = new ArrayList<>();
    private final int[] rows;
    private int accepted;
    private int working = NONE;
    private int candidate = NONE;

    /**
     * The fields of a member; the initial one is accepted.
     *
     * @param weights where weights of sinks stand on the device
     * @param work does tasks of which the last is a combination, and returns its sums
     */
    MemberFields(
            int member,
            DeviceBatch batch,
            boolean crossesEdges,
            Question question,
            Map<Field, Long> weights,
            Function<List<Task>, Sums> work) {
        this.member = member;
        this.batch = batch;
        this.crossesEdges = crossesEdges;
        this.weights =
                question.flow().weights().stream().mapToLong(weights::get).toArray();
        this.work = work;
        rows = new int[question.splitting().rows()];
        Arrays.fill(rows, NONE);
        batch.write(member, accepted, question.problem().initial());
    }

    /** Slots that an extrapolation table needs: the accepted field, rows but the last, and three for the diffusion of the last. */
    static int slots(int rows) {
        return 1 + (rows - 1) + 3;
    }

    /** The accepted field. */
    Field read() {
        return batch.read(member, accepted);
    }

    @Override
    public void begin() {
        working = accepted;
    }

    @Override
    public void react(ReactionStep reaction) {
        int to = free(NONE);
        note(KernelName.REACT, terms(reaction), at(working), at(to));
        working = to;
    }

    @Override
    public void diffuse(DiffusionPolynomial diffusion) {
        diffuse(diffusion, new double[0]);
    }

    @Override
    public void diffuseAndReact(DiffusionPolynomial diffusion, ReactionStep reaction) {
        if (diffusion.stages().isEmpty()) {
            react(reaction);
        } else {
            diffuse(diffusion, terms(reaction));
        }
    }

    private void diffuse(DiffusionPolynomial diffusion, double[] reaction) {
        if (diffusion.stages().isEmpty()) {
            return;
        }
        KernelName plain = crossesEdges ? KernelName.STAGE9 : KernelName.STAGE3;
        KernelName reacting = crossesEdges ? KernelName.STAGE9_REACT : KernelName.STAGE3_REACT;
        for (int part = 1; part <= diffusion.parts(); part++) {
            int last = working;
            int lastButOne = working;
            int stages = diffusion.stages().size();
            for (int s = 0; s < stages; s++) {
                boolean reacts = reaction.length > 0 && part == diffusion.parts() && s == stages - 1;
                Stage stage = diffusion.stages().get(s);
                // From the third stage on a field is written where the one before the last stands: each voxel needs
                // only itself of it.
                int to = s < 2 ? free(last) : lastButOne;
                note(
                        reacts ? reacting : plain,
                        reacts ? reaction : new double[0],
                        stage.ofStart(),
                        stage.ofLast(),
                        stage.ofOperator(),
                        stage.ofLastButOne(),
                        at(working),
                        at(last),
                        at(lastButOne),
                        at(to));
                lastButOne = last;
                last = to;
            }
            working = last;
        }
    }

    @Override
    public void keep(int row) {
        rows[row] = working;
    }

    @Override
    public double combine(double[] best, double[] lower, double largest) {
        int to = free(NONE);
        double[] terms = new double[3 * best.length];
        for (int row = 0; row < best.length; row++) {
            terms[3 * row] = at(rows[row]);
            terms[3 * row + 1] = best[row];
            terms[3 * row + 2] = lower[row];
        }
        note(KernelName.COMBINE, terms, best.length, at(to), largest, member);
        Sums sums = work.apply(List.copyOf(tasks));
        tasks.clear();
        Arrays.fill(rows, NONE);
        working = NONE;
        candidate = to;
        return sums.ratio();
    }

    @Override
    public void accept() {
        accepted = candidate;
        candidate = NONE;
    }

    private void note(KernelName kernel, double[] terms, double... record) {
        tasks.add(new Task(kernel, record, terms));
    }

    private double at(int slot) {
        return batch.offset(member, slot);
    }

    /** A slot that holds nothing that is still needed: neither what is kept nor the one given. A candidate that was not accepted is not needed once a new step begins. */
    private int free(int other) {
        for (int slot = 0; slot < slots(rows.length); slot++) {
            boolean row = false;
            for (int kept : rows) {
                row |= kept == slot;
            }
            if (!row && slot != accepted && slot != working && slot != other) {
                return slot;
            }
        }
        throw new IllegalStateException("all " + slots(rows.length) + " fields are in use");
    }

    /** A reaction as the kernels read it. */
    private double[] terms(ReactionStep reaction) {
        int sinks = Math.max(reaction.first().length, reaction.second().length);
        NumberTable terms = new NumberTable();
        terms.add(reaction.exponent().length, reaction.crowding().length, sinks);
        terms.add(reaction.exponent());
        terms.add(reaction.crowding());
        for (int s = 0; s < sinks; s++) {
            terms.add(
                    s < reaction.first().length ? reaction.first()[s] : 0,
                    s < reaction.second().length ? reaction.second()[s] : 0,
                    weights[s]);
        }
        return Arrays.copyOf(terms.array(), terms.length());
    }
}
