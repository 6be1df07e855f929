package org.oncotwin.solver.grid;

import java.util.function.Consumer;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.scheme.Splitting;

/** Steps of extrapolated splitting backwards, row by row of their table. */
final class ReverseSplitting implements ReverseStep {

    private final TileFields fields;
    private final Splitting splitting;
    private final ReverseReaction reaction;
    private final ReverseDiffusion diffusion;
    private final Cancellation cancellation;

    ReverseSplitting(
            TileFields fields,
            Splitting splitting,
            ReverseReaction reaction,
            ReverseDiffusion diffusion,
            Cancellation cancellation) {
        this.fields = fields;
        this.splitting = splitting;
        this.reaction = reaction;
        this.diffusion = diffusion;
        this.cancellation = cancellation;
    }

    @Override
    public void reverse(double[][] from, double begin, double end, double[][] cotangent, Consumer<double[][]> result) {
        double[] weights = splitting.best();
        Tape[] tapes = new Tape[splitting.rows()];
        if (result != null) {
            for (int row = 0; row < tapes.length; row++) {
                tapes[row] = tape(row, begin, end, from);
            }
            double[][] value = fields.take();
            combine(tapes, weights, value);
            result.accept(value);
            fields.give(value);
        }
        double[][] sum = fields.take();
        double[][] ofRow = fields.take();
        scale(cotangent, 0, sum);
        for (int row = 0; row < tapes.length; row++) {
            scale(cotangent, weights[row], ofRow);
            Tape tape = tapes[row] != null ? tapes[row] : tape(row, begin, end, from);
            tape.reverse(ofRow, reaction, diffusion, cancellation);
            add(ofRow, 1, sum);
        }
        fields.copy(sum, cotangent);
        fields.give(sum);
        fields.give(ofRow);
    }

    private Tape tape(int row, double begin, double end, double[][] from) {
        return new Tape(fields, splitting.row(row + 1, begin, end), from, cancellation);
    }

    private void combine(Tape[] tapes, double[] weights, double[][] value) {
        int last = tapes.length - 1;
        scale(tapes[last].result(), weights[last], value);
        for (int row = 0; row < last; row++) {
            add(tapes[row].result(), weights[row], value);
        }
    }

    private void scale(double[][] u, double a, double[][] out) {
        fields.each(
                (tile, w) -> TileKernels.scale(u[tile], a, out[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
    }

    private void add(double[][] u, double a, double[][] out) {
        fields.each((tile, w) ->
                TileKernels.addScaled(u[tile], a, out[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
    }

    /** All rows of the last step, or the longest row of another; cotangents, sums and the rows of steps that are taken again. */
    @Override
    public long fields(double[] days) {
        int last = days.length - 2;
        long most = 0;
        for (int row = 1; row <= splitting.rows(); row++) {
            most += kept(row, days[last], days[last + 1]);
        }
        double longest = days[last + 1] - days[last];
        for (int n = 0; n < last; n++) {
            if (days[n + 1] - days[n] > longest) {
                longest = days[n + 1] - days[n];
                most = Math.max(most, kept(splitting.rows(), days[n], days[n + 1]));
            }
        }
        return most + 6 + splitting.rows();
    }

    private long kept(int row, double begin, double end) {
        return splitting.row(row, begin, end).stream()
                .mapToLong(
                        o -> o instanceof Splitting.Diffuse d ? d.polynomial().applications() : 1)
                .sum();
    }
}
