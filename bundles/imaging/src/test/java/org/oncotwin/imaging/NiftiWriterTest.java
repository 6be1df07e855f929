package org.oncotwin.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.imaging.Image;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-504")
class NiftiWriterTest {

    /** Right-handed, left-handed, oblique, turned by half a turn about each axis, sheared, and too fine for 32 bits. */
    static Stream<Affine> affines() {
        double s = Math.sin(0.3);
        double c = Math.cos(0.3);
        return Stream.of(
                Affine.scaling(1, 1, 1),
                Affine.of(-1, 0, 0, 90, 0, 1, 0, -126, 0, 0, 1, -72),
                Affine.of(-1, 0, 0, 90, 0, -1, 0, 126, 0, 0, 2.5, -72),
                Affine.of(1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0),
                Affine.of(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0),
                Affine.of(0, 0, 3, 1, 0.5, 0, 0, 2, 0, 0.75, 0, 3),
                Affine.of(c, -1.3 * s, 0, 1 / 3.0, s, 1.3 * c, 0, 0, 0, 0, 2, 0),
                Affine.of(c, 0, -2 * s, 0, 0, -1.3, 0, 0, s, 0, 2 * c, 1e-12),
                Affine.of(1, 0.25, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0),
                Affine.scaling(0.1, 0.1, 0.1));
    }

    private final NiftiWriter writer = new NiftiWriter();
    private final NiftiReader reader = new NiftiReader();

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("affines")
    void whatIsWrittenIsReadBackEqual(Affine affine) throws Exception {
        Grid grid = new Grid(7, 5, 3, affine);
        SplittableRandom random = new SplittableRandom(1);
        double[] values = IntStream.range(0, grid.size())
                .mapToDouble(n -> random.nextDouble())
                .toArray();
        values[0] = -0.0;
        values[1] = Double.MIN_VALUE;
        values[2] = -Double.MAX_VALUE;
        values[3] = Math.PI;
        Field field = Field.owning(grid, values);

        Image image = reader.read(Files.write(folder.resolve("a.nii.gz"), written(field)));

        assertThat(image.field()).isEqualTo(field);
        assertThat(image.storedType()).isEqualTo("float64");
        assertThat(image.placement()).isEqualTo("sform");
        // Also says that sform, qform and pixdim agree.
        assertThat(image.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("affines")
    void theQformSaysTheSameAsTheSform(Affine affine) throws Exception {
        byte[] content = unpacked(written(Field.constant(new Grid(7, 5, 3, affine), 1)));
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        boolean first = buffer.getInt(0) == 348;
        int qformCode = first ? buffer.getShort(252) : buffer.getInt(344);
        if (first) {
            buffer.putShort(254, (short) 0);
        } else {
            buffer.putInt(348, 0);
        }

        Image image = reader.read(Files.write(folder.resolve("a.nii"), content));

        if (affine.isOrthogonal(1e-9)) {
            assertThat(qformCode).isEqualTo(1);
            assertThat(image.placement()).isEqualTo("qform");
            assertThat(image.field().grid().affine().largestDifference(affine)).isLessThan(1e-5);
        } else {
            assertThat(qformCode).isZero();
        }
    }

    @Test
    void writesFirstVersionWhereItHoldsTheGridAndSecondWhereNot() throws Exception {
        assertThat(version(new Grid(4, 4, 4, Affine.scaling(1, 0.9765625, 2.5))))
                .isEqualTo(348);
        assertThat(version(new Grid(4, 4, 4, Affine.scaling(1, 0.1, 1)))).isEqualTo(540);
        assertThat(version(new Grid(32767, 1, 1, Affine.scaling(1, 1, 1)))).isEqualTo(348);
        assertThat(version(new Grid(1, 32768, 1, Affine.scaling(1, 1, 1)))).isEqualTo(540);
    }

    private int version(Grid grid) throws IOException {
        LabelField labels = LabelField.owning(grid, new byte[grid.size()], Map.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(labels, out);
        assertThat(reader.readLabels(Files.write(folder.resolve("a.nii.gz"), out.toByteArray()), Map.of())
                        .labels())
                .isEqualTo(labels);
        return ByteBuffer.wrap(unpacked(out.toByteArray()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(0);
    }

    @Test
    void labelsAreReadBackEqual() throws Exception {
        Grid grid = new Grid(8, 8, 4, Affine.scaling(1, 1, 2));
        byte[] bytes = new byte[grid.size()];
        for (int n = 0; n < bytes.length; n++) {
            bytes[n] = (byte) n;
        }
        LabelField labels = LabelField.owning(grid, bytes, Map.of("a", 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        writer.write(labels, out);

        Path file = Files.write(folder.resolve("a.nii.gz"), out.toByteArray());
        assertThat(reader.readLabels(file, Map.of("a", 1)).labels()).isEqualTo(labels);
        assertThat(reader.read(file).storedType()).isEqualTo("uint8");
    }

    @Test
    void equalFieldsGiveEqualBytesWithoutTimeOrName() throws Exception {
        Field field = Field.constant(new Grid(30, 20, 10, Affine.scaling(1, 1, 1)), 0.25);

        byte[] bytes = written(field);

        assertThat(written(Field.of(field.grid(), field.toArray()))).isEqualTo(bytes);
        // RFC 1952: no flags, no modification time.
        assertThat(List.of(bytes[3], bytes[4], bytes[5], bytes[6], bytes[7])).containsOnly((byte) 0);
    }

    @Test
    void leavesTheStreamOpen() throws Exception {
        boolean[] closed = {false};
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        writer.write(Field.constant(new Grid(2, 2, 2, Affine.scaling(1, 1, 1)), 1), out);

        assertThat(closed[0]).isFalse();
        assertThat(unpacked(out.toByteArray())).hasSize(352 + 64);
    }

    private byte[] written(Field field) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(field, out);
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
