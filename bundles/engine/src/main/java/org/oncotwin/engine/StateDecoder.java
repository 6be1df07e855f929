package org.oncotwin.engine;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** Reads what {@link StateEncoder} wrote. Arrays grow with the data that is really there, so that a damaged length cannot ask for much memory. */
final class StateDecoder {

    private static final int CHUNK = 8192;
    private static final int MOST_COMPONENTS = 10_000;

    private final DataInputStream in;
    private final byte[] bytes = new byte[CHUNK * Double.BYTES];

    StateDecoder(DataInputStream in) {
        this.in = in;
    }

    State state() throws IOException {
        SimulationTime time = new SimulationTime(in.readLong());
        int count = count(MOST_COMPONENTS, "components");
        List<StateComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            components.add(component());
        }
        return State.at(time).with(components);
    }

    private StateComponent component() throws IOException {
        Quantity quantity = quantity();
        String owner = in.readUTF();
        int schemaVersion = in.readInt();
        int form = in.readUnsignedByte();
        return switch (form) {
            case StateEncoder.SCALAR -> new ScalarComponent(quantity, owner, schemaVersion, in.readDouble());
            case StateEncoder.FIELD -> new FieldComponent(quantity, owner, schemaVersion, field());
            case StateEncoder.AGENTS -> agents(quantity, owner, schemaVersion);
            default -> throw new IOException("a state component of form " + form);
        };
    }

    Quantity quantity() throws IOException {
        return new Quantity(
                in.readUTF(),
                in.readUTF(),
                QuantityKind.valueOf(in.readUTF()),
                in.readDouble(),
                in.readDouble(),
                in.readUTF());
    }

    private Field field() throws IOException {
        int nx = in.readInt();
        int ny = in.readInt();
        int nz = in.readInt();
        double[] affine = new double[12];
        for (int i = 0; i < affine.length; i++) {
            affine[i] = in.readDouble();
        }
        Grid grid = new Grid(nx, ny, nz, Affine.of(affine));
        return Field.owning(grid, doubles(grid.size()));
    }

    private AgentsComponent agents(Quantity quantity, String owner, int schemaVersion) throws IOException {
        int rows = count((int) Grid.LARGEST_SIZE, "agents");
        int columnCount = count(MOST_COMPONENTS, "columns");
        SortedMap<String, double[]> columns = new TreeMap<>();
        for (int i = 0; i < columnCount; i++) {
            columns.put(in.readUTF(), doubles(rows));
        }
        return new AgentsComponent(quantity, owner, schemaVersion, rows, columns);
    }

    int count(int most, String what) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException(count + " " + what);
        }
        return count;
    }

    double[] doubles(int count) throws IOException {
        double[] values = new double[Math.min(count, 1 << 16)];
        DoubleBuffer view = ByteBuffer.wrap(bytes).asDoubleBuffer();
        int filled = 0;
        while (filled < count) {
            int n = Math.min(CHUNK, count - filled);
            in.readFully(bytes, 0, n * Double.BYTES);
            if (filled + n > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, Math.max(2L * values.length, filled + n)));
            }
            view.position(0);
            view.get(values, filled, n);
            filled += n;
        }
        return values;
    }
}
