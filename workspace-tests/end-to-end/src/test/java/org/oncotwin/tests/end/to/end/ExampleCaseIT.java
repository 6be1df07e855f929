package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documentation, word for word: what a run folder holds, and that its parts agree. */
class ExampleCaseIT {
    @TempDir
    static Path folder;

    private static Path run;
    private static OncoTwin.Outcome outcome;
    private static Result result;

    @BeforeAll
    static void runTheExample() throws Exception {
        GliomaCase.write(folder, GliomaCase.EXAMPLE);
        outcome = OncoTwin.ofThisJava()
                .run(folder, "run", "case.json", "--out", "runs/first", "--fields", "--export", "paraview", "--json");
        outcome.succeeds();
        run = folder.resolve("runs/first");
        result = Result.in(run);
    }

    private static List<String> files(Path below) throws Exception {
        try (Stream<Path> tree = Files.walk(below)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Tag("SR-106")
    @Test
    void outputIsWeeklyAndAtTheEnd() {
        assertThat(result.times())
                .isEqualTo(IntStream.rangeClosed(0, 26)
                        .mapToDouble(week -> Math.min(180, 7.0 * week))
                        .toArray());
        assertThat(result.root().get("case").textValue()).isEqualTo("gbm-001");
    }

    @Tag("SR-403")
    @Test
    void volumeAndBurdenAreInCubicCentimetresAndRespondToRadiation() {
        for (String quantity : List.of("tumour.volume", "tumour.burden")) {
            assertThat(result.unit(quantity)).isEqualTo("cm3");
            assertThat(Arrays.stream(result.series(quantity)).boxed())
                    .hasSize(27)
                    .allMatch(v -> Double.isFinite(v) && v >= 0);
        }
        double[] burden = result.series("tumour.burden");
        // Growth up to day 28; thirty fractions from day 30 to 74 keep ln S = -2.16 against at most 44 * 0.05 = 2.2 of
        // growth.
        assertThat(burden[4]).isGreaterThan(burden[0]);
        assertThat(burden[10]).isLessThan(1.3 * burden[4]);
        assertThat(burden[26]).isGreaterThan(burden[11]);
    }

    @Test
    void fieldsAgreeWithTheSeries() throws Exception {
        Nifti mask = Nifti.read(folder.resolve("mask.nii.gz"));
        Nifti initial = Nifti.read(folder.resolve("u0.nii.gz"));
        double[] burden = result.series("tumour.burden");
        double[] volume = result.series("tumour.volume");
        double threshold = StreamSupport.stream(
                        result.provenance().get("parameters").spliterator(), false)
                .filter(p -> p.get("name").textValue().equals("volume_threshold"))
                .findFirst()
                .orElseThrow()
                .get("value")
                .doubleValue();
        assertThat(files(run.resolve("fields"))).hasSize(27);
        for (int i = 0; i < 27; i++) {
            Nifti field = Nifti.read(run.resolve("fields/tumour.cellularity-day-" + Math.min(180, 7 * i) + ".nii.gz"));
            assertThat(new int[] {field.nx(), field.ny(), field.nz()}).containsExactly(24, 22, 16);
            assertThat(field.sform()).isEqualTo(mask.sform());
            double sum = 0;
            int above = 0;
            for (int voxel = 0; voxel < field.values().length; voxel++) {
                double value = field.values()[voxel];
                assertThat(value).isBetween(0.0, 1.0);
                if (mask.values()[voxel] == 0) {
                    assertThat(value).as("outside the brain").isZero();
                }
                sum += value;
                above += value >= threshold ? 1 : 0;
            }
            assertThat(sum * field.voxelVolume()).isCloseTo(burden[i], withinPercentage(1e-9));
            assertThat(above * field.voxelVolume()).isCloseTo(volume[i], withinPercentage(1e-9));
        }
        Nifti first = Nifti.read(run.resolve("fields/tumour.cellularity-day-0.nii.gz"));
        assertThat(first.values()).isEqualTo(initial.values());
    }

    @Tag("SR-110")
    @Test
    void theRunKnowsWhereItComesFrom() throws Exception {
        JsonNode provenance = result.provenance();
        assertThat(provenance.get("seed").longValue()).isEqualTo(1);
        assertThat(result.requestHash()).matches("[0-9a-f]{64}");
        assertThat(result.stateHash()).matches("[0-9a-f]{64}");
        assertThat(provenance.at("/engine/sha256").textValue()).matches("[0-9a-f]{64}");
        List<String> plugins = new ArrayList<>();
        for (JsonNode plugin : provenance.get("plugins")) {
            plugins.add(plugin.get("kind").textValue() + " " + plugin.get("id").textValue());
            Path bundle = OncoTwin.bundle(plugin.get("bundle").textValue());
            assertThat(plugin.get("sha256").textValue()).isEqualTo(contentHash(bundle));
        }
        assertThat(plugins).contains("growth reaction-diffusion", "treatment radiation-lq");
        assertThat(plugins).anyMatch(plugin -> plugin.startsWith("solver "));
        for (String input : List.of("tissue.nii.gz", "mask.nii.gz", "u0.nii.gz")) {
            assertThat(provenance.get("inputs").get(input).textValue()).isEqualTo(sha256(folder.resolve(input)));
        }
        for (JsonNode parameter : provenance.get("parameters")) {
            for (String key : List.of("participant", "name", "unit", "origin", "description", "source")) {
                assertThat(parameter.get(key).textValue()).as(key).isNotBlank();
            }
        }
        assertThat(provenance.get("parameters"))
                .extracting(p -> p.get("name").textValue())
                .contains(
                        "proliferation",
                        "diffusion.white",
                        "diffusion.grey",
                        "carrying_capacity",
                        "alpha",
                        "alpha_beta");
    }

    /** SHA-256 over the names of the files of a bundle, sorted, and the SHA-256 of each: what a bundle is, however it was packed. */
    private static String contentHash(Path bundle) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (JarFile jar = new JarFile(bundle.toFile())) {
            for (JarEntry entry : jar.stream()
                    .filter(e -> !e.isDirectory())
                    .sorted(Comparator.comparing(JarEntry::getName))
                    .toList()) {
                byte[] content = MessageDigest.getInstance("SHA-256")
                        .digest(jar.getInputStream(entry).readAllBytes());
                String line = "/" + entry.getName() + "\n" + HexFormat.of().formatHex(content) + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Tag("SR-110")
    @Test
    void theFolderHoldsTheCaseItsInputsAndTheHashOfEveryFile() throws Exception {
        assertThat(files(run))
                .contains(
                        "case.json",
                        "inputs/mask.nii.gz",
                        "inputs/tissue.nii.gz",
                        "inputs/u0.nii.gz",
                        "report.html",
                        "result.json")
                .noneMatch(name -> name.endsWith(".part"));
        assertThat(run.resolve("case.json")).hasContent(GliomaCase.EXAMPLE);
        JsonNode hashes = result.root().get("files");
        for (String file : files(run)) {
            if (file.startsWith("fields/") || file.startsWith("exports/")) {
                assertThat(hashes.path(file).textValue()).as(file).isEqualTo(sha256(run.resolve(file)));
            }
        }
        // Beside the run there is nothing else.
        try (Stream<Path> beside = Files.list(folder.resolve("runs"))) {
            assertThat(beside).containsExactly(run);
        }
    }

    @Tag("SR-553")
    @Test
    void paraViewFilesAreACollectionOfOneImagePerOutput() throws Exception {
        List<String> exported = files(run.resolve("exports/paraview"));
        assertThat(exported).filteredOn(name -> name.endsWith(".pvd")).hasSize(1);
        Path collection = run.resolve("exports/paraview")
                .resolve(exported.stream()
                        .filter(n -> n.endsWith(".pvd"))
                        .findFirst()
                        .orElseThrow());
        var document = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(collection.toFile());
        var sets = document.getElementsByTagName("DataSet");
        assertThat(sets.getLength()).isEqualTo(27);
        for (int i = 0; i < 27; i++) {
            var attributes = sets.item(i).getAttributes();
            assertThat(Double.parseDouble(attributes.getNamedItem("timestep").getNodeValue()))
                    .isEqualTo(Math.min(180, 7 * i));
            assertThat(collection.resolveSibling(attributes.getNamedItem("file").getNodeValue()))
                    .isRegularFile();
        }
    }

    @Tag("SR-551")
    @Test
    void theReportLoadsNothing() throws Exception {
        String page = Files.readString(run.resolve("report.html"));
        for (String there : List.of(
                "gbm-001",
                "data:image/png;base64,",
                result.requestHash(),
                "esearch use",
                "proliferation",
                "carrying_capacity",
                "alpha_beta",
                "cm3")) {
            assertThat(page.contains(there)).as("the page has " + there).isTrue();
        }
        Matcher policy = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(page);
        assertThat(policy.find()).isTrue();
        assertThat(policy.group(1).replace("&#39;", "'")).startsWith("default-src 'none'; img-src data:;");
        for (String load : List.of(
                "(?i)<(script|img|iframe|source|video|audio|embed)\\b[^>]*\\bsrc\\s*=\\s*[\"']?(?!data:)[^>]*",
                "(?i)<(link|base|object)\\b[^>]*",
                "(?i)@import\\b.{0,40}",
                "(?i)\\burl\\(\\s*[\"']?(?!data:|#)[^)]*",
                "\\b(fetch|importScripts)\\(|XMLHttpRequest|WebSocket",
                Pattern.quote(folder.toString()))) {
            Matcher found = Pattern.compile(load).matcher(page);
            assertThat(found.find() ? found.group() : "")
                    .as("loads something or tells a folder")
                    .isEmpty();
        }
    }

    @Test
    void aScriptGetsOneObject() throws Exception {
        JsonNode printed = Result.JSON.readTree(outcome.out());
        assertThat(printed.get("case").textValue()).isEqualTo("gbm-001");
        assertThat(printed.get("outputs").intValue()).isEqualTo(27);
        assertThat(printed.get("request_hash").textValue()).isEqualTo(result.requestHash());
        assertThat(printed.get("state_hash").textValue()).isEqualTo(result.stateHash());
        assertThat(printed.at("/final/tumour.volume/unit").textValue()).isEqualTo("cm3");
        assertThat(outcome.err()).isEmpty();
    }

    @Tag("SR-108")
    @Test
    void aFullFolderIsNotTouched() throws Exception {
        byte[] before = Files.readAllBytes(run.resolve("result.json"));

        OncoTwin.Outcome refused = OncoTwin.ofThisJava().run(folder, "run", "case.json", "--out", "runs/first");

        refused.failsWith(2);
        assertThat(refused.problems()).singleElement().asString().contains("--out", "not empty", "--overwrite");
        assertThat(run.resolve("result.json")).hasBinaryContent(before);
    }
}
