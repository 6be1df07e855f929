package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images made to do harm, as the images of a case, in a Java that has 256 MiB: a clear line for each, and nothing written. */
@Tag("SR-503")
class HostileImageIT {
    private static final Path FILES = Path.of(System.getProperty("references"), "hostile-nifti");
    private static final OncoTwin ONCOTWIN = OncoTwin.forShortCommands().withOptions("-Xmx256m");

    /** The keys of a case that name an image. A case says at once what is wrong with all of them, so that one process tries four files. */
    private static final List<String> KEYS =
            List.of("anatomy.tissue", "anatomy.mask", "anatomy.image", "initial.cellularity");

    @TempDir
    Path folder;

    private static Map<String, JsonNode> expected(String outcome) throws Exception {
        Map<String, JsonNode> chosen = new LinkedHashMap<>();
        JsonNode all = Result.JSON.readTree(Files.readAllBytes(FILES.resolve("expected.json")));
        all.properties().forEach(file -> {
            if (file.getValue().get("outcome").textValue().startsWith(outcome)) {
                chosen.put(file.getKey(), file.getValue());
            }
        });
        return chosen;
    }

    static Stream<List<String>> refused() throws Exception {
        List<String> names = List.copyOf(expected("refuse").keySet());
        return IntStream.range(0, (names.size() + 3) / 4)
                .mapToObj(group -> names.subList(4 * group, Math.min(4 * group + 4, names.size())));
    }

    /** A case with the files at the four keys; a key without a file gets the image of the example. */
    private OncoTwin.Outcome run(List<Path> files) throws Exception {
        GliomaCase.images(folder);
        List<String> names = new ArrayList<>(List.of("tissue.nii.gz", "mask.nii.gz", "u0.nii.gz", "u0.nii.gz"));
        for (int i = 0; i < files.size(); i++) {
            names.set(i, files.get(i).toString());
        }
        String json = GliomaCase.with(
                        "\"mask\": \"mask.nii.gz\"",
                        "\"mask\": \"" + names.get(1) + "\", \"image\": \"" + names.get(2) + "\"")
                .replace("\"tissue.nii.gz\"", "\"" + names.get(0) + "\"")
                .replace("\"cellularity\": \"u0.nii.gz\"", "\"cellularity\": \"" + names.get(3) + "\"");
        Files.writeString(folder.resolve("case.json"), json);
        OncoTwin.Outcome outcome = ONCOTWIN.run(folder, "run", "case.json", "--out", "out");
        assertThat(folder.resolve("out")).doesNotExist();
        return outcome;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void eachIsRefusedWithItsFieldAndTheKeyThatNamesIt(List<String> names) throws Exception {
        Map<String, JsonNode> expected = expected("refuse");

        OncoTwin.Outcome outcome =
                run(names.stream().map(FILES::resolve).map(Path::normalize).toList());

        outcome.failsWith(2);
        assertThat(outcome.problems()).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            String line = outcome.problems().get(i);
            assertThat(line)
                    .startsWith("oncotwin: " + KEYS.get(i) + ": ")
                    // Of a pair the other file may be at fault.
                    .contains(names.get(i).replaceFirst("\\.hdr$", "."))
                    .doesNotContain(FILES.toString())
                    .hasSizeLessThan(400);
            JsonNode field = expected.get(names.get(i)).get("field");
            if (expected.get(names.get(i)).get("outcome").textValue().equals("refuse") && !field.isNull()) {
                assertThat(line).contains(field.textValue());
            }
        }
    }

    @Test
    void whatMayBeReadIsReadOrRefused() throws Exception {
        List<String> names = List.copyOf(expected("either").keySet());
        for (String name : names) {
            // Its grid is not that of the other images, so that the case is refused even if the file is read.
            OncoTwin.Outcome outcome = run(List.of(
                    folder.resolve("tissue.nii.gz"),
                    folder.resolve("mask.nii.gz"),
                    FILES.resolve(name).normalize()));
            outcome.failsWith(2);
            assertThat(outcome.problems()).singleElement().asString().startsWith("oncotwin: anatomy.image: ");
        }
    }

    @Test
    void aBombOfAGigabyteIsRefusedWithinTheMemory() throws Exception {
        Path bomb = folder.resolve("bomb.nii.gz");
        byte[] zeros = new byte[1 << 20];
        byte[] header = header(1024, 1024, 1024);
        try (OutputStream out = new FastGzip(Files.newOutputStream(bomb))) {
            out.write(header);
            for (int i = 0; i < 1024; i++) {
                out.write(zeros);
            }
        }
        for (int key = 0; key < KEYS.size(); key += 3) {
            List<Path> files =
                    new ArrayList<>(List.of("tissue.nii.gz", "mask.nii.gz", "u0.nii.gz", "u0.nii.gz").stream()
                            .map(folder::resolve)
                            .toList());
            files.set(key, bomb);
            OncoTwin.Outcome outcome = run(files);
            outcome.failsWith(2);
            assertThat(outcome.problems())
                    .singleElement()
                    .asString()
                    .startsWith("oncotwin: " + KEYS.get(key) + ": ")
                    .contains("bomb.nii.gz");
        }
    }

    @Test
    void aFileWithHolesThatClaimsWhatItHoldsIsRefusedAtOnce() throws Exception {
        Path sparse = folder.resolve("sparse.nii");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.write(header(32767, 32767, 4096));
            // Four terabytes that take no place on the disk, and hours to read.
            file.setLength(352 + 32767L * 32767 * 4096);
        }
        OncoTwin.Outcome outcome = run(List.of(sparse));

        outcome.failsWith(2);
        assertThat(outcome.problems())
                .singleElement()
                .asString()
                .startsWith("oncotwin: anatomy.tissue: ")
                .contains("sparse.nii");
    }

    /** A valid header of unsigned bytes, voxels of 1 mm. */
    private byte[] header(int nx, int ny, int nz) throws Exception {
        Path small = folder.resolve("small.nii.gz");
        Nifti.of(1, 1, 1, 1, 1, 1, (i, j, k) -> 0).writeLabels(small);
        byte[] header = new byte[352];
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(small))) {
            assertThat(in.readNBytes(header, 0, 352)).isEqualTo(352);
        }
        java.nio.ByteBuffer.wrap(header)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putShort(42, (short) nx)
                .putShort(44, (short) ny)
                .putShort(46, (short) nz);
        return header;
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws java.io.IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
