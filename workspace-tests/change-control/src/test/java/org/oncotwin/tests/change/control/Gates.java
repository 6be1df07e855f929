package org.oncotwin.tests.change.control;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.oncotwin.tests.change.control.verhulst.VerhulstGrowth;

/** Gates at which studies of the test model wait for a permit before each output, so that a test decides how far they are. */
final class Gates implements AutoCloseable {

    private static final int ALL = 1_000_000;

    private final Semaphore[] gates;

    private Gates(int number) {
        gates = Stream.generate(() -> new Semaphore(0)).limit(number + 1).toArray(Semaphore[]::new);
    }

    /** Gates from 1 to a number. */
    static Gates set(int number) {
        Gates gates = new Gates(number);
        System.getProperties().put(VerhulstGrowth.GATES, gates.gates);
        return gates;
    }

    /** Lets a study take some outputs more. */
    void let(int gate, int outputs) {
        gates[gate].release(outputs);
    }

    /** Lets a study go one output further, if it took all that it was let. */
    void step(int gate) {
        if (gates[gate].availablePermits() == 0) {
            gates[gate].release();
        }
    }

    /** Lets all studies run to their ends. */
    void open() {
        Arrays.stream(gates).forEach(gate -> gate.release(ALL));
    }

    @Override
    public void close() {
        open();
        System.getProperties().remove(VerhulstGrowth.GATES);
    }
}
