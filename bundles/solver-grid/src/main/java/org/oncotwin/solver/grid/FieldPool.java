package org.oncotwin.solver.grid;

import java.util.concurrent.ConcurrentLinkedDeque;

/** Storage of fields that solutions in one medium use one after the other: a run solves some hundred problems, and clearing new memory for each would cost more than many a solution. */
final class FieldPool {

    private final Tiles tiles;
    private final ConcurrentLinkedDeque<double[][]> spare = new ConcurrentLinkedDeque<>();

    FieldPool(Tiles tiles) {
        this.tiles = tiles;
    }

    /** A field: 0 at places that are not swept, anything at the others. */
    double[][] take() {
        double[][] field = spare.pollFirst();
        return field == null ? tiles.allocate() : field;
    }

    /** Takes a field back; nobody must hold it any more. */
    void give(double[][] field) {
        spare.addFirst(field);
    }
}
