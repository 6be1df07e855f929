package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.twin.TensorField;

/** {@code anatomy.diffusion_tensor}. The domain of the example is the voxels 1 and 2 of four. */
@Tag("SR-404")
class DiffusionTensorTest {

    private static final double[] FIBRE_ALONG_X = {1.7e-3, 0.3e-3, 0.2e-3, 0, 0, 0};
    private static final double[] OBLIQUE = {3e-3, 2e-3, 1e-3, 5e-4, -2e-4, 3e-4};
    private static final double[] NOTHING = {0, 0, 0, 0, 0, 0};

    @TempDir
    Path folder;

    private CaseFolder cases;

    @BeforeEach
    void makeImages() throws IOException {
        cases = new CaseFolder(folder);
        write("dti.nii", NOTHING, FIBRE_ALONG_X, OBLIQUE, NOTHING);
    }

    /** A file in the order of FSL: xx, xy, xz, yy, yz, zz. */
    private void write(String name, double[]... tensors) throws IOException {
        double[] values = new double[6 * tensors.length];
        for (int component = 0; component < 6; component++) {
            for (int voxel = 0; voxel < tensors.length; voxel++) {
                values[TensorConvention.FSL.place(component) * tensors.length + voxel] = tensors[voxel][component];
            }
        }
        ImagesForTests.write(folder.resolve(name), tensors.length / 2, 2, 1, 1, 0, values);
    }

    private Case read(String section) throws IOException {
        return cases.read(with(section));
    }

    private static String with(String section) {
        return CaseFolder.EXAMPLE.replace("\"mask\":", "\"diffusion_tensor\": " + section + ", \"mask\":");
    }

    private static TensorField tensors(Case read) {
        return read.request()
                .setting()
                .anatomy()
                .orElseThrow()
                .diffusionTensors()
                .orElseThrow();
    }

    private static double[] tensor(TensorField tensors, int voxel) {
        double[] tensor = new double[6];
        for (int component = 0; component < 6; component++) {
            tensor[component] = tensors.value(component, voxel);
        }
        return tensor;
    }

    @Test
    void withoutTheKeyThereAreNoTensors() throws IOException {
        assertThat(cases.read(CaseFolder.EXAMPLE)
                        .request()
                        .setting()
                        .anatomy()
                        .orElseThrow()
                        .diffusionTensors())
                .isEmpty();
    }

    @Test
    void tensorsKeepShapeAndDirectionAndLoseTheirSize() throws IOException {
        Case read = read("{\"image\": \"dti.nii\", \"convention\": \"fsl\"}");

        assertThat(read.warnings()).isEmpty();
        TensorField tensors = tensors(read);
        assertThat(tensors.grid())
                .isEqualTo(read.request().setting().anatomy().orElseThrow().grid());
        double[] fibre = tensor(tensors, 1);
        double[] oblique = tensor(tensors, 2);
        for (int component = 0; component < 6; component++) {
            assertThat(fibre[component]).isCloseTo(FIBRE_ALONG_X[component] * 3 / 2.2e-3, within(1e-6));
            assertThat(oblique[component]).isCloseTo(OBLIQUE[component] * 3 / 6e-3, within(1e-6));
        }
    }

    @Test
    void theImageIsAnInputOfTheRun() throws IOException {
        Case read = read("{\"image\": \"dti.nii\", \"convention\": \"fsl\"}");
        assertThat(read.request().inputHashes()).containsKey("dti.nii");
    }

    /** Jbabdi et al. 2005: along the axes the amplified eigenvalues can be written down. */
    @Test
    void amplificationStretchesTheLongAxes() throws IOException {
        TensorField tensors = tensors(read("{\"image\": \"dti.nii\", \"convention\": \"fsl\", \"amplification\": 10}"));

        double s = 2.2e-3;
        double cl = 1.4e-3 / s;
        double cp = 2 * 0.1e-3 / s;
        double cs = 3 * 0.2e-3 / s;
        assertThat(cl + cp + cs).isCloseTo(1, within(1e-12));
        double[] wanted = {(10 * cl + 10 * cp + cs) * 1.7e-3, (cl + 10 * cp + cs) * 0.3e-3, 0.2e-3};
        double trace = wanted[0] + wanted[1] + wanted[2];
        double[] found = tensor(tensors, 1);
        for (int axis = 0; axis < 3; axis++) {
            assertThat(found[axis]).isCloseTo(3 * wanted[axis] / trace, within(1e-6));
            assertThat(found[3 + axis]).isCloseTo(0, within(1e-6));
        }
    }

    /** The eigenvectors stay: the amplified tensor commutes with the one it came from, and its trace is 3. */
    @Test
    void amplificationKeepsTheAxes() throws IOException {
        TensorField tensors = tensors(read("{\"image\": \"dti.nii\", \"convention\": \"fsl\", \"amplification\": 4}"));

        double[][] before = matrix(OBLIQUE);
        double[][] after = matrix(tensor(tensors, 2));
        assertThat(after[0][0] + after[1][1] + after[2][2]).isCloseTo(3, within(1e-6));
        assertThat(after[0][0] / 3).isGreaterThan(before[0][0] / 6e-3);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double commutator = 0;
                for (int n = 0; n < 3; n++) {
                    commutator += before[a][n] * after[n][b] - after[a][n] * before[n][b];
                }
                assertThat(commutator).isCloseTo(0, within(1e-9));
            }
        }
    }

    private static double[][] matrix(double[] t) {
        return new double[][] {{t[0], t[3], t[4]}, {t[3], t[1], t[5]}, {t[4], t[5], t[2]}};
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0",
        "1, 1, -0.1, 0, 0, 0",
        "-1, -1, -1, 0, 0, 0",
        "1, 1, 1, 1.1, 0, 0",
        "1, 1, 1, 0, 0, 1",
        "1, 1, 1, -0.9, -0.9, -0.9",
        "1, 1, 0, 0, 0, 0"
    })
    void voxelsWithoutAPositiveDefiniteTensorAreTheSameInAllDirections(
            double xx, double yy, double zz, double xy, double xz, double yz) throws IOException {
        write("dti.nii", NOTHING, FIBRE_ALONG_X, new double[] {xx, yy, zz, xy, xz, yz}, NOTHING);

        Case read = read("{\"image\": \"dti.nii\", \"convention\": \"fsl\"}");

        assertThat(tensor(tensors(read), 2)).containsExactly(1, 1, 1, 0, 0, 0);
        assertThat(read.warnings())
                .containsExactly(
                        "dti.nii: 1 of 2 voxels of the domain (50 %) have no positive definite tensor; diffusion is the same in all directions there");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | anatomy.diffusion_tensor | a number is not allowed here; needed is an object",
                "{\"convention\": \"fsl\"} | anatomy.diffusion_tensor.image | missing",
                "{\"image\": \"dti.nii\"} | anatomy.diffusion_tensor.convention | missing; needed is the convention",
                "{\"image\": \"dti.nii\", \"convention\": \"mrtix\"} | anatomy.diffusion_tensor.convention | did you mean 'mrtrix'? known are fsl, mrtrix, ants, nifti-world",
                "{\"image\": \"dti.nii\", \"convention\": 1} | anatomy.diffusion_tensor.convention | a number is not allowed here",
                "{\"image\": \"no.nii\", \"convention\": \"fsl\"} | anatomy.diffusion_tensor.image | does not exist",
                "{\"image\": \"u0.nii.gz\", \"convention\": \"fsl\"} | anatomy.diffusion_tensor.image | 6 components",
                "{\"image\": \"zero.nii\", \"convention\": \"fsl\"} | anatomy.diffusion_tensor.image | no voxel of the domain has a positive definite tensor",
                "{\"image\": \"large.nii\", \"convention\": \"fsl\"} | anatomy.diffusion_tensor.image | all images of a case must lie on one grid",
                "{\"image\": \"dti.nii\", \"convention\": \"fsl\", \"amplification\": 0.5} | anatomy.diffusion_tensor.amplification | 0.5 is not allowed; needed is a number, 1 to 100",
                "{\"image\": \"dti.nii\", \"convention\": \"fsl\", \"amplification\": \"1\"} | anatomy.diffusion_tensor.amplification | text is not allowed here",
                "{\"image\": \"dti.nii\", \"convention\": \"fsl\", \"r\": 1} | anatomy.diffusion_tensor.r | unknown key"
            })
    void eachMistakeIsOneProblemAtItsPath(String section, String path, String says) throws IOException {
        write("zero.nii", NOTHING, NOTHING, NOTHING, NOTHING);
        write("large.nii", OBLIQUE, OBLIQUE, OBLIQUE, OBLIQUE, OBLIQUE, OBLIQUE);

        InvalidCaseException refused = catchThrowableOfType(InvalidCaseException.class, () -> read(section));

        assertThat(refused.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.field()).isEqualTo(path))
                .satisfies(p -> assertThat(p.problem()).contains(says));
    }

    @Test
    void schemaAndDocumentationHaveKeysAndConventions() throws IOException {
        InvalidCaseException refused = catchThrowableOfType(
                InvalidCaseException.class,
                () -> read("{\"image\": \"dti.nii\", \"convention\": \"fsl\", \"zzzzzzzzzzzz\": 1}"));
        String problem = refused.problem();
        List<String> known =
                List.of(problem.substring(problem.indexOf("known are ") + 10).split(", "));
        Path docs = Path.of("..", "..", "docs");
        JsonNode schema = new ObjectMapper()
                .readTree(docs.resolve("case.schema.json").toFile())
                .at("/properties/anatomy/properties/diffusion_tensor/properties");
        List<String> described = new ArrayList<>();
        schema.fieldNames().forEachRemaining(described::add);
        assertThat(known).containsExactlyInAnyOrderElementsOf(described);
        List<String> conventions = new ArrayList<>();
        schema.at("/convention/enum").forEach(c -> conventions.add(c.asText()));
        assertThat(conventions).isEqualTo(TensorConvention.ids());
        String page = Files.readString(docs.resolve("case-file.md"));
        assertThat(known).allSatisfy(key -> assertThat(page).contains("| `" + key + "` |"));
        String images = Files.readString(docs.resolve("imaging.md"));
        assertThat(conventions).allSatisfy(id -> {
            assertThat(page).contains("`" + id + "`");
            assertThat(images).contains("| `" + id + "` |");
        });
    }
}
