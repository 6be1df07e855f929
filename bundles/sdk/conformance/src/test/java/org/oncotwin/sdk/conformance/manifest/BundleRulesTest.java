package org.oncotwin.sdk.conformance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;

/** A good bundle passes; each rogue is caught by the rule that it breaks and by no other. */
@Tag("SR-705")
class BundleRulesTest {

    @TempDir
    Path folder;

    @Test
    void goodBundlePasses() throws IOException {
        assertThat(BundleRules.check(new TestBundle().write(folder))).isEmpty();
    }

    static Stream<Arguments> rogues() {
        return Stream.of(
                rogue(
                        BundleRule.NOTHING_EXPORTED,
                        "org.example.secret",
                        b -> b.header("Export-Package", "org.example.secret;version=1.0.0")),
                rogue(BundleRule.CAPABILITY, "no capability", b -> b.without("Provide-Capability")),
                rogue(BundleRule.CAPABILITY, "has no id", b -> b.header("Provide-Capability", "oncotwin.growth")),
                rogue(BundleRule.COMPONENT, "Service-Component is missing", b -> b.without("Service-Component")
                        .header("Provide-Capability", "oncotwin.growth;oncotwin.growth=example")),
                rogue(
                        BundleRule.COMPONENT,
                        "not in the archive",
                        b -> b.header("Service-Component", "OSGI-INF/gone.xml," + TestBundle.COMPONENT)),
                rogue(
                        BundleRule.COMPONENT,
                        "oncotwin.treatment has no component",
                        b -> b.header(
                                "Provide-Capability",
                                "oncotwin.growth;oncotwin.growth=example,oncotwin.treatment;oncotwin.treatment=example")),
                rogue(
                        BundleRule.IMPORTS,
                        "org.oncotwin.engine",
                        b -> b.header("Import-Package", "org.oncotwin.engine;version=\"[1,2)\"")),
                rogue(
                        BundleRule.IMPORTS,
                        "com.fasterxml",
                        b -> b.header("Import-Package", "com.fasterxml.jackson.core")),
                rogue(
                        BundleRule.IMPORTS,
                        "a range that ends",
                        b -> b.header("Import-Package", "org.oncotwin.api.growth;version=1.0")),
                rogue(
                        BundleRule.IMPORTS,
                        "a range that ends",
                        b -> b.header("Import-Package", "org.oncotwin.api.growth")),
                rogue(BundleRule.IDENTITY, "0.0.0", b -> b.header("Bundle-Version", "0.0.0.SNAPSHOT")),
                rogue(BundleRule.IDENTITY, "'one'", b -> b.header("Bundle-Version", "one")),
                rogue(BundleRule.IDENTITY, "Bundle-SymbolicName", b -> b.without("Bundle-SymbolicName")),
                rogue(BundleRule.BYTE_CODE, "version 65", b -> b.type("org/example/Newer.class", Opcodes.V21)),
                rogue(
                        BundleRule.BYTE_CODE,
                        "preview",
                        b -> b.type("org/example/Preview.class", Opcodes.V17 | Opcodes.V_PREVIEW)),
                rogue(BundleRule.BYTE_CODE, "not a class file", b -> b.file("org/example/No.class", "no class file")),
                rogue(BundleRule.ARCHIVE, "more than once", b -> b.twice("org/example/Model.class")),
                rogue(BundleRule.ARCHIVE, "leads out", b -> b.file("../outside.txt", "x")),
                rogue(BundleRule.ARCHIVE, "leads out", b -> b.file("a/../../outside.txt", "x")),
                rogue(BundleRule.ARCHIVE, "leads out", b -> b.file("/outside.txt", "x")),
                rogue(BundleRule.ARCHIVE, "leads out", b -> b.file("C:outside.txt", "x")),
                rogue(BundleRule.ARCHIVE, "leads out", b -> b.file("a\\outside.txt", "x")));
    }

    private interface Change {
        TestBundle of(TestBundle bundle);
    }

    private static Arguments rogue(BundleRule rule, String words, Change change) {
        return Arguments.of(rule, words, change.of(new TestBundle()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rogues")
    void rogueIsCaught(BundleRule rule, String words, TestBundle bundle) throws IOException {
        List<BundleProblem> problems = BundleRules.check(bundle.write(folder));
        assertThat(problems).isNotEmpty().allSatisfy(problem -> assertThat(problem.rule())
                .isEqualTo(rule));
        assertThat(problems).anySatisfy(problem -> assertThat(problem.problem()).contains(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bundle-Activator",
                "DynamicImport-Package",
                "Require-Bundle",
                "Fragment-Host",
                "Bundle-NativeCode",
                "Bundle-ClassPath",
                "Multi-Release"
            })
    void tiesAreCaught(String header) throws IOException {
        assertThat(BundleRules.check(
                        new TestBundle().header(header, "org.example").write(folder)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo(BundleRule.NO_OTHER_TIES);
                    assertThat(problem.problem()).contains(header);
                });
    }

    @ParameterizedTest
    @DisplayName("clocks and random numbers of its own")
    @CsvSource({
        "184, java/lang/System, currentTimeMillis, ()J",
        "184, java/lang/System, nanoTime, ()J",
        "184, java/time/Instant, now, ()Ljava/time/Instant;",
        "184, java/time/LocalDate, now, (Ljava/time/ZoneId;)Ljava/time/LocalDate;",
        "184, java/time/Clock, systemUTC, ()Ljava/time/Clock;",
        "183, java/util/Date, <init>, ()V",
        "184, java/util/Calendar, getInstance, ()Ljava/util/Calendar;",
        "184, java/lang/Math, random, ()D",
        "183, java/util/Random, <init>, ()V",
        "183, java/util/SplittableRandom, <init>, ()V",
        "184, java/util/UUID, randomUUID, ()Ljava/util/UUID;",
        "183, java/security/SecureRandom, <init>, ()V",
        "183, org/apache/commons/math3/random/MersenneTwister, <init>, ()V"
    })
    void clocksAndOwnRandomNumbersAreCaught(int opcode, String owner, String method, String descriptor)
            throws IOException {
        assertThat(BundleRules.check(new TestBundle()
                        .calls(opcode, owner, method, descriptor)
                        .write(folder)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo(BundleRule.NO_CLOCK);
                    assertThat(problem.problem())
                            .contains("org/example/Caller.class", owner.replace('/', '.') + "." + method, "allowed");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "183, java/util/Random, <init>, (J)V",
        "183, java/util/Date, <init>, (J)V",
        "184, java/time/LocalDate, of, (III)Ljava/time/LocalDate;",
        "183, org/apache/commons/math3/random/MersenneTwister, <init>, (J)V"
    })
    void whatIsGivenItsSeedOrTimePasses(int opcode, String owner, String method, String descriptor) throws IOException {
        assertThat(BundleRules.check(new TestBundle()
                        .calls(opcode, owner, method, descriptor)
                        .write(folder)))
                .isEmpty();
    }

    @Test
    void methodReferencesAreSeen() throws IOException {
        try (var in = References.class.getResourceAsStream("BundleRulesTest$References.class")) {
            assertThat(ForbiddenCalls.in(in.readAllBytes()))
                    .singleElement()
                    .asString()
                    .contains("java.lang.System.nanoTime");
        }
    }

    static final class References {

        static LongSupplier clock() {
            return System::nanoTime;
        }
    }

    @Test
    void contentThatOnlySomeReadersSeeIsCaught() throws IOException {
        Path file = new TestBundle().write(folder);
        // The directory at the end names another entry than lies in the file.
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        int last = bytes.lastIndexOf("org/example/Model.class");
        Files.writeString(
                file,
                bytes.substring(0, last) + "org/example/Other.class" + bytes.substring(last + 23),
                StandardCharsets.ISO_8859_1);
        assertThat(BundleRules.check(file)).extracting(BundleProblem::rule).contains(BundleRule.ARCHIVE);
    }
}
