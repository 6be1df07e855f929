package org.oncotwin.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.imaging.TensorImage;
import org.oncotwin.api.twin.TensorField;

class TensorImageTest {

    /** A fibre in patient coordinates, oblique to all axes. */
    private static final double[] FIBRE = {0.48, -0.6, 0.64};

    /** Index axes: oblique, unequal spacings, left-handed; and the same with the first axis reversed, so right-handed. */
    private static final double[][] LEFT_HANDED = {{-1.6, -0.9, 0}, {-1.2, 1.2, 0}, {0, 0, 3}};

    private final NiftiReader reader = new NiftiReader();

    @TempDir
    Path folder;

    private static double[][] axes(boolean rightHanded) {
        double[][] axes = Arrays.stream(LEFT_HANDED).map(double[]::clone).toArray(double[][]::new);
        for (double[] row : axes) {
            row[0] *= rightHanded ? -1 : 1;
        }
        return axes;
    }

    /** The fibre along the index axes. */
    private static double[] fibreAlongIndexAxes(double[][] axes) {
        double[] along = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double length = 0;
            for (int row = 0; row < 3; row++) {
                along[axis] += axes[row][axis] * FIBRE[row];
                length += axes[row][axis] * axes[row][axis];
            }
            along[axis] /= Math.sqrt(length);
        }
        return along;
    }

    private static double product(double[] n, String component) {
        return n[component.charAt(0) - 'x'] * n[component.charAt(1) - 'x'];
    }

    /** Two voxels: tensors {@code n n'}, and twice that, as a program would write them that counts directions in the frame of {@code n}. */
    private Path write(double[][] axes, double[] n, int dimensions, String... order) throws IOException {
        float[] values = new float[12];
        for (int component = 0; component < 6; component++) {
            values[2 * component] = (float) product(n, order[component]);
            values[2 * component + 1] = 2 * values[2 * component];
        }
        NiftiBytes file = NiftiBytes.tensors(2, 1, 1, dimensions, values);
        for (int row = 0; row < 3; row++) {
            for (int axis = 0; axis < 3; axis++) {
                file.put("srow", 4 * row + axis, (float) axes[row][axis]);
            }
        }
        return Files.write(folder.resolve("dti.nii"), file.bytes());
    }

    private void assertFibre(TensorField tensors, double[] along) {
        String[] components = {"xx", "yy", "zz", "xy", "xz", "yz"};
        for (int component = 0; component < 6; component++) {
            for (int voxel = 0; voxel < 2; voxel++) {
                assertThat(tensors.value(component, voxel))
                        .as(components[component])
                        .isCloseTo((voxel + 1) * product(along, components[component]), within(5e-7));
            }
        }
    }

    /** The same fibre in the patient, written as the documentation of each program says. */
    @Tag("SR-404")
    @ParameterizedTest
    @CsvSource({
        "FSL, false, 4",
        "FSL, true, 4",
        "FSL, true, 5",
        "MRTRIX, false, 4",
        "MRTRIX, true, 4",
        "ANTS, false, 5",
        "ANTS, true, 5",
        "NIFTI_WORLD, false, 5",
        "NIFTI_WORLD, true, 4"
    })
    void theFibreIsWhereItWas(TensorConvention convention, boolean rightHanded, int dimensions) throws Exception {
        double[][] axes = axes(rightHanded);
        double[] along = fibreAlongIndexAxes(axes);
        Path file =
                switch (convention) {
                    case FSL -> {
                        // FSL counts x the other way round where the determinant is positive.
                        double[] n = {rightHanded ? -along[0] : along[0], along[1], along[2]};
                        yield write(axes, n, dimensions, "xx", "xy", "xz", "yy", "yz", "zz");
                    }
                    case MRTRIX -> write(axes, FIBRE, dimensions, "xx", "yy", "zz", "xy", "xz", "yz");
                    case ANTS -> write(axes, along, dimensions, "xx", "xy", "yy", "xz", "yz", "zz");
                    case NIFTI_WORLD -> write(axes, FIBRE, dimensions, "xx", "xy", "yy", "xz", "yz", "zz");
                };

        assertFibre(reader.readTensors(file, convention).tensors(), along);
    }

    @Test
    void readsNifti2AndBigEndian() throws Exception {
        byte[] first = NiftiBytes.tensors(1, 1, 1, 4, 1, 2, 3, 4, 5, 6).bytes();
        ByteBuffer second = ByteBuffer.allocate(544 + 24).order(ByteOrder.BIG_ENDIAN);
        second.putInt(0, 540).put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 26, '\n'});
        second.putShort(12, (short) 16).putShort(14, (short) 32);
        long[] dim = {4, 1, 1, 1, 6};
        for (int n = 0; n < dim.length; n++) {
            second.putLong(16 + 8 * n, dim[n]);
        }
        for (int n = 0; n < 4; n++) {
            second.putDouble(104 + 8 * n, 1);
        }
        second.putLong(168, 544).putInt(348, 1).putInt(500, 2).putInt(504, 1005);
        second.putDouble(400, 1).putDouble(440, 1).putDouble(480, 1);
        for (int n = 0; n < 6; n++) {
            second.putFloat(544 + 4 * n, n + 1);
        }

        TensorImage one = reader.readTensors(Files.write(folder.resolve("a.nii"), first), TensorConvention.FSL);
        TensorImage two =
                reader.readTensors(Files.write(folder.resolve("b.nii"), second.array()), TensorConvention.FSL);

        assertThat(two.tensors()).isEqualTo(one.tensors());
        assertThat(one.warnings()).isEmpty();
        assertThat(two.warnings()).singleElement().asString().contains("intent_code is 1005", "order of fsl");
    }

    @Test
    void appliesTheScaleOfTheFile() throws Exception {
        byte[] bytes = NiftiBytes.tensors(1, 1, 1, 4, 1, 2, 3, 4, 5, 6)
                .put("scl_slope", 0, 2f)
                .put("scl_inter", 0, 0.5f)
                .bytes();
        TensorField tensors = reader.readTensors(Files.write(folder.resolve("a.nii"), bytes), TensorConvention.ANTS)
                .tensors();
        assertThat(tensors.value(0, 0)).isEqualTo(2.5);
        assertThat(tensors.value(2, 0)).isEqualTo(12.5);
    }

    @ParameterizedTest
    @EnumSource
    void tensorsThatAreNotFiniteBecomeZeroWithAWarning(TensorConvention convention) throws Exception {
        float[] values = new float[18];
        Arrays.fill(values, 1);
        values[1] = Float.NaN;
        values[5] = Float.NEGATIVE_INFINITY;
        Path file = Files.write(
                folder.resolve("a.nii"), NiftiBytes.tensors(3, 1, 1, 4, values).bytes());

        TensorImage image = reader.readTensors(file, convention);

        assertThat(image.warnings())
                .singleElement()
                .asString()
                .isEqualTo("2 of 3 tensors are not finite and are taken for 0");
        for (int component = 0; component < 6; component++) {
            assertThat(Math.abs(image.tensors().value(component, 0))).isEqualTo(1);
            assertThat(image.tensors().value(component, 1)).isZero();
            assertThat(image.tensors().value(component, 2)).isZero();
        }
    }

    @Test
    void readsAcrossBlocksAndFromGzip() throws Exception {
        int n = 9000;
        float[] values = new float[6 * n];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        byte[] bytes = NiftiBytes.tensors(n, 1, 1, 4, values).bytes();
        TensorField tensors = reader.readTensors(
                        Files.write(folder.resolve("a.nii.gz"), NiftiBytes.gzip(bytes)), TensorConvention.ANTS)
                .tensors();
        int[] places = {0, 2, 5, 1, 3, 4};
        for (int component = 0; component < 6; component++) {
            for (int voxel : new int[] {0, 8191, 8192, 8999}) {
                assertThat(tensors.value(component, voxel)).isEqualTo(places[component] * n + voxel);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, dim[0] is 3",
        "4, 5, dim[4] is 5",
        "4, 7, dim[4] is 7",
        "4, -6, dim[4] is -6",
    })
    void refusesOtherNumbersOfComponents(int element, short value, String message) throws Exception {
        byte[] bytes = NiftiBytes.tensors(1, 1, 1, 4, new float[6])
                .put("dim", element, value)
                .bytes();
        Path file = Files.write(folder.resolve("a.nii"), bytes);
        assertThatThrownBy(() -> reader.readTensors(file, TensorConvention.FSL))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("a.nii: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesMoreThanOneTensorPerVoxel() throws Exception {
        Path file = Files.write(
                folder.resolve("a.nii"),
                NiftiBytes.tensors(1, 1, 1, 4, new float[12])
                        .put("dim", 0, (short) 5)
                        .put("dim", 5, (short) 2)
                        .bytes());
        assertThatThrownBy(() -> reader.readTensors(file, TensorConvention.FSL))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("dim[5] is 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 23, 24, 100, 143})
    void refusesTruncatedFiles(int missing) throws Exception {
        byte[] bytes = NiftiBytes.tensors(3, 2, 1, 4, new float[36]).bytes();
        byte[] cut = Arrays.copyOf(bytes, bytes.length - missing);
        for (byte[] content : new byte[][] {cut, NiftiBytes.gzip(cut)}) {
            Path file = Files.write(folder.resolve("a.nii"), content);
            assertThatThrownBy(() -> reader.readTensors(file, TensorConvention.FSL))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("dim claims 3 x 2 x 1 voxels of 6 float32, 144 bytes")
                    .hasMessageContaining((content == cut ? "has " : "ends after ") + (bytes.length - missing));
        }
    }

    @Test
    void refusesClaimsThatNoFileCouldKeep() throws Exception {
        Path file = Files.write(
                folder.resolve("a.nii.gz"),
                NiftiBytes.gzip(NiftiBytes.tensors(1, 1, 1, 4, new float[6])
                        .put("dim", 1, (short) 32767)
                        .put("dim", 2, (short) 32767)
                        .bytes()));
        assertThatThrownBy(() -> reader.readTensors(file, TensorConvention.FSL))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("can hold at most");
    }

    @Test
    void refusesShearedAxesOnlyWherePatientAxesMatter() throws Exception {
        byte[] bytes = NiftiBytes.tensors(1, 1, 1, 4, new float[6])
                .put("srow", 1, 0.1f)
                .bytes();
        Path file = Files.write(folder.resolve("a.nii"), bytes);
        assertThatThrownBy(() -> reader.readTensors(file, TensorConvention.MRTRIX))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("not at right angles");
        assertThat(reader.readTensors(file, TensorConvention.ANTS).tensors().value(0, 0))
                .isZero();
    }

    @Test
    void aScalarImageIsNoTensorImageNorTheOtherWayRound() throws Exception {
        Path scalar =
                Files.write(folder.resolve("t1.nii"), NiftiBytes.uint8(5, 4, 3).bytes());
        Path tensors = Files.write(
                folder.resolve("dti.nii"),
                NiftiBytes.tensors(1, 1, 1, 5, new float[6]).bytes());
        assertThatThrownBy(() -> reader.readTensors(scalar, TensorConvention.FSL))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("6 components per voxel");
        assertThatThrownBy(() -> reader.read(tensors))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("one number per voxel");
    }
}
