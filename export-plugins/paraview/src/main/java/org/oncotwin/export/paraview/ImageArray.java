package org.oncotwin.export.paraview;

import java.nio.ByteBuffer;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;

/**
 * Numbers of one array of an image, read where they lie.
 *
 * @param name name in the file
 * @param type VTK type
 * @param bytesPerValue bytes of a number of that type
 * @param unit UCUM code; empty if the numbers have no unit to show
 * @param size number of values
 * @param values writes one value
 */
record ImageArray(String name, String type, int bytesPerValue, String unit, int size, ValueWriter values) {

    /** Puts the value with an index into a little-endian buffer. */
    @FunctionalInterface
    interface ValueWriter {
        void put(int index, ByteBuffer buffer);
    }

    /** All bits of a field. */
    static ImageArray ofField(String name, String unit, Field field) {
        return new ImageArray(
                name,
                "Float64",
                Double.BYTES,
                unit,
                field.grid().size(),
                (index, buffer) -> buffer.putDouble(field.value(index)));
    }

    /** Labels 0 to 255. */
    static ImageArray ofLabels(String name, LabelField labels) {
        return new ImageArray(
                name, "UInt8", 1, "", labels.grid().size(), (index, buffer) -> buffer.put((byte) labels.label(index)));
    }

    /** 1 inside, 0 outside. */
    static ImageArray ofMask(String name, Mask mask) {
        return new ImageArray(
                name,
                "UInt8",
                1,
                "",
                mask.grid().size(),
                (index, buffer) -> buffer.put((byte) (mask.contains(index) ? 1 : 0)));
    }
}
