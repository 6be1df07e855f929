package org.oncotwin.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.imaging.Image;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.LabelField;

class NiftiReaderTest {

    private static final Path NIFTI = References.FOLDER.resolve("nifti");

    private final NiftiReader reader = new NiftiReader();

    @TempDir
    Path folder;

    static List<String> referenceFiles() throws IOException {
        return References.names(References.expected("nifti").get("files"));
    }

    @Tag("SR-501")
    @ParameterizedTest
    @MethodSource("referenceFiles")
    void readsWhatNibabelReads(String name) throws Exception {
        JsonNode expected = References.expected("nifti").get("files").get(name);

        Image image = reader.read(NIFTI.resolve(name));

        assertThat(image.storedType()).isEqualTo(expected.get("dtype").asText());
        String from = expected.get("affine_from").asText();
        assertThat(image.placement()).isEqualTo(from.equals("pixdim") ? "spacing" : from);
        Field field = image.field();
        assertThat(List.of(field.grid().nx(), field.grid().ny(), field.grid().nz()))
                .isEqualTo(List.of(
                        expected.get("shape").get(0).asInt(),
                        expected.get("shape").get(1).asInt(),
                        expected.get("shape").get(2).asInt()));
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                assertThat(field.grid().affine().get(row, column))
                        .as("affine[%d][%d]", row, column)
                        .isEqualTo(
                                expected.get("affine_mm").get(row).get(column).asDouble(),
                                within(from.equals("qform") ? 2e-6 : 1e-6));
            }
        }
        JsonNode values = expected.get("values");
        assertThat(values.size()).isEqualTo(field.grid().size());
        for (int n = 0; n < values.size(); n++) {
            assertThat(field.value(n)).as("voxel %d", n).isEqualTo(values.get(n).asDouble());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nifti1-int32-pair.hdr, nifti1-int32-pair.img",
        "nifti2-int8-pair.hdr, nifti2-int8-pair.img",
    })
    void readsAPairByEitherName(String header, String data) throws Exception {
        assertThat(reader.read(NIFTI.resolve(data)).field())
                .isEqualTo(reader.read(NIFTI.resolve(header)).field());
    }

    @Test
    void readsACompressedPairAndOneWithMixedCompression() throws Exception {
        byte[] header = Files.readAllBytes(NIFTI.resolve("nifti1-int32-pair.hdr"));
        byte[] data = Files.readAllBytes(NIFTI.resolve("nifti1-int32-pair.img"));
        Field expected = reader.read(NIFTI.resolve("nifti1-int32-pair.hdr")).field();
        Files.write(folder.resolve("a.hdr.gz"), NiftiBytes.gzip(header));
        Files.write(folder.resolve("a.img.gz"), NiftiBytes.gzip(data));
        Files.write(folder.resolve("b.hdr"), header);
        Files.write(folder.resolve("b.img.gz"), NiftiBytes.gzip(data));

        for (String name : List.of("a.hdr.gz", "a.img.gz", "b.hdr", "b.img.gz")) {
            assertThat(reader.read(folder.resolve(name)).field()).as(name).isEqualTo(expected);
        }
    }

    @Test
    void knowsGzipByItsFirstBytesAndNotByTheName() throws Exception {
        Field expected = reader.read(NIFTI.resolve("nifti1-int16.nii")).field();
        byte[] plain = Files.readAllBytes(NIFTI.resolve("nifti1-int16.nii"));
        Files.write(folder.resolve("plain.nii.gz"), plain);
        Files.write(folder.resolve("packed.nii"), NiftiBytes.gzip(plain));
        Files.write(folder.resolve("name without extension"), plain);

        for (String name : List.of("plain.nii.gz", "packed.nii", "name without extension")) {
            assertThat(reader.read(folder.resolve(name)).field()).as(name).isEqualTo(expected);
        }
    }

    @Tag("SR-502")
    @Test
    void reportsWhatTheHeaderContradicts() throws Exception {
        assertThat(reader.read(NIFTI.resolve("nifti1-sform-qform-disagree.nii")).warnings())
                .anySatisfy(w -> assertThat(w).contains("sform and qform", "the sform holds"));
        assertThat(reader.read(NIFTI.resolve("nifti1-slope-nan.nii")).warnings())
                .anySatisfy(w -> assertThat(w).contains("scl_slope is NaN"));
        assertThat(reader.read(NIFTI.resolve("nifti1-pixdim-only.nii")).warnings())
                .anySatisfy(w -> assertThat(w).contains("neither sform nor qform"));
        assertThat(reader.read(NIFTI.resolve("nifti1-uint8.nii")).warnings()).isEmpty();
        assertThat(reader.read(References.BRAIN).warnings()).isEmpty();
    }

    @Tag("SR-502")
    @Test
    void reportsAPixdimThatTheAffineContradictsAndLetsTheAffineHold() throws Exception {
        byte[] bytes = NiftiBytes.uint8(2, 2, 2).put("pixdim", 1, 2.5f).bytes();

        Image image = reader.read(Files.write(folder.resolve("a.nii"), bytes));

        assertThat(image.field().grid().spacing(0)).isEqualTo(1);
        assertThat(image.warnings())
                .singleElement()
                .asString()
                .contains("pixdim[1]", "2.50000 mm", "the affine 1.00000 mm");
    }

    @Test
    void reportsAnUnusableQformBesideAnSform() throws Exception {
        byte[] bytes = NiftiBytes.uint8(2, 2, 2)
                .put("qform_code", 0, (short) 1)
                .put("quatern", 0, 2f)
                .bytes();

        Image image = reader.read(Files.write(folder.resolve("a.nii"), bytes));

        assertThat(image.placement()).isEqualTo("sform");
        assertThat(image.warnings()).singleElement().asString().contains("the qform cannot be used", "quatern_b");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1000", "2, 1", "3, 0.001", "10, 1", "9, 1000"})
    void turnsLengthsIntoMillimetres(byte units, double factor) throws Exception {
        byte[] sform = NiftiBytes.uint8(2, 2, 2).put("xyzt_units", 0, units).bytes();
        byte[] qform = NiftiBytes.uint8(2, 2, 2)
                .put("xyzt_units", 0, units)
                .put("sform_code", 0, (short) 0)
                .put("qform_code", 0, (short) 1)
                .put("qoffset", 0, 7f)
                .bytes();
        byte[] spacing = NiftiBytes.uint8(2, 2, 2)
                .put("xyzt_units", 0, units)
                .put("sform_code", 0, (short) 0)
                .bytes();

        assertThat(reader.read(Files.write(folder.resolve("s.nii"), sform))
                        .field()
                        .grid()
                        .affine()
                        .toArray())
                .containsExactly(factor, 0, 0, 0, 0, factor, 0, 0, 0, 0, factor, 0);
        assertThat(reader.read(Files.write(folder.resolve("q.nii"), qform))
                        .field()
                        .grid()
                        .affine()
                        .toArray())
                .containsExactly(factor, 0, 0, 7 * factor, 0, factor, 0, 0, 0, 0, factor, 0);
        assertThat(reader.read(Files.write(folder.resolve("p.nii"), spacing))
                        .field()
                        .grid()
                        .affine()
                        .toArray())
                .containsExactly(factor, 0, 0, 0, 0, factor, 0, 0, 0, 0, factor, 0);
    }

    @Test
    void refusesUnitsThatTheStandardDoesNotKnow() throws Exception {
        Path file = Files.write(
                folder.resolve("a.nii"),
                NiftiBytes.uint8(2, 2, 2).put("xyzt_units", 0, (byte) 5).bytes());

        assertThatThrownBy(() -> reader.read(file))
                .isInstanceOf(ImageException.class)
                .hasMessageContainingAll("a.nii", "xyzt_units", "5", "2 (mm)");
    }

    @Test
    void namesTheFirstBadVoxelAndHowManyThereAre() throws Exception {
        float[] values = new float[24];
        values[2 + 4 * (1 + 3 * 1)] = Float.NaN;
        values[23] = Float.NEGATIVE_INFINITY;
        Path file = Files.write(
                folder.resolve("a.nii"), NiftiBytes.float32(4, 3, 2, values).bytes());

        assertThatThrownBy(() -> reader.read(file))
                .isInstanceOf(ImageException.class)
                .hasMessageContainingAll("a.nii", "float32", "(2, 1, 1)", "NaN", "2 of 24 voxels");
    }

    @Test
    void refusesNumbersThatScalingMakesInfinite() throws Exception {
        Path file = Files.write(
                folder.resolve("a.nii"),
                NiftiBytes.uint8(2, 1, 1)
                        .put("scl_slope", 0, 1e38f)
                        .put("scl_inter", 0, 1f)
                        .bytes());

        assertThat(reader.read(file).field().value(1)).isEqualTo((double) 1e38f + 1);

        Path infinite = Files.write(
                folder.resolve("b.nii"),
                NiftiBytes.float64(1, 1, 1, 1e300).put("scl_slope", 0, 1e38f).bytes());
        assertThatThrownBy(() -> reader.read(infinite))
                .isInstanceOf(ImageException.class)
                .hasMessageContainingAll("b.nii", "(0, 0, 0)", "Infinity");
    }

    @Test
    void reportsIntegersThatADoubleCannotHold() throws Exception {
        long tooFine = (1L << 53) + 1;
        Path file = Files.write(
                folder.resolve("a.nii"), NiftiBytes.int64(1, 1, 1, tooFine).bytes());
        Path exact = Files.write(
                folder.resolve("b.nii"),
                NiftiBytes.int64(2, 1, 1, Long.MIN_VALUE, 1L << 60).bytes());

        assertThat(reader.read(file).warnings()).singleElement().asString().contains("int64", "rounded");
        assertThat(reader.read(exact).warnings()).isEmpty();
    }

    @Tag("SR-501")
    @Test
    void readsLabels() throws Exception {
        Map<String, Integer> names = Map.of("csf", 1, "grey", 2, "white", 3);

        LabelField labels = reader.readLabels(
                        References.FOLDER.resolve("tissue-segmentation").resolve("dipy-hmrf-labels.nii.gz"), names)
                .labels();

        JsonNode expected =
                References.expected("tissue-segmentation").get("classes").get("dipy-hmrf");
        names.forEach((name, label) -> assertThat(labels.count(label))
                .isEqualTo(expected.get(name).get("voxels").asInt()));
        assertThat(labels.names()).isEqualTo(names);
        assertThat(labels.grid()
                        .coincidesWith(reader.read(References.BRAIN).field().grid()))
                .isTrue();
    }

    @Test
    void readsLabelsThatBecomeWholeByScaling() throws Exception {
        Path file = Files.write(
                folder.resolve("a.nii"),
                NiftiBytes.uint8(3, 1, 1).put("scl_slope", 0, 100f).bytes());

        assertThat(reader.readLabels(file, Map.of()).labels().toArray())
                .containsExactly((byte) 0, (byte) 100, (byte) 200);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 0.5f, 256, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesLabelsThatAreNone(float value) throws Exception {
        Path file = Files.write(
                folder.resolve("a.nii"), NiftiBytes.float32(2, 1, 1, 1, value).bytes());

        assertThatThrownBy(() -> reader.readLabels(file, Map.of()).labels())
                .isInstanceOf(ImageException.class)
                .hasMessageContainingAll("a.nii", "(1, 0, 0)", Double.toString(value), "0 to 255");
    }

    @Test
    void theMagicMustFitTheNames() throws Exception {
        byte[] single = NiftiBytes.uint8(2, 2, 2).bytes();
        Path pair = Files.write(folder.resolve("a.hdr"), single);
        Files.write(folder.resolve("a.img"), new byte[8]);
        byte[] ofPair = NiftiBytes.uint8(2, 2, 2).put("magic", 1, (byte) 'i').bytes();
        Path alone = Files.write(folder.resolve("b.nii"), ofPair);

        assertThatThrownBy(() -> reader.read(pair)).hasMessageContainingAll("a.hdr", "magic", "'n+1'", "'ni1'");
        assertThatThrownBy(() -> reader.read(alone)).hasMessageContainingAll("b.nii", "magic", "'ni1'", "'n+1'");
    }

    @Test
    void anImgWithoutHeaderIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("a.img"), new byte[100]);

        assertThatThrownBy(() -> reader.read(file))
                .isInstanceOf(ImageException.class)
                .hasMessageContainingAll("a.img", "header", "a.hdr");
    }
}
