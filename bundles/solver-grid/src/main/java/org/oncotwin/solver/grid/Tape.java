package org.oncotwin.solver.grid;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial.Stage;
import org.oncotwin.solver.grid.scheme.Splitting.Diffuse;
import org.oncotwin.solver.grid.scheme.Splitting.Operation;
import org.oncotwin.solver.grid.scheme.Splitting.React;

/** One row of the extrapolation table gone through with every intermediate field kept, and then backwards. */
final class Tape {

    private final TileFields fields;
    private final List<Operation> operations;

    /** Fields before each operation; of a diffusion also those between its stages, part by part. */
    private final List<List<List<double[][]>>> kept = new ArrayList<>();

    private final double[][] first;
    private double[][] result;

    /** Goes through a row from a field, which stays as it is. */
    Tape(TileFields fields, List<Operation> operations, double[][] from, Cancellation cancellation) {
        this.fields = fields;
        this.operations = operations;
        this.first = from;
        double[][] now = from;
        for (Operation operation : operations) {
            cancellation.check();
            List<List<double[][]>> parts = new ArrayList<>();
            if (operation instanceof React react) {
                parts.add(Collections.singletonList(now));
                now = react(react, now);
            } else if (operation instanceof Diffuse diffuse) {
                for (int part = 0; part < diffuse.polynomial().parts(); part++) {
                    List<double[][]> values = diffuse(diffuse.polynomial(), now);
                    now = values.remove(values.size() - 1);
                    parts.add(values);
                }
            }
            kept.add(parts);
        }
        result = now;
    }

    private double[][] react(React react, double[][] from) {
        double[][] out = fields.take();
        fields.each((tile, w) -> {
            for (int chunk = fields.tiles.from[tile]; chunk < fields.tiles.to[tile]; chunk += TileOperator.CHUNK) {
                int end = Math.min(fields.tiles.to[tile], chunk + TileOperator.CHUNK);
                fields.reaction.react(tile, from[tile], out[tile], react.step(), w, chunk, end);
            }
        });
        return out;
    }

    /** The start and the value of every stage. */
    private List<double[][]> diffuse(DiffusionPolynomial polynomial, double[][] start) {
        List<double[][]> values = new ArrayList<>();
        values.add(start);
        for (Stage stage : polynomial.stages()) {
            double[][] last = values.get(values.size() - 1);
            double[][] out = fields.take();
            if (stage.ofLastButOne() != 0) {
                fields.copy(values.get(values.size() - 2), out);
            }
            fields.each((tile, w) -> fields.operator.stage(tile, start, last, out, stage, w));
            values.add(out);
        }
        return values;
    }

    /** The field at the end of the row; not to be written. */
    double[][] result() {
        return result;
    }

    /** Goes back to the start with a derivative, which is overwritten, and gives all fields back. */
    void reverse(
            double[][] cotangent, ReverseReaction reaction, ReverseDiffusion diffusion, Cancellation cancellation) {
        release(result);
        for (int n = operations.size() - 1; n >= 0; n--) {
            cancellation.check();
            List<List<double[][]>> parts = kept.get(n);
            if (operations.get(n) instanceof React react) {
                double[][] before = parts.get(0).get(0);
                reaction.reverse(react, before, cotangent);
                release(before);
            } else if (operations.get(n) instanceof Diffuse diffuse) {
                for (int part = parts.size() - 1; part >= 0; part--) {
                    diffusion.reverse(diffuse.polynomial(), parts.get(part), cotangent);
                    parts.get(part).forEach(this::release);
                }
            }
        }
    }

    private void release(double[][] field) {
        if (field != first) {
            fields.give(field);
        }
    }
}
