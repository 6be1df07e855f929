package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.oncotwin.tests.change.control.verhulst.VerhulstGrowth;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Bundles that must not come in. */
@Tag("SR-1103")
final class BundleAttackIT {

    private ControlledSite site;

    @BeforeEach
    void open() throws Exception {
        site = ControlledSite.at(Stage.INSTALLED);
    }

    @AfterEach
    void nothingCameIn() {
        assertThat(site.site().audit().verify().faults()).isEmpty();
        site.close();
    }

    /** Refused in words, noted, and gone from the framework. */
    private void refusedAs(String kind, Path bundle, String... words) {
        assertThatThrownBy(() -> site.propose("simon", bundle, kind))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContainingAll(words);
        AuditEvent last =
                site.site().trail().get(site.site().trail().size() - 1).event();
        assertThat(last.actor()).isEqualTo("simon");
        assertThat(last.action()).isEqualTo("change.refuse");
        assertThat(last.subject()).isEqualTo("combination " + ControlledSite.COMBINATION);
        assertThat(last.reason()).contains(words);
        assertThat(site.site().changes().all()).isEmpty();
        assertThat(Stream.of(site.site().context().getBundles())
                        .filter(there -> ModelBundle.NAME.equals(there.getSymbolicName()))
                        .map(Bundle::getVersion))
                .hasToString("[1.0.0]");
    }

    private void refused(Path bundle, String... words) {
        refusedAs("numerical-method", bundle, words);
    }

    private Path unsigned() throws Exception {
        return ModelBundle.build(site.folder().resolveSibling("unsigned"), "1.1.0", ModelBundle.BETTER);
    }

    private Path signed() throws Exception {
        return site.bundle("1.1.0", ModelBundle.BETTER);
    }

    @Test
    void anUnsignedBundle() throws Exception {
        refused(unsigned(), "is not signed, or not wholly");
    }

    @Test
    void aBundleSignedByAStranger() throws Exception {
        refused(
                Supplier.named(ControlledSite.WORK, "stranger").sign(unsigned()),
                "is signed, but by none of the suppliers of the plan: [Modelling Group]");
    }

    @Test
    void aBundleOfWhichAnEntryIsNotSigned() throws Exception {
        refused(
                AlteredJar.of(signed()).add("more.properties", "more").write(),
                "not wholly: the entry more.properties has no signature");
    }

    @Test
    void aClassAlteredByOneBit() throws Exception {
        refused(
                AlteredJar.of(signed())
                        .change("VerhulstGrowth.class", AlteredJar::flipped)
                        .write(),
                "was altered after it was signed",
                "VerhulstGrowth.class");
    }

    @Test
    void anyByteOfTheFileAltered() throws Exception {
        byte[] good = Files.readAllBytes(signed());
        Path file = site.folder().resolveSibling("flipped.jar");
        int tried = 0;
        for (int place = 0; place < good.length; place += good.length / 60) {
            byte[] bad = good.clone();
            bad[place] ^= 0x20;
            Files.write(file, bad);
            if (AlteredJar.readsAs(file, signed())) {
                // Such as the time of an entry, which counts for nothing.
                continue;
            }
            assertThatThrownBy(() -> site.propose("simon", file, "numerical-method"))
                    .as("byte " + place + " of " + good.length)
                    .isInstanceOf(ChangeRefusedException.class);
            tried++;
        }
        assertThat(tried).isGreaterThan(20);
        assertThat(site.audited("change.refuse")).hasSize(tried);
        assertThat(site.site().changes().all()).isEmpty();
    }

    @Test
    void theSignatureBlockAltered() throws Exception {
        // In the middle lies the certificate.
        refused(AlteredJar.of(signed()).change(".EC", AlteredJar::flipped).write(), "signed");
    }

    @Test
    void theVersionInTheManifestAltered() throws Exception {
        refused(
                AlteredJar.of(signed())
                        .change("META-INF/MANIFEST.MF", BundleAttackIT::otherVersion)
                        .write(),
                "was altered after it was signed");
    }

    private static byte[] otherVersion(byte[] manifest) {
        return new String(manifest, StandardCharsets.UTF_8)
                .replace("Bundle-Version: 1.1.0", "Bundle-Version: 1.1.1")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theSignatureFileAltered() throws Exception {
        refused(AlteredJar.of(signed()).change(".SF", AlteredJar::flipped).write(), "was altered after it was signed");
    }

    @Test
    void anEntryTwice() throws Exception {
        refused(
                AlteredJar.of(signed())
                        .writeTwice(VerhulstGrowth.FILE, ModelBundle.WORSE.getBytes(StandardCharsets.US_ASCII)),
                "its directory lists other entries than it has");
    }

    @Test
    void anEntryThatLeadsOutOfTheBundle() throws Exception {
        Path jar = AlteredJar.of(unsigned()).add("../outside.properties", "out").write();
        refused(ControlledSite.supplier().sign(jar), "leads out of it: '../outside.properties'");
    }

    @Tag("SR-1102")
    @Test
    void aBundleThatDeclaresASmallerChangeThanItMakes() throws Exception {
        Path bundle = site.bundle("1.1.0", ModelBundle.BETTER + "limitation=Not for children.\n");
        refusedAs(
                "correction",
                bundle,
                "outside the plan 'logistic growth': its modification 'correction' may differ in [] and in nothing else",
                "the limitations was [For tests alone.] and is [Not for children.] (text)");
        assertThat(site.propose("simon", bundle, "numerical-method").state()).isEqualTo(ChangeState.PROPOSED);
    }

    @Tag("SR-1102")
    @Test
    void aKindThatThePlanDoesNotHave() throws Exception {
        refusedAs("new-input", signed(), "it describes no modification 'new-input'");
    }

    @Tag("SR-1104")
    @Test
    void aLowerVersion() throws Exception {
        refused(site.bundle("0.9.0", ModelBundle.BETTER), "in versions [1.0.0,2.0.0)", "this is version 0.9.0");
    }

    @Tag("SR-1104")
    @Test
    void aVersionBeyondTheRange() throws Exception {
        refused(site.bundle("2.0.0", ModelBundle.BETTER), "in versions [1.0.0,2.0.0)", "this is version 2.0.0");
    }

    @Tag("SR-1104")
    @Test
    void theSameVersionWithOtherContent() throws Exception {
        refused(site.bundle("1.0.0", ModelBundle.BETTER), "a version is never given twice");
    }

    @Tag("SR-1104")
    @Test
    void theVersionInUseAgain() throws Exception {
        Path again = ModelBundle.build(site.folder().resolveSibling("again"), "1.0.0", ModelBundle.COARSE);
        refused(ControlledSite.supplier().sign(again), "a version is never given twice");
    }

    @Tag("SR-1004")
    @Test
    void aBundleDroppedIntoTheFrameworkIsSeenByNoStudy() throws Exception {
        Bundle dropped = site.site()
                .context()
                .installBundle(site.bundle("1.5.0", ModelBundle.WORSE).toUri().toString());
        dropped.start();
        var study = site.study("study", 0, 10, UpgradePolicy.MIGRATE);
        var done = site.site().studies().await(study.number(), java.time.Duration.ofMinutes(1));
        assertThat(done.plugins()).singleElement().hasToString("verhulst 1.0.0");
        assertThat(site.site().studies().move(ControlledSite.COMBINATION)).isEmpty();
        assertThat(site.versionInUse()).isEqualTo("1.0.0");
        // Nor can it pass for what is proposed under its name and version.
        Path genuine = site.bundle("1.5.0", ModelBundle.BETTER);
        assertThatThrownBy(() -> site.propose("simon", genuine, "numerical-method"))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("another bundle of this name and version is installed already and differs");
        assertThat(site.audited("change.refuse")).hasSize(1);
        site.reopen();
        assertThat(Stream.of(site.site().context().getBundles()).map(Bundle::getLocation))
                .noneMatch(location -> location.contains("1.5.0"));
    }

    @Tag("SR-1003")
    @Test
    void aBundleDroppedUnderTheLocationOfAnotherIsReplacedByThatOne() throws Exception {
        Path genuine = site.bundle("1.1.0", ModelBundle.BETTER);
        String location = "oncotwin-content:" + VirtualPatients.sha256(genuine);
        Path other = ModelBundle.build(site.folder().resolveSibling("other"), "1.1.0", ModelBundle.WORSE);
        try (var in = Files.newInputStream(other)) {
            site.site().context().installBundle(location, in).start();
        }
        site.propose("simon", genuine, "numerical-method");
        // The worse one would fail.
        assertThat(site.verify(1).state()).isEqualTo(ChangeState.VERIFIED);
    }

    // ---- Files on the disk, while the site is closed ----

    private String result() throws Exception {
        var study = site.study("study", 0, 10, UpgradePolicy.PIN);
        var done = site.site().studies().await(study.number(), java.time.Duration.ofMinutes(1));
        assertThat(done.plugins()).singleElement().hasToString("verhulst 1.0.0");
        return done.result().orElseThrow();
    }

    private List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(wanted).toList();
        }
    }

    private static boolean isTheModel(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.getEntry(VerhulstGrowth.FILE) != null;
        } catch (IOException noJar) {
            return false;
        }
    }

    @Test
    void bundlesInTheCacheOfTheFrameworkAlteredAndPutIn() throws Exception {
        String expected = result();
        site.site().close();
        Path cache = RunningSite.cache(site.folder());
        Path worse = ModelBundle.build(site.folder().resolveSibling("worse"), "1.0.0", ModelBundle.WORSE);
        List<Path> there = files(cache, BundleAttackIT::isTheModel);
        assertThat(there).hasSize(1);
        Files.copy(worse, there.get(0), StandardCopyOption.REPLACE_EXISTING);
        // And one more, as the framework itself would keep it.
        Path own = there.get(0).getParent().getParent();
        Path more = VirtualPatients.copy(own, own.resolveSibling("bundle990"));
        assertThat(more.resolve("bundle.info")).exists();
        site.open(database -> database);
        assertThat(result()).isEqualTo(expected);
        assertThat(Stream.of(site.site().context().getBundles())
                        .filter(bundle -> ModelBundle.NAME.equals(bundle.getSymbolicName())))
                .hasSize(1);
        assertThat(files(cache, BundleAttackIT::isTheModel)).hasSize(1);
    }

    @Test
    void aBundleInTheContentStoreAltered() throws Exception {
        String expected = result();
        site.site().close();
        Path contents = site.folder().resolve("contents");
        List<Path> there = files(contents, BundleAttackIT::isTheModel);
        assertThat(there).hasSize(1);
        byte[] good = Files.readAllBytes(there.get(0));
        Files.copy(
                ModelBundle.build(site.folder().resolveSibling("worse"), "1.0.0", ModelBundle.WORSE),
                there.get(0),
                StandardCopyOption.REPLACE_EXISTING);
        site.open(database -> database);
        // Nothing is computed with it, and nothing else in its place.
        assertThatThrownBy(() -> site.study("altered", 0, 10, UpgradePolicy.PIN))
                .isInstanceOf(InvalidInputException.class);
        assertThat(Stream.of(site.site().context().getBundles()).map(Bundle::getSymbolicName))
                .doesNotContain(ModelBundle.NAME);
        Files.write(there.get(0), good);
        site.reopen();
        assertThat(result()).isEqualTo(expected);
    }

    @Test
    void aBundlePutIntoTheContentStore() throws Exception {
        String expected = result();
        site.site().close();
        Path good = site.bundle("1.5.0", ModelBundle.BETTER);
        String sha256 = VirtualPatients.sha256(good);
        Path place = site.folder().resolve("contents").resolve(sha256.substring(0, 2));
        Files.createDirectories(place);
        Files.copy(good, place.resolve(sha256.substring(2)));
        site.open(database -> database);
        assertThat(result()).isEqualTo(expected);
        assertThat(Stream.of(site.site().context().getBundles())
                        .filter(bundle -> ModelBundle.NAME.equals(bundle.getSymbolicName()))
                        .map(Bundle::getVersion))
                .containsExactly(Version.parseVersion("1.0.0"));
        assertThat(site.versionInUse()).isEqualTo("1.0.0");
    }
}
