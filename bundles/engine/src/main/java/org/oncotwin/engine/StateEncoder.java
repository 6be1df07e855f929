package org.oncotwin.engine;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** Writes states in the one byte order that hashes and checkpoints use. Equal states give equal bytes, and only those. */
final class StateEncoder {

    static final int SCALAR = 1;
    static final int FIELD = 2;
    static final int AGENTS = 3;

    private static final int CHUNK = 8192;

    private final DataOutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES);

    StateEncoder(DataOutputStream out) {
        this.out = out;
    }

    void write(State state) throws IOException {
        out.writeLong(state.time().milliseconds());
        out.writeInt(state.components().size());
        for (StateComponent component : state.components().values()) {
            write(component);
        }
    }

    private void write(StateComponent component) throws IOException {
        write(component.quantity());
        out.writeUTF(component.owner());
        out.writeInt(component.schemaVersion());
        if (component instanceof ScalarComponent scalar) {
            out.writeByte(SCALAR);
            out.writeDouble(scalar.value());
        } else if (component instanceof FieldComponent field) {
            out.writeByte(FIELD);
            write(field.field());
        } else if (component instanceof AgentsComponent agents) {
            out.writeByte(AGENTS);
            out.writeInt(agents.count());
            out.writeInt(agents.columnNames().size());
            for (String name : agents.columnNames()) {
                out.writeUTF(name);
                write(agents.column(name));
            }
        }
    }

    void write(Quantity quantity) throws IOException {
        out.writeUTF(quantity.name());
        out.writeUTF(quantity.unit());
        out.writeUTF(quantity.kind().name());
        out.writeDouble(quantity.minimum());
        out.writeDouble(quantity.maximum());
        out.writeUTF(quantity.description());
    }

    void write(Grid grid) throws IOException {
        out.writeInt(grid.nx());
        out.writeInt(grid.ny());
        out.writeInt(grid.nz());
        for (double element : grid.affine().toArray()) {
            out.writeDouble(element);
        }
    }

    void write(Field field) throws IOException {
        write(field.grid());
        int size = field.grid().size();
        for (int from = 0; from < size; from += CHUNK) {
            int to = Math.min(size, from + CHUNK);
            buffer.clear();
            for (int i = from; i < to; i++) {
                buffer.putDouble(field.value(i));
            }
            out.write(buffer.array(), 0, buffer.position());
        }
    }

    private void write(double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }
}
