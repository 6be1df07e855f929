package org.oncotwin.solver.grid;

import org.oncotwin.solver.grid.scheme.ReactionStep;
import org.oncotwin.solver.grid.scheme.RungeKutta;

/** The stages of a Runge-Kutta step in the interaction picture on a tile. */
final class TileRungeKutta {

    private final TileOperator operator;
    private final TileReaction reaction;
    private final RungeKutta method;

    TileRungeKutta(TileOperator operator, TileReaction reaction, RungeKutta method) {
        this.operator = operator;
        this.reaction = reaction;
        this.method = method;
    }

    /**
     * The slope of a stage, and from it the density at the next one.
     *
     * @param flows the reaction from the start of the step to each stage
     * @param start density at the start of the step
     * @param u density at this stage
     * @param slopes those of the stages before; that of this one is written
     * @param next density at the next stage, written
     */
    void stage(
            int tile,
            int stage,
            double days,
            ReactionStep[] flows,
            double[][] start,
            double[][] u,
            double[][][] slopes,
            double[][] next,
            TileOperator.Workspace w) {
        double[] row = method.matrix()[stage + 1];
        int last = operator.tiles.to[tile];
        for (int from = operator.tiles.from[tile]; from < last; from += TileOperator.CHUNK) {
            int to = Math.min(last, from + TileOperator.CHUNK);
            slope(tile, stage, flows[stage], u, w, from, to);
            TileKernels.keep(start[tile], w.sum, slopes[stage][tile], days * row[stage], from, to);
            add(tile, slopes, stage, row, days, w.sum, from, to);
            react(tile, flows[stage + 1], w.sum, next[tile], w, from, to);
        }
    }

    /**
     * The last stage and the result.
     *
     * @param sums of the result, by tile
     * @param differences of the result and the embedded method's, by tile
     */
    void finish(
            int tile,
            double days,
            ReactionStep[] flows,
            double[][] start,
            double[][] u,
            double[][][] slopes,
            double[][] result,
            TileOperator.Workspace w,
            double[] sums,
            double[] differences) {
        int stage = method.stages() - 1;
        double[] b = method.weights();
        double[] d = method.difference();
        int last = operator.tiles.to[tile];
        double sum = 0;
        double difference = 0;
        for (int from = operator.tiles.from[tile]; from < last; from += TileOperator.CHUNK) {
            int to = Math.min(last, from + TileOperator.CHUNK);
            slope(tile, stage, flows[stage], u, w, from, to);
            TileKernels.scale(w.sum, days * d[stage], w.before, from, to);
            add(tile, slopes, stage, d, days, w.before, from, to);
            TileKernels.taylor(start[tile], w.sum, w.sum, days * b[stage], from, to);
            add(tile, slopes, stage, b, days, w.sum, from, to);
            finish(tile, flows[stage + 1], result[tile], w, from, to);
            System.arraycopy(result[tile], from, w.sum, from, to - from);
            sum += TileKernels.sum(w.sum, from, to);
            difference += TileKernels.sum(w.before, from, to);
        }
        sums[tile] = sum;
        differences[tile] = difference;
    }

    /**
     * The last slope and the result before the flow to the end of the step.
     *
     * @param slopes those of the stages before; that of the last is written
     * @param unreacted result to which the flow is still to be applied, written
     */
    void finish(
            int tile,
            double days,
            ReactionStep[] flows,
            double[][] start,
            double[][] u,
            double[][][] slopes,
            double[][] unreacted,
            TileOperator.Workspace w) {
        int stage = method.stages() - 1;
        double[] b = method.weights();
        int last = operator.tiles.to[tile];
        for (int from = operator.tiles.from[tile]; from < last; from += TileOperator.CHUNK) {
            int to = Math.min(last, from + TileOperator.CHUNK);
            slope(tile, stage, flows[stage], u, w, from, to);
            System.arraycopy(w.sum, from, slopes[stage][tile], from, to - from);
            TileKernels.taylor(start[tile], w.sum, unreacted[tile], days * b[stage], from, to);
            add(tile, slopes, stage, b, days, unreacted[tile], from, to);
        }
    }

    /** Adds the slopes of the first stages times their weights. */
    private static void add(
            int tile, double[][][] slopes, int stages, double[] weights, double days, double[] out, int from, int to) {
        for (int j = 0; j < stages; j++) {
            if (weights[j] != 0) {
                TileKernels.addScaled(slopes[j][tile], days * weights[j], out, from, to);
            }
        }
    }

    /** G A u, into the sum of the workspace. */
    private void slope(
            int tile, int stage, ReactionStep flow, double[][] u, TileOperator.Workspace w, int from, int to) {
        operator.apply(tile, u, w, from, to);
        if (stage > 0) {
            if (flow.uniform()) {
                TileKernels.inverseSlope(w.sum, u[tile], 1 + flow.exponent()[0], flow.crowding()[0], from, to);
            } else {
                evaluate(tile, flow, w, from, to);
                TileKernels.inverseSlope(w.sum, u[tile], w.neighbours, w.weights, from, to);
            }
        }
    }

    private void react(
            int tile, ReactionStep flow, double[] w, double[] out, TileOperator.Workspace work, int from, int to) {
        if (flow.uniform()) {
            TileKernels.react(w, out, flow.exponent()[0], flow.crowding()[0], from, to);
        } else {
            evaluate(tile, flow, work, from, to);
            TileKernels.react(w, out, work.neighbours, work.weights, from, to);
        }
    }

    /** The flow to the end of the step, and its slope times the magnitude of the difference. */
    private void finish(int tile, ReactionStep flow, double[] out, TileOperator.Workspace w, int from, int to) {
        react(tile, flow, w.sum, out, w, from, to);
        if (flow.uniform()) {
            TileKernels.timesSlope(w.before, w.sum, 1 + flow.exponent()[0], flow.crowding()[0], from, to);
        } else {
            TileKernels.timesSlope(w.before, w.sum, w.neighbours, w.weights, from, to);
        }
    }

    private void evaluate(int tile, ReactionStep flow, TileOperator.Workspace w, int from, int to) {
        reaction.evaluate(tile, flow.exponent(), w.neighbours, from, to);
        reaction.evaluate(tile, flow.crowding(), w.weights, from, to);
    }
}
