package org.oncotwin.change.combination;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.change.combination.CombinationFile.WantedPlugin;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

@Tag("SR-1001")
class CombinationCheckTest {

    private static final Map<String, Set<Version>> RUNTIME = Map.of(
            "org.oncotwin.api.growth", Set.of(new Version("1.3.0")),
            "org.oncotwin.api.twin", Set.of(new Version("1.0.0"), new Version("2.1.0")));

    private static final WantedPlugin LOGISTIC = wanted(PluginKind.GROWTH, "logistic", "[1,2)");
    private static final WantedPlugin RADIATION = wanted(PluginKind.TREATMENT, "radiation", "0");

    @TempDir
    Path folder;

    private static WantedPlugin wanted(PluginKind kind, String id, String versions) {
        return new WantedPlugin(kind, id, new VersionRange(versions));
    }

    private static List<String> faults(List<BundleJar> bundles, List<BundleJar> elsewhere, WantedPlugin... wanted) {
        return new CombinationCheck(bundles, elsewhere, RUNTIME, 17).faults(List.of(wanted));
    }

    private BundleJar logistic(String version, String port) throws IOException {
        return JarForTests.growth("logistic", version, port).read(folder);
    }

    private BundleJar radiation(String port) throws IOException {
        return JarForTests.treatment("radiation", "1.0.0", port).read(folder);
    }

    private List<String> faultsOf(String header, String value) throws IOException {
        return faults(
                List.of(JarForTests.bundle("test.a", "1.0.0")
                        .header(header, value)
                        .read(folder)),
                List.of());
    }

    @Test
    void combinationThatCanWorkHasNoFault() throws IOException {
        assertThat(faults(
                        List.of(logistic("1.2.0", "surviving-fraction"), radiation("surviving-fraction")),
                        List.of(),
                        LOGISTIC,
                        RADIATION))
                .isEmpty();
    }

    @Test
    void missingPluginIsSaidWithTheBundleThatHasIt() throws IOException {
        BundleJar there = logistic("1.2.0", "kill-rate");
        assertThat(faults(List.of(), List.of(there), LOGISTIC))
                .containsExactly(
                        "no bundle of the combination offers the growth model logistic;" + " add test.logistic 1.2.0");
        assertThat(faults(List.of(), List.of(), LOGISTIC))
                .containsExactly("no bundle of the combination offers the growth model logistic;"
                        + " nor does one in the folders, so add the folder where one lies that does");
    }

    @Test
    void twoBundlesForOnePluginAreNamed() throws IOException {
        assertThat(faults(List.of(logistic("1.0.0", "kill-rate"), logistic("1.1.0", "kill-rate")), List.of(), LOGISTIC))
                .containsExactly("two bundles of the combination offer the growth model logistic:"
                        + " test.logistic 1.0.0 and test.logistic 1.1.0; list one of them");
    }

    @Test
    void versionOutOfTheRangeIsNamed() throws IOException {
        assertThat(faults(List.of(logistic("2.0.0", "kill-rate")), List.of(), LOGISTIC))
                .containsExactly("the growth model logistic is wanted in the versions [1.0.0,2.0.0),"
                        + " but the combination lists test.logistic 2.0.0");
    }

    @Test
    void missingEffectPortIsSaidInWordsThatAPersonCanActOn() throws IOException {
        BundleJar honours =
                JarForTests.growth("gompertz", "1.0.0", "surviving-fraction").read(folder);
        assertThat(faults(
                        List.of(logistic("1.0.0", "kill-rate"), radiation("surviving-fraction")),
                        List.of(honours),
                        LOGISTIC,
                        RADIATION))
                .containsExactly("test.radiation 1.0.0 needs a growth model that honours the effect port"
                        + " surviving-fraction, which no bundle of the combination offers (offered are kill-rate);"
                        + " add test.gompertz 1.0.0");
        assertThat(faults(List.of(radiation("surviving-fraction")), List.of(), RADIATION))
                .containsExactly("test.radiation 1.0.0 needs a growth model that honours the effect port"
                        + " surviving-fraction, which no bundle of the combination offers;"
                        + " nor does one in the folders, so add the folder where one lies that does");
    }

    @Test
    void filtersSeeTypedAttributes() throws IOException {
        BundleJar solver = JarForTests.bundle("test.grid", "1.0.0")
                .header(
                        "Provide-Capability",
                        "oncotwin.solver;oncotwin.solver=grid;version:Version=\"1.10\";order:Long=4;names:List<String>=\"a,b\"")
                .read(folder);
        for (String filter :
                List.of("(&(oncotwin.solver=grid)(version>=1.9))", "(order>=4)", "(names=b)", "(!(version>=1.11))")) {
            BundleJar needs = JarForTests.bundle("test.needs", "1.0.0")
                    .header("Require-Capability", "oncotwin.solver;filter:=\"" + filter + "\"")
                    .read(folder);
            assertThat(faults(List.of(solver, needs), List.of())).as(filter).isEmpty();
        }
        BundleJar needs = JarForTests.bundle("test.needs", "1.0.0")
                .header("Require-Capability", "oncotwin.solver;filter:=\"(&(oncotwin.solver=grid)(version>=1.11))\"")
                .read(folder);
        assertThat(faults(List.of(solver, needs), List.of()))
                .singleElement()
                .asString()
                .startsWith("test.needs 1.0.0 needs the solver (&(oncotwin.solver=grid)(version>=1.11)),")
                .contains("(offered are grid)");
    }

    @Test
    void missingPackageIsNamed() throws IOException {
        assertThat(faultsOf("Import-Package", "org.example.lib;version=\"[1,2)\",java.util"))
                .containsExactly("test.a 1.0.0 needs the package org.example.lib [1.0.0,2.0.0),"
                        + " which neither this runtime nor a bundle of the combination offers");
    }

    @Test
    void packageOfAnotherBundleOfTheCombinationServes() throws IOException {
        BundleJar offers = JarForTests.bundle("test.lib", "1.0.0")
                .header("Export-Package", "org.example.lib;version=1.5,org.oncotwin.api.growth;version=9")
                .read(folder);
        BundleJar needs = JarForTests.bundle("test.a", "1.0.0")
                .header(
                        "Import-Package",
                        "org.example.lib;version=\"[1,2)\",org.oncotwin.api.growth;version=\"[1.1,2)\"")
                .read(folder);
        assertThat(faults(List.of(offers, needs), List.of())).isEmpty();
    }

    @Test
    void pluginThatIsNewerThanTheRuntimeAsksForAnUpdate() throws IOException {
        assertThat(faultsOf("Import-Package", "org.oncotwin.api.growth;version=\"[1.4,2)\""))
                .containsExactly("test.a 1.0.0 needs version [1.4.0,2.0.0) of org.oncotwin.api.growth,"
                        + " and this runtime offers 1.3.0; update OncoTwin");
    }

    @Test
    void pluginThatIsOlderThanTheRuntimeAsksForAnotherVersionOfIt() throws IOException {
        assertThat(faultsOf("Import-Package", "org.oncotwin.api.growth;version=\"[0.9,1)\""))
                .containsExactly("test.a 1.0.0 needs version [0.9.0,1.0.0) of org.oncotwin.api.growth,"
                        + " and this runtime offers 1.3.0; ask for a version of the plugin that was built for it");
    }

    @Test
    void anyOfSeveralVersionsOfAPackageServes() throws IOException {
        assertThat(faultsOf("Import-Package", "org.oncotwin.api.twin;version=\"[1,2)\""))
                .isEmpty();
        assertThat(faultsOf("Import-Package", "org.oncotwin.api.twin;version=\"[2,3)\""))
                .isEmpty();
        assertThat(faultsOf("Import-Package", "org.oncotwin.api.twin;version=\"[3,4)\""))
                .containsExactly("test.a 1.0.0 needs version [3.0.0,4.0.0) of org.oncotwin.api.twin,"
                        + " and this runtime offers 1.0.0 and 2.1.0; update OncoTwin");
    }

    @Test
    void javaThatIsTooOldIsNamed() throws IOException {
        assertThat(faultsOf("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=21))\""))
                .containsExactly("test.a 1.0.0 needs another Java than this, 17: (&(osgi.ee=JavaSE)(version=21))");
        assertThat(faultsOf("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=11))\""))
                .isEmpty();
    }

    @Test
    void whatIsOptionalOrNotOursIsNotAsked() throws IOException {
        assertThat(faultsOf(
                        "Require-Capability", "oncotwin.solver;resolution:=optional;filter:=\"(oncotwin.solver=x)\""))
                .isEmpty();
        assertThat(faultsOf("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\""))
                .isEmpty();
        assertThat(faultsOf("Import-Package", "org.example.lib;resolution:=optional"))
                .isEmpty();
    }

    @Test
    void allFaultsAreSaidAtOnce() throws IOException {
        assertThat(faults(List.of(logistic("2.0.0", "x"), radiation("y")), List.of(), LOGISTIC, RADIATION))
                .hasSize(2);
    }
}
