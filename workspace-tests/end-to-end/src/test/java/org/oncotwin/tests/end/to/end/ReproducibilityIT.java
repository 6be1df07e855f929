package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same bits whoever computes them again, and words for what is not the same. */
class ReproducibilityIT {
    @TempDir
    static Path folder;

    private static final OncoTwin ONCOTWIN = OncoTwin.ofThisJava();
    private static Result first;

    @BeforeAll
    static void runTheExample() throws Exception {
        GliomaCase.write(folder, GliomaCase.EXAMPLE);
        first = run(ONCOTWIN, "case.json", "first", "--threads", "1");
    }

    private static Result run(OncoTwin program, String file, String out, String... more) throws Exception {
        String[] line = Stream.concat(Stream.of("run", file, "--out", out), Stream.of(more))
                .toArray(String[]::new);
        program.run(folder, line).succeeds();
        return Result.in(folder.resolve(out));
    }

    private static void assertSame(Result other, Result one) {
        assertThat(other.bits()).usingRecursiveComparison().isEqualTo(one.bits());
        assertThat(other.stateHash()).isEqualTo(one.stateHash());
        assertThat(other.requestHash()).isEqualTo(one.requestHash());
    }

    /** A copy of the first run, to be damaged. */
    private static Path copy(String name) throws Exception {
        Path copy = folder.resolve(name);
        Path original = folder.resolve("first");
        try (Stream<Path> tree = Files.walk(original)) {
            for (Path path : tree.toList()) {
                Files.copy(path, copy.resolve(original.relativize(path).toString()));
            }
        }
        return copy;
    }

    private static void edit(Path run, java.util.function.Consumer<ObjectNode> change) throws Exception {
        Path file = run.resolve("result.json");
        ObjectNode root = (ObjectNode) Result.JSON.readTree(Files.readAllBytes(file));
        change.accept(root);
        Files.write(file, Result.JSON.writeValueAsBytes(root));
    }

    @Tag("SR-201")
    @Test
    void oneThreadAndTwoGiveTheSameBits() throws Exception {
        assertSame(run(ONCOTWIN, "case.json", "two-threads", "--threads", "2"), first);
        assertThat(folder.resolve("two-threads/result.json"))
                .hasSameBinaryContentAs(folder.resolve("first/result.json"));
    }

    @Tag("SR-201")
    @Test
    void localeAndTimeZoneChangeNoBit() throws Exception {
        OncoTwin elsewhere = ONCOTWIN.withOptions(
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Apia",
                "-Dfile.encoding=ISO-8859-9");
        assertSame(run(elsewhere, "case.json", "elsewhere"), first);
    }

    @Tag("SR-201")
    @Test
    void anotherJavaGivesTheSameBits() throws Exception {
        int other = Runtime.version().feature() == 25 ? 17 : 25;
        Optional<OncoTwin> installed = OncoTwin.ofJava(other);
        assumeTrue(installed.isPresent(), () -> {
            System.out.println("Java " + other + " is not installed here: its bits are not compared");
            return "no Java " + other + " on this machine";
        });
        Result there = run(installed.get(), "case.json", "java-" + other);

        assertSame(there, first);
        assertThat(there.provenance().get("java").textValue())
                .isNotEqualTo(first.provenance().get("java").textValue());
        OncoTwin.Outcome replay =
                ONCOTWIN.run(folder, "replay", "java-" + other).succeeds();
        assertThat(replay.out()).contains("identical bit for bit").contains("Java version: recorded ");
    }

    @Tag("SR-111")
    @Test
    void replayGivesTheSameBits() throws Exception {
        OncoTwin.Outcome words = ONCOTWIN.run(folder, "replay", "first").succeeds();
        assertThat(words.out()).isEqualToIgnoringNewLines("gbm-001: identical bit for bit");

        JsonNode object = Result.JSON.readTree(
                ONCOTWIN.run(folder, "replay", "first", "--json").succeeds().out());
        assertThat(object.get("identical").booleanValue()).isTrue();
        assertThat(object.get("differences")).isEmpty();
        assertThat(object.get("origins")).isEmpty();
    }

    @Tag("SR-111")
    @Test
    void replayNeedsNothingButTheFolder() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("moved"));
        Path moved = copy("moved/run");

        ONCOTWIN.run(elsewhere, "replay", moved.getFileName().toString()).succeeds();
    }

    @Tag("SR-111")
    @Test
    void replayNamesAValueThatIsNotWhatWasComputed() throws Exception {
        Path damaged = copy("value");
        edit(damaged, root -> {
            ArrayNode values = (ArrayNode) root.at("/series/tumour.volume/values");
            values.set(3, Math.nextUp(values.get(3).doubleValue()));
        });

        OncoTwin.Outcome replay = ONCOTWIN.run(folder, "replay", "value");

        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.out())
                .contains("the results differ", "tumour.volume: 1 of 27 values differ", "first on day 21");
        assertThat(replay.out() + replay.err()).doesNotContain("Exception", "\tat ");
    }

    @Tag("SR-111")
    @Test
    void replayNamesAPluginOfAnotherVersion() throws Exception {
        Path damaged = copy("version");
        edit(damaged, root -> ((ObjectNode) root.at("/provenance/plugins/0")).put("version", "0.9.9"));

        OncoTwin.Outcome replay = ONCOTWIN.run(folder, "replay", "version");

        assertThat(replay.out()).contains("plugin reaction-diffusion: version: recorded 0.9.9, now 1.");
        assertThat(replay.out() + replay.err()).doesNotContain("Exception", "\tat ");
    }

    @Tag("SR-111")
    @Test
    void replayRefusesAnInputThatIsNotTheOneUsed() throws Exception {
        Path damaged = copy("input");
        Path image = damaged.resolve("inputs/u0.nii.gz");
        Nifti.read(image).map(value -> value / 2).write(image);

        OncoTwin.Outcome replay = ONCOTWIN.run(folder, "replay", "input");

        replay.failsWith(2);
        assertThat(replay.problems())
                .singleElement()
                .asString()
                .contains("u0.nii.gz", "not the file that the run used");
    }

    @Tag("SR-111")
    @Test
    void replayNamesACaseThatWasChanged() throws Exception {
        Path damaged = copy("case");
        Files.writeString(damaged.resolve("case.json"), GliomaCase.with("0.05 /d", "0.051 /d"));

        OncoTwin.Outcome replay = ONCOTWIN.run(folder, "replay", "case");

        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.out())
                .contains(
                        "the results differ",
                        "tumour.burden: ",
                        "request: recorded ",
                        ".proliferation: recorded 0.05 /d, now 0.051 /d");
    }

    @Tag("SR-211")
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"seed\": 1|\"seed\": 2",
                "0.05 /d|0.0500000001 /d",
                "\"white\": \"0.1 mm2/d\"|\"white\": \"0.2 mm2/d\"",
                "\"fractions\": 30|\"fractions\": 29",
                "\"start_day\": 30|\"start_day\": 31",
                "\"age\": 62|\"age\": 63",
                "\"output\": \"7 d\"|\"output\": \"14 d\""
            })
    void anotherRequestHasAnotherHash(String there, String instead) throws Exception {
        String name = "changed-" + Integer.toHexString(instead.hashCode());
        // A short horizon: only the hash is looked at.
        String shortened = GliomaCase.with("180 d", "35 d");
        Files.writeString(folder.resolve(name + "-0.json"), shortened);
        assertThat(shortened).contains(there);
        Files.writeString(folder.resolve(name + "-1.json"), shortened.replace(there, instead));
        Set<String> hashes = new HashSet<>();
        for (String file : List.of(name + "-0", name + "-1")) {
            hashes.add(run(ONCOTWIN, file + ".json", file).requestHash());
        }
        assertThat(hashes).hasSize(2);
    }

    @Test
    void theFormOfTheCaseFileDoesNotMatter() throws Exception {
        String compact = Result.JSON.readTree(GliomaCase.EXAMPLE).toString().replace("0.05 /d", "0.35 /wk");
        Files.writeString(folder.resolve("compact.json"), compact);

        assertThat(run(ONCOTWIN, "compact.json", "compact").requestHash()).isEqualTo(first.requestHash());
    }

    @Tag("SR-211")
    @Test
    void anotherVersionOfABundleIsInTheProvenanceAndReplaySaysSo() throws Exception {
        Files.writeString(folder.resolve("gompertz.json"), """
                { "case": "g", "initial": { "volume": "10 cm3" },
                  "growth": { "model": "gompertz", "parameters": { "proliferation": "0.05 /d", "carrying_capacity": "100 cm3" } },
                  "horizon": "10 d", "output": "1 d" }
                """);
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        copyWithVersion(OncoTwin.bundle("org.oncotwin.model.gompertz"), plugins.resolve("newer.jar"), "1.7.0");

        Result old = run(ONCOTWIN, "gompertz.json", "old");
        ONCOTWIN.run(folder, "--plugins", "plugins", "run", "gompertz.json", "--out", "new")
                .succeeds();
        Result now = Result.in(folder.resolve("new"));

        assertThat(old.provenance().at("/plugins/0/version").textValue()).startsWith("1.0.0");
        assertThat(now.provenance().at("/plugins/0/version").textValue()).isEqualTo("1.7.0");
        assertThat(now.provenance().at("/plugins/0/sha256"))
                .isNotEqualTo(old.provenance().at("/plugins/0/sha256"));
        assertThat(now.bits()).usingRecursiveComparison().isEqualTo(old.bits());
        // The recorded version is taken as long as it is there.
        assertThat(ONCOTWIN.run(folder, "--plugins", "plugins", "replay", "old")
                        .succeeds()
                        .out())
                .isEqualToIgnoringNewLines("g: identical bit for bit");
        assertThat(ONCOTWIN.run(folder, "replay", "new").out())
                .contains("plugin gompertz: version: recorded 1.7.0, now 1.0.0");
    }

    private static void copyWithVersion(Path bundle, Path copy, String version) throws Exception {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            Manifest manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (OutputStream file = Files.newOutputStream(copy);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                Enumeration<JarEntry> entries = jar.entries();
                while (entries.hasMoreElements()) {
                    JarEntry entry = entries.nextElement();
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        jar.getInputStream(entry).transferTo(out);
                    }
                }
            }
        }
    }
}
