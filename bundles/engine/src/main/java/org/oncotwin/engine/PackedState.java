package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** A state kept in little memory and given back bit for bit: of a field only the spans of voxels that are not 0. */
final class PackedState {

    /** What an object costs beside its numbers, about. */
    private static final int OVERHEAD = 64;

    /** Spans further apart than this are kept apart: a shorter gap costs less than another span. */
    private static final int SHORTEST_GAP = 3;

    private final State rest;
    private final List<PackedField> fields = new ArrayList<>();
    private final long bytes;

    private PackedState(State state) {
        List<StateComponent> others = new ArrayList<>();
        long size = OVERHEAD;
        for (StateComponent component : state.components().values()) {
            if (component instanceof FieldComponent field) {
                PackedField packed = PackedField.of(field);
                fields.add(packed);
                size += packed.bytes();
            } else {
                others.add(component);
                size += OVERHEAD;
                if (component instanceof AgentsComponent agents) {
                    size += 8L * agents.count() * agents.columnNames().size();
                }
            }
        }
        rest = State.at(state.time()).with(others);
        bytes = size;
    }

    static PackedState of(State state) {
        return new PackedState(state);
    }

    /** The state, bit for bit. */
    State unpack() {
        return rest.with(fields.stream().map(PackedField::unpack).toList());
    }

    /** Memory that it takes, about. */
    long bytes() {
        return bytes;
    }

    /**
     * A field.
     *
     * @param like the component without values
     * @param spans first voxel and voxel after the last of each span, one after the other
     * @param values values of all spans, one after the other
     */
    private record PackedField(FieldComponentHead like, int[] spans, double[] values) {

        static PackedField of(FieldComponent component) {
            Field field = component.field();
            int size = field.grid().size();
            int[] spans = new int[16];
            int ends = 0;
            int kept = 0;
            for (int index = 0; index < size; index++) {
                // Bits, because the bits of -0.0 must come back too.
                if (Double.doubleToRawLongBits(field.value(index)) != 0) {
                    if (ends > 0 && index - spans[ends - 1] <= SHORTEST_GAP) {
                        kept += index + 1 - spans[ends - 1];
                        spans[ends - 1] = index + 1;
                    } else {
                        if (ends + 2 > spans.length) {
                            spans = Arrays.copyOf(spans, 2 * spans.length);
                        }
                        spans[ends++] = index;
                        spans[ends++] = index + 1;
                        kept++;
                    }
                }
            }
            double[] values = new double[kept];
            int next = 0;
            for (int span = 0; span < ends; span += 2) {
                for (int index = spans[span]; index < spans[span + 1]; index++) {
                    values[next++] = field.value(index);
                }
            }
            return new PackedField(FieldComponentHead.of(component), Arrays.copyOf(spans, ends), values);
        }

        FieldComponent unpack() {
            double[] all = new double[like.grid().size()];
            int next = 0;
            for (int span = 0; span < spans.length; span += 2) {
                int length = spans[span + 1] - spans[span];
                System.arraycopy(values, next, all, spans[span], length);
                next += length;
            }
            return like.with(Field.owning(like.grid(), all));
        }

        long bytes() {
            return OVERHEAD + 4L * spans.length + 8L * values.length;
        }
    }

    /** What a field component is beside its values. */
    private record FieldComponentHead(Quantity quantity, String owner, int schemaVersion, Grid grid) {

        static FieldComponentHead of(FieldComponent c) {
            return new FieldComponentHead(
                    c.quantity(), c.owner(), c.schemaVersion(), c.field().grid());
        }

        FieldComponent with(Field field) {
            return new FieldComponent(quantity, owner, schemaVersion, field);
        }
    }
}
