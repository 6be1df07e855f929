package org.oncotwin.solver.grid;

import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.scheme.InteractionPicture;
import org.oncotwin.solver.grid.scheme.OneStepMethod;
import org.oncotwin.solver.grid.scheme.ReactionStep;
import org.oncotwin.solver.grid.scheme.RungeKutta;

/** Runge-Kutta steps in the interaction picture on tiles. The team goes through the tiles once per stage: a tile's slope and its density at the next stage are made in one go. */
final class RungeKuttaMethod implements OneStepMethod {

    private final InteractionPicture picture;
    private final RungeKutta method;
    private final TileFields fields;
    private final TileRungeKutta tileWork;
    private final Cancellation cancellation;
    private final double[][][] slopes;
    private final double[] sums;
    private final double[] differences;
    private double[][] density;
    private double[][] candidate;
    private long applications;

    RungeKuttaMethod(InteractionPicture picture, TileFields fields, Cancellation cancellation) {
        this.picture = picture;
        this.method = picture.method();
        this.fields = fields;
        this.tileWork = new TileRungeKutta(fields.operator, fields.reaction, method);
        this.cancellation = cancellation;
        this.slopes = new double[method.stages() - 1][][];
        this.sums = new double[fields.tiles.count];
        this.differences = new double[fields.tiles.count];
    }

    /** Takes storage when the first step is taken: where all that is wanted is to go back through one step, there is none. */
    private void begin() {
        if (candidate == null) {
            for (int j = 0; j < slopes.length; j++) {
                slopes[j] = fields.take();
            }
            density = fields.take();
            candidate = fields.take();
        }
    }

    @Override
    public double attempt(double from, double to) {
        begin();
        double days = to - from;
        ReactionStep[] flows = picture.flows(from, to);
        double[][] start = fields.accepted();
        double[][] now = start;
        for (int i = 0; i < method.stages() - 1; i++) {
            cancellation.check();
            int stage = i;
            double[][] u = now;
            double[][] next = now == density ? candidate : density;
            fields.each((tile, w) -> tileWork.stage(tile, stage, days, flows, start, u, slopes, next, w));
            now = next;
        }
        cancellation.check();
        double[][] last = now;
        double[][] result = now == density ? candidate : density;
        fields.each((tile, w) -> tileWork.finish(tile, days, flows, start, last, slopes, result, w, sums, differences));
        candidate = result;
        density = last;
        applications += method.stages();
        double sum = 0;
        double difference = 0;
        for (int tile = 0; tile < fields.tiles.count; tile++) {
            if (!fields.tiles.isEmpty(tile)) {
                sum += sums[tile];
                difference += differences[tile];
            }
        }
        return difference == 0 && sum == 0 ? 0 : picture.estimate(difference / Math.abs(sum));
    }

    @Override
    public void accept() {
        candidate = fields.exchange(candidate);
    }

    @Override
    public int order() {
        return method.order();
    }

    @Override
    public double firstStep() {
        return picture.firstStep();
    }

    @Override
    public double stop(double from, double end) {
        return picture.stop(from, end);
    }

    @Override
    public double longest(double from, double days) {
        return picture.longest(from, days);
    }

    @Override
    public long applications() {
        return applications;
    }
}
