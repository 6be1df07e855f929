package org.oncotwin.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.TensorConvention;

@Tag("SR-503")
class HostileFilesTest {

    private static final Path HOSTILE = References.FOLDER.resolve("hostile-nifti");

    private final NiftiReader reader = new NiftiReader();

    @TempDir
    Path folder;

    static List<String> hostileFiles() throws IOException {
        return References.names(References.expected("hostile-nifti"));
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void refusesWithTheFileAndTheField(String name) throws Exception {
        JsonNode expected = References.expected("hostile-nifti").get(name);

        Throwable thrown = catchThrowable(() -> reader.read(HOSTILE.resolve(name)));

        if (thrown == null) {
            assertThat(expected.get("outcome").asText()).isEqualTo("either");
            return;
        }
        // Of a pair, the file at fault is named.
        String file = name.equals("pair-image-truncated.hdr") ? "pair-image-truncated.img" : name;
        assertThat(thrown).isInstanceOf(ImageException.class).hasMessageStartingWith(file + ": ");
        assertThat(thrown.getMessage())
                .doesNotContain("hostile-nifti")
                .doesNotContain("Exception")
                .matches("\\p{Print}+");
        if (!expected.get("field").isNull()) {
            assertThat(thrown.getMessage()).contains(expected.get("field").asText());
        }
    }

    /** Not a single exception of another type, whatever bytes there are. */
    @Test
    void survivesThousandsOfMutations() throws Exception {
        SplittableRandom random = new SplittableRandom(20260101);
        List<byte[]> seeds = new ArrayList<>();
        for (String name : References.names(References.expected("nifti").get("files"))) {
            if (name.endsWith(".nii") || name.endsWith(".nii.gz")) {
                seeds.add(Files.readAllBytes(References.FOLDER.resolve("nifti").resolve(name)));
            }
        }
        seeds.add(NiftiBytes.tensors(3, 2, 1, 4, new float[36]).bytes());
        Path file = folder.resolve("mutant.nii");
        int refused = 0;
        int read = 0;
        for (int n = 0; n < 6000; n++) {
            byte[] bytes = mutate(seeds.get(n % seeds.size()).clone(), random);
            Files.write(file, bytes);
            Throwable thrown = n % seeds.size() == seeds.size() - 1
                    ? catchThrowable(() -> reader.readTensors(file, TensorConvention.MRTRIX))
                    : n % 2 == 0
                            ? catchThrowable(() -> reader.read(file))
                            : catchThrowable(
                                    () -> reader.readLabels(file, Map.of()).labels());
            if (thrown == null) {
                read++;
            } else {
                refused++;
                assertThat(thrown).as("mutant %d", n).isInstanceOf(ImageException.class);
                assertThat(thrown.getMessage())
                        .as("mutant %d", n)
                        .startsWith("mutant.nii: ")
                        .doesNotContain(folder.toString());
            }
        }
        // Both happen often, or the mutations would test little.
        assertThat(refused).isGreaterThan(2000);
        assertThat(read).isGreaterThan(300);
    }

    private static byte[] mutate(byte[] original, SplittableRandom random) {
        byte[] bytes = original;
        int header = Math.min(bytes.length, 352);
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 2 -> {
                for (int n = random.nextInt(1, 8); n > 0; n--) {
                    bytes[random.nextInt(header)] = (byte) random.nextInt();
                }
            }
            default -> {
                // Whole fields of extreme values.
                int at = random.nextInt(0, header / 4) * 4;
                byte value = (byte) (random.nextBoolean() ? 0xff : random.nextBoolean() ? 0x7f : 0);
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 4 * random.nextInt(1, 3)), value);
            }
        }
        return bytes;
    }

    @Test
    void readsNothingBehindTheLastVoxel() throws Exception {
        byte[] image = NiftiBytes.uint8(5, 4, 3).bytes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(image);
            zeros(out, 32 << 20);
        }
        // Half of the stream is missing. Whoever reads on fails.
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        Path file = Files.write(folder.resolve("a.nii.gz"), cut);

        assertThat(reader.read(file).warnings()).singleElement().asString().contains("goes on behind the last voxel");
    }

    @Test
    void refusesThousandsOfEmptyGzipParts() throws Exception {
        byte[] empty = NiftiBytes.gzip(new byte[0]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int n = 0; n < 200_000; n++) {
            bytes.write(empty);
        }
        Path file = Files.write(folder.resolve("a.nii.gz"), bytes.toByteArray());

        assertThatThrownBy(() -> reader.read(file))
                .isInstanceOf(ImageException.class)
                .hasMessageContainingAll("a.nii.gz", "empty parts");
    }

    @Test
    void readsAnImageInSeveralGzipParts() throws Exception {
        byte[] image = NiftiBytes.uint8(5, 4, 3).bytes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int from = 0; from < image.length; from += 100) {
            bytes.write(NiftiBytes.gzip(Arrays.copyOfRange(image, from, Math.min(image.length, from + 100))));
        }
        bytes.write(NiftiBytes.gzip(new byte[0]));
        Path file = Files.write(folder.resolve("a.nii.gz"), bytes.toByteArray());

        assertThat(reader.read(file).field().value(59)).isEqualTo(59);
        assertThat(reader.read(file).warnings()).isEmpty();
    }

    /** Bombs in a Java process of 64 MiB: each must be refused, and a small image read afterwards. */
    @Test
    void bombsStayWithinMemory() throws Exception {
        // A quarter of a gigabyte that is really there: 2 GiB as doubles.
        bomb(
                "there.nii.gz",
                NiftiBytes.claiming(512, 512, 1024, NiftiDatatype.UINT8, 0).bytes(),
                1 << 28);
        // 21 MB of voxels, 170 MB as doubles: fits under no limit, yet passes each check of lengths.
        bomb(
                "doubles.nii.gz",
                NiftiBytes.claiming(280, 280, 280, NiftiDatatype.UINT8, 0).bytes(),
                280 * 280 * 280);
        bomb(
                "claims.nii.gz",
                NiftiBytes.claiming(32767, 32767, 1, NiftiDatatype.FLOAT64, 0).bytes(),
                1 << 20);
        bomb(
                "absurd.nii.gz",
                NiftiBytes.claiming(32767, 32767, 32767, NiftiDatatype.UINT8, 0).bytes(),
                1000);
        bomb(
                "cubes.nii.gz",
                NiftiBytes.claiming(1024, 1024, 1024, NiftiDatatype.UINT8, 0).bytes(),
                1 << 21);
        bomb(
                "offset.nii.gz",
                NiftiBytes.claiming(5, 4, 3, NiftiDatatype.UINT8, 0)
                        .put("vox_offset", 0, 0x1p30f)
                        .bytes(),
                1 << 26);
        Files.write(
                folder.resolve("plain.nii"),
                NiftiBytes.claiming(1000, 1000, 1000, NiftiDatatype.FLOAT64, 100)
                        .bytes());
        List<String> bombs = List.of(
                "there.nii.gz",
                "doubles.nii.gz",
                "claims.nii.gz",
                "absurd.nii.gz",
                "cubes.nii.gz",
                "offset.nii.gz",
                "plain.nii");
        Files.write(folder.resolve("small.nii"), NiftiBytes.uint8(5, 4, 3).bytes());

        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallProcess.class.getName()));
        bombs.forEach(name -> command.add(folder.resolve(name).toString()));
        command.add(folder.resolve("small.nii").toString());
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        List<String> lines = Files.readAllLines(output);
        assertThat(lines).hasSize(bombs.size() + 1);
        for (int n = 0; n < bombs.size(); n++) {
            assertThat(lines.get(n)).startsWith("refused " + bombs.get(n) + ": ");
        }
        assertThat(lines.get(0)).contains("MiB of memory");
        assertThat(lines.get(1)).contains("MiB of memory");
        assertThat(lines.get(5)).contains("vox_offset");
        assertThat(lines.get(bombs.size())).isEqualTo("read 60");
        assertThat(process.exitValue()).isZero();
    }

    private void bomb(String name, byte[] header, int zeros) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16)) {
            out.write(header);
            zeros(out, zeros);
        }
    }

    private static void zeros(OutputStream out, int count) throws IOException {
        byte[] block = new byte[1 << 16];
        for (int left = count; left > 0; left -= block.length) {
            out.write(block, 0, Math.min(left, block.length));
        }
    }

    /** Reads the files that it is given and says what became of each. */
    static final class SmallProcess {

        private SmallProcess() {}

        public static void main(String[] files) {
            for (String file : files) {
                try {
                    System.out.println("read "
                            + new NiftiReader()
                                    .read(Path.of(file))
                                    .field()
                                    .grid()
                                    .size());
                } catch (ImageException e) {
                    System.out.println("refused " + e.getMessage());
                }
            }
        }
    }
}
