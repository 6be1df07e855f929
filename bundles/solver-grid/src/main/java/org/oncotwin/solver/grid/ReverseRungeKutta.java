package org.oncotwin.solver.grid;

import java.util.function.Consumer;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.scheme.InteractionPicture;
import org.oncotwin.solver.grid.scheme.ReactionStep;
import org.oncotwin.solver.grid.scheme.RungeKutta;

/**
 * Runge-Kutta steps in the interaction picture backwards. With densities U_i = phi_i(y_i), y_i = u + h sum a_ij k_j, slopes k_i = G_i A U_i and the result phi(w), w = u + h sum
 * b_j k_j, a derivative l with respect to the result goes back by
 *
 * <pre>l_w = phi'(w) l;  for i from the last stage: m_i = G_i (h b_i l_w + h sum a_ji l_yj),  l_Ui = A m_i + (dG_i/dU) k_i m_i / G_i^2,  l_yi = phi_i'(y_i) l_Ui
 * l_u = l_w + sum l_yi</pre>
 *
 * for A is symmetric, and phi_i' = 1 / G_i. With g = 1 + E, d = g - I U and p = k m d / g the second term is 2 I p, the derivative by E (l_U U - p (g + I U)) / g and that by I
 * U (2 p - l_U U / g). One sweep per stage does all that belongs to it and prepares the next.
 */
final class ReverseRungeKutta implements ReverseStep {

    private final TileFields fields;
    private final InteractionPicture picture;
    private final RungeKutta method;
    private final TileRungeKutta forward;
    private final ReverseReaction reaction;
    private final ReverseDiffusion diffusion;
    private final Cancellation cancellation;
    private final int stages;

    ReverseRungeKutta(
            TileFields fields,
            InteractionPicture picture,
            ReverseReaction reaction,
            ReverseDiffusion diffusion,
            Cancellation cancellation) {
        this.fields = fields;
        this.picture = picture;
        this.method = picture.method();
        this.forward = new TileRungeKutta(fields.operator, fields.reaction, method);
        this.reaction = reaction;
        this.diffusion = diffusion;
        this.cancellation = cancellation;
        this.stages = method.stages();
    }

    /** Densities and slopes of all stages and the result, and those of a step that is taken again. */
    @Override
    public long fields(double[] days) {
        return 2L * stages + (days.length > 2 ? stages + 1 : 0);
    }

    /** Fields of a {@link Trace} beside the start. */
    long fieldsOfTrace() {
        return 2L * stages;
    }

    /** One step: its densities, of which the first is the start, its slopes, which make room for the l_y, and w, which makes room for l_w. */
    record Trace(
            double begin,
            double days,
            ReactionStep[] flows,
            double[][][] densities,
            double[][][] slopes,
            double[][] end) {}

    /** Takes a step forward and keeps all that its way back needs. */
    Trace trace(double[][] from, double begin, double end) {
        Trace trace = new Trace(
                begin,
                end - begin,
                picture.flows(begin, end),
                new double[stages][][],
                new double[stages][][],
                fields.take());
        trace.densities[0] = from;
        for (int i = 0; i < stages; i++) {
            cancellation.check();
            int stage = i;
            trace.slopes[i] = fields.take();
            if (i < stages - 1) {
                trace.densities[i + 1] = fields.take();
                fields.each((tile, w) -> forward.stage(
                        tile,
                        stage,
                        trace.days,
                        trace.flows,
                        from,
                        trace.densities[stage],
                        trace.slopes,
                        trace.densities[stage + 1],
                        w));
            } else {
                fields.each((tile, w) -> forward.finish(
                        tile, trace.days, trace.flows, from, trace.densities[stage], trace.slopes, trace.end, w));
            }
        }
        return trace;
    }

    @Override
    public void reverse(double[][] from, double begin, double end, double[][] cotangent, Consumer<double[][]> result) {
        reverse(trace(from, begin, end), end, cotangent, result);
    }

    /** The density at the end of a step. */
    void result(Trace trace, double[][] density) {
        fields.each((tile, w) -> fields.reaction.react(
                tile,
                trace.end[tile],
                density[tile],
                trace.flows[stages],
                w,
                fields.tiles.from[tile],
                fields.tiles.to[tile]));
    }

    /** Takes a step back of which all is kept. Its fields but the start are given back. */
    void reverse(Trace trace, double end, double[][] cotangent, Consumer<double[][]> result) {
        if (result != null) {
            result(trace, cotangent);
            result.accept(cotangent);
        }
        // The m of the stages in turn in two fields, so that l_u comes out in the cotangent.
        double[][] other = trace.slopes[0];
        double[][] m = stages % 2 == 0 ? cotangent : other;
        ReverseReaction.Stretch[] stretches = reaction.stretches(picture, trace.flows, trace.begin, end);
        double[][] target = m;
        fields.each((tile, w) -> end(tile, trace, stretches[stages], cotangent, target, w));
        for (int i = stages - 1; i > 0; i--) {
            cancellation.check();
            double[][] now = m;
            double[][] next = now == cotangent ? other : cotangent;
            int stage = i;
            fields.each((tile, w) -> stage(tile, stage, trace, stretches[stage], now, next, w));
            m = next;
        }
        for (int i = 1; i <= stages; i++) {
            stretches[i].close();
        }
        double[][] first = m;
        cancellation.check();
        fields.each((tile, w) -> begin(tile, trace, first, cotangent, w));
        for (int i = 0; i < stages; i++) {
            fields.give(trace.slopes[i]);
            if (i > 0) {
                fields.give(trace.densities[i]);
            }
        }
        fields.give(trace.end);
    }

    /** l_w in place of w, and the m of the last stage. */
    private void end(
            int tile,
            Trace trace,
            ReverseReaction.Stretch stretch,
            double[][] cotangent,
            double[][] m,
            TileOperator.Workspace w) {
        int last = fields.tiles.to[tile];
        for (int from = fields.tiles.from[tile]; from < last; from += TileOperator.CHUNK) {
            int to = Math.min(last, from + TileOperator.CHUNK);
            System.arraycopy(cotangent[tile], from, w.before, from, to - from);
            reaction.grow(tile, trace.end[tile], trace.flows[stages], w.before, w, from, to);
            stretch.add(tile, w.byExponent, w.sum, w, from, to);
            System.arraycopy(w.before, from, trace.end[tile], from, to - from);
            prepare(tile, stages - 1, trace, m, w, from, to);
        }
    }

    /** Takes a stage but the first back and prepares the one before. */
    private void stage(
            int tile,
            int stage,
            Trace trace,
            ReverseReaction.Stretch stretch,
            double[][] m,
            double[][] next,
            TileOperator.Workspace w) {
        ReactionStep flow = trace.flows[stage];
        double[] u = trace.densities[stage][tile];
        double[] k = trace.slopes[stage][tile];
        double[] q = w.sum;
        int last = fields.tiles.to[tile];
        for (int from = fields.tiles.from[tile]; from < last; from += TileOperator.CHUNK) {
            int to = Math.min(last, from + TileOperator.CHUNK);
            diffusion.gather(tile, trace.densities[stage], m, w, from, to);
            fields.operator.apply(tile, m, w, from, to);
            if (flow.uniform()) {
                double g = 1 + flow.exponent()[0];
                double r = flow.crowding()[0];
                TileKernels.reverseFactor(k, m[tile], u, g, r, w.before, q, from, to);
                TileKernels.reverseStage(q, u, w.before, g, r, w.byExponent, k, from, to);
            } else {
                reaction.evaluate(tile, flow, w, from, to);
                TileKernels.reverseFactor(k, m[tile], u, w.exponent, w.crowding, w.before, from, to);
                TileKernels.addTwice(w.crowding, w.before, q, from, to);
                TileKernels.byExponent(q, u, w.before, w.exponent, w.crowding, w.byExponent, from, to);
                TileKernels.byCrowding(q, u, w.exponent, w.before, from, to);
                TileKernels.slope(q, u, w.exponent, w.crowding, k, from, to);
            }
            stretch.add(tile, w.byExponent, w.before, w, from, to);
            prepare(tile, stage - 1, trace, next, w, from, to);
        }
    }

    /** m of a stage from l_w and the l_y of the stages after it. */
    private void prepare(int tile, int stage, Trace trace, double[][] m, TileOperator.Workspace w, int from, int to) {
        double days = trace.days;
        double[] out = m[tile];
        TileKernels.scale(trace.end[tile], days * method.weights()[stage], out, from, to);
        for (int j = stage + 1; j < stages; j++) {
            double a = method.matrix()[j][stage];
            if (a != 0) {
                TileKernels.addScaled(trace.slopes[j][tile], days * a, out, from, to);
            }
        }
        if (stage > 0) {
            ReactionStep flow = trace.flows[stage];
            double[] u = trace.densities[stage][tile];
            if (flow.uniform()) {
                TileKernels.inverseSlope(out, u, 1 + flow.exponent()[0], flow.crowding()[0], from, to);
            } else {
                reaction.evaluate(tile, flow, w, from, to);
                TileKernels.inverseSlope(out, u, w.exponent, w.crowding, from, to);
            }
        }
    }

    /** Takes the first stage back: l_u. */
    private void begin(int tile, Trace trace, double[][] m, double[][] out, TileOperator.Workspace w) {
        int last = fields.tiles.to[tile];
        for (int from = fields.tiles.from[tile]; from < last; from += TileOperator.CHUNK) {
            int to = Math.min(last, from + TileOperator.CHUNK);
            diffusion.gather(tile, trace.densities[0], m, w, from, to);
            fields.operator.apply(tile, m, w, from, to);
            for (int j = 1; j < stages; j++) {
                TileKernels.addScaled(trace.slopes[j][tile], 1, w.sum, from, to);
            }
            TileKernels.sum(w.sum, trace.end[tile], out[tile], from, to);
        }
    }
}
