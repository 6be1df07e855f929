package org.oncotwin.change.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginKind;

@Tag("SR-1002")
class BundleJarTest {

    private static final String MANIFEST =
            "Manifest-Version: 1.0\r\nBundle-SymbolicName: test.a;singleton:=true\r\nBundle-Version: 1.2.3\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void readsWhatABundleDeclares() throws IOException {
        BundleJar jar = JarForTests.growth("logistic", "1.2.3", "kill-rate")
                .header("Bundle-SymbolicName", "test.logistic;singleton:=true")
                .header("Import-Package", "a.b;version=\"[1.0,2)\",c.d;resolution:=optional")
                .header("Export-Package", "e.f;version=\"1.1\",g.h")
                .entry("org/example/data.txt", "data")
                .read(folder);
        assertThat(jar.words()).isEqualTo("test.logistic 1.2.3");
        assertThat(jar.offers(PluginKind.GROWTH, "logistic")).isTrue();
        assertThat(jar.offers(PluginKind.TREATMENT, "logistic")).isFalse();
        assertThat(jar.offers(PluginKind.GROWTH, "gompertz")).isFalse();
        assertThat(jar.imports().stream().map(BundleJar::range))
                .hasSize(2)
                .first()
                .hasToString("[1.0.0,2.0.0)");
        assertThat(jar.exports().stream().map(BundleJar::version).map(Object::toString))
                .containsExactly("1.1.0", "0.0.0");
    }

    @Test
    void bundleWithoutVersionHasVersionZero() throws IOException {
        Path file = zip("a.jar", "META-INF/MANIFEST.MF", MANIFEST.replace("Bundle-Version: 1.2.3\r\n", ""));
        assertThat(BundleJar.read(file).words()).isEqualTo("test.a 0.0.0");
    }

    @Test
    void jarThatIsNoBundleIsRefused() throws IOException {
        Path plain = zip("plain.jar", "a.txt", "a");
        assertThatThrownBy(() -> BundleJar.read(plain))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("plain.jar: is not an OSGi bundle: its manifest has no Bundle-SymbolicName");
        Path blank = new JarForTests().header("Bundle-SymbolicName", " ").write(folder.resolve("blank.jar"));
        assertThatThrownBy(() -> BundleJar.read(blank)).hasMessageContaining("has no Bundle-SymbolicName");
    }

    @ParameterizedTest
    @CsvSource({
        "Bundle-Version, one",
        "Import-Package, a.b;version=\"[1.0\"",
        "Import-Package, a.b;version=latest",
        "Export-Package, a.b;version=\"x\"",
    })
    void versionThatCannotBeReadIsRefusedWithTheNameOfTheJar(String header, String value) throws IOException {
        Path file = JarForTests.bundle("test.a", "1.0.0").header(header, value).write(folder.resolve("a.jar"));
        assertThatThrownBy(() -> BundleJar.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a.jar: its manifest cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.txt", "/absolute.txt", "a/../../b", "..\\windows.txt"})
    void entriesThatLeadOutAreRefused(String name) throws IOException {
        Path file = zip("slip.jar", "META-INF/MANIFEST.MF", MANIFEST, name, "x");
        assertThatThrownBy(() -> BundleJar.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("slip.jar: has an entry that leads out of it: '" + name + "'");
    }

    @Test
    void entriesThatAreThereTwiceAreRefused() throws IOException {
        // The writer refuses a name that it has written, so another one of the same length is renamed afterwards.
        Path file = zip("twice.jar", "META-INF/MANIFEST.MF", MANIFEST, "one.txt", "1", "two.txt", "2");
        Files.write(file, replaced(Files.readAllBytes(file), "two.txt", "one.txt", Integer.MAX_VALUE));
        assertThatThrownBy(() -> BundleJar.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("twice.jar: ")
                .hasMessageMatching("(?s).*(has the entry 'one.txt' twice|lists other entries|duplicate).*");
    }

    @Test
    void directoryThatNamesAnotherEntryThanIsThereIsRefused() throws IOException {
        Path file = zip("two-faced.jar", "META-INF/MANIFEST.MF", MANIFEST, "one.txt", "1");
        byte[] bytes = Files.readAllBytes(file);
        // The name stands before the content and in the directory; only the first is changed.
        Files.write(file, replaced(bytes, "one.txt", "two.txt", 1));
        assertThatThrownBy(() -> BundleJar.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("two-faced.jar: ");
    }

    /** A second jar behind the first: who reads from the front sees the one, who reads by the directory the other. */
    @Test
    void jarsOneBehindTheOtherAreRefused() throws IOException {
        Path front = zip("front.jar", "META-INF/MANIFEST.MF", MANIFEST, "one.txt", "good");
        Path back = zip("back.jar", "META-INF/MANIFEST.MF", MANIFEST, "one.txt", "evil");
        Path both = folder.resolve("both.jar");
        try (OutputStream out = Files.newOutputStream(both)) {
            out.write(Files.readAllBytes(front));
            out.write(Files.readAllBytes(back));
        }
        assertThatThrownBy(() -> BundleJar.read(both))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its directory lists other entries than it has");
    }

    @Test
    void entryThatUnpacksToTooMuchIsRefusedBeforeAllOfItIsUnpacked() throws IOException {
        Path file = folder.resolve("bomb.jar");
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("zeros"));
            for (long n = 0; n <= BundleJar.MOST_BYTES; n += zeros.length) {
                zip.write(zeros);
            }
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);
        assertThatThrownBy(() -> BundleJar.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unpacks to more than a plugin ever has; allowed are 256 MiB and 100000 entries");
    }

    @Test
    void manyEntriesAreRefused() throws IOException {
        Path file = folder.resolve("many.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(0);
            for (int n = 0; n <= 100_000; n++) {
                zip.putNextEntry(new ZipEntry(Integer.toString(n, 36)));
            }
        }
        assertThatThrownBy(() -> BundleJar.read(file)).hasMessageContaining("100000 entries");
    }

    @Test
    void damagedJarsAreRefusedWhereverTheDamageIs() throws IOException {
        Path good = JarForTests.growth("logistic", "1.0.0", "kill-rate")
                .entry("a.txt", "some content that is worth being packed, being packed, being packed")
                .write(folder.resolve("good.jar"));
        byte[] bytes = Files.readAllBytes(good);
        Path file = folder.resolve("damaged.jar");
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> BundleJar.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("damaged.jar: ");
        }
        for (int place = 0; place < bytes.length; place++) {
            byte[] changed = bytes.clone();
            changed[place] ^= 0x10;
            Files.write(file, changed);
            try {
                // What carries nothing, such as the time of an entry, may differ; whatever is read is what was written.
                assertThat(BundleJar.read(file).words()).isEqualTo("test.logistic 1.0.0");
            } catch (InvalidInputException refused) {
                assertThat(refused).hasMessageStartingWith("damaged.jar: ");
            }
        }
    }

    @Test
    void aFileIsCalledWhatPeopleKnowItBy() throws IOException {
        Path kept = Files.writeString(folder.resolve("835a5e3d0e71"), "no jar at all");
        assertThatThrownBy(() -> BundleJar.read(kept, "logistic-1.1.0.jar"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("logistic-1.1.0.jar: is damaged or no jar");
    }

    private Path zip(String name, String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int n = 0; n < namesAndContents.length; n += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[n]));
                zip.write(namesAndContents[n + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static byte[] replaced(byte[] bytes, String from, String to, int most) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String changed = most == 1 ? text.replaceFirst(from, to) : text.replace(from, to);
        assertThat(changed).isNotEqualTo(text).hasSameSizeAs(text);
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
