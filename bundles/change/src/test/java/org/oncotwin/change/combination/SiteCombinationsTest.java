package org.oncotwin.change.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.SimulationTime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;

/** Combinations in a real framework. */
class SiteCombinationsTest {

    private static final Session SITE = SiteForTests.session(Role.SITE);

    @TempDir
    Path folder;

    private Path jars;
    private SiteForTests site;
    private FrameworkForTests framework;
    private SiteCombinations combinations;
    private int starts;

    /** A connection to an empty database. */
    Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:");
    }

    @BeforeEach
    void open() throws Exception {
        jars = Files.createDirectories(folder.resolve("jars"));
        site = new SiteForTests(folder.resolve("contents"), database());
        start();
        jar(JarForTests.growth("logistic", "1.0.0", "surviving-fraction"), "logistic-1.0.0.jar");
        jar(JarForTests.treatment("radiation", "1.0.0", "surviving-fraction"), "radiation-1.0.0.jar");
    }

    @AfterEach
    void close() throws Exception {
        framework.close();
        site.close();
    }

    /** Each start has an empty framework, as the launcher has. */
    private void start() throws Exception {
        starts++;
        framework = new FrameworkForTests(folder.resolve("framework-" + starts));
        combinations = site();
    }

    private SiteCombinations site() {
        return new SiteCombinations(site, site, site, site, framework, framework.context());
    }

    private void restart() throws Exception {
        framework.close();
        start();
    }

    private Path jar(JarForTests jar, String name) throws IOException {
        return jar.write(jars.resolve(name));
    }

    private Path feature(String name, String plan, String... bundles) throws IOException {
        String listed = Stream.of(bundles)
                .map(bundle -> "{\"id\": \"test:" + bundle + "\"}")
                .collect(Collectors.joining(", "));
        String plugins = Stream.of(bundles)
                .map(bundle -> bundle.substring(0, bundle.indexOf(':')))
                .map(id -> "{\"kind\": \"" + (id.equals("radiation") ? "treatment" : "growth") + "\", \"id\": \"" + id
                        + "\", \"versions\": \"[1,2)\"}")
                .collect(Collectors.joining(", "));
        return Files.writeString(
                folder.resolve(name + ".json"),
                "{\"id\": \"test:" + name + ":1\", \"bundles\": [" + listed
                        + "], \"extensions\": {\"oncotwin-combination\": {\"json\": {\"title\": \"Test\", \"plugins\": ["
                        + plugins + "]" + (plan.isEmpty() ? "" : ", \"plan\": \"" + plan + "\"") + "}}}}");
    }

    /** The plan of the documentation for a combination of these tests. */
    private void plan(String combination) throws IOException {
        String glioma = Files.readString(Path.of("../../docs/examples/plan.json"));
        String text = glioma.replace("\"combination\": \"glioma\"", "\"combination\": \"" + combination + "\"");
        assertThat(text).isNotEqualTo(glioma);
        Files.writeString(folder.resolve("plan.json"), text);
    }

    private Combination install(String name, String... bundles) throws IOException {
        return combinations.install(SITE, feature(name, "", bundles), List.of(jars), "needed");
    }

    private String put(JarForTests jar, String name) throws IOException {
        try (InputStream in = Files.newInputStream(jar(jar, name))) {
            return site.put(in);
        }
    }

    private List<String> actions() {
        return site.events().stream().map(AuditEvent::action).toList();
    }

    // ---- Check ----

    @Tag("SR-1001")
    @Test
    void checkSaysAllThatIsInTheWay() throws IOException {
        Path plain = Files.writeString(jars.resolve("plain-1.jar"), "no jar");
        assertThat(combinations.check(
                        feature("brain", "plan.json", "radiation:1.0.0", "gompertz:1.0.0", "plain:1"), List.of(jars)))
                .containsExactly(
                        "the bundle gompertz-1.0.0.jar lies in none of the folders",
                        "the bundle plain-1.jar: is damaged or no jar: zip END header not found",
                        "the change control plan plan.json does not lie beside the feature file",
                        "no bundle of the combination offers the growth model gompertz;"
                                + " nor does one in the folders, so add the folder where one lies that does",
                        "no bundle of the combination offers the growth model plain;"
                                + " nor does one in the folders, so add the folder where one lies that does",
                        "test.radiation 1.0.0 needs a growth model that honours the effect port surviving-fraction,"
                                + " which no bundle of the combination offers; add test.logistic 1.0.0");
        assertThat(combinations.check(Files.writeString(folder.resolve("bad.json"), "{\"id\": 1}"), List.of(jars)))
                .containsExactly("bad.json: id: 1 is not allowed; allowed is a text");
        assertThat(combinations.check(feature("brain", "", "logistic:1.0.0"), List.of(plain)))
                .singleElement()
                .asString()
                .endsWith("is no folder");
        assertThat(combinations.check(feature("brain", "", "logistic:1.0.0"), List.of(jars)))
                .isEmpty();
        assertThat(framework.bundles()).isEmpty();
        assertThat(site.events()).isEmpty();
    }

    @Tag("SR-1001")
    @Test
    void planMustBeOneForTheCombination() throws IOException {
        Path feature = feature("brain", "plan.json", "logistic:1.0.0");
        plan("liver");
        assertThat(combinations.check(feature, List.of(jars)))
                .containsExactly("the change control plan plan.json: combination: 'liver' is not the combination of the"
                        + " feature file, 'brain'");
        Files.writeString(folder.resolve("plan.json"), "{}");
        assertThat(combinations.check(feature, List.of(jars)))
                .singleElement()
                .asString()
                .startsWith("the change control plan plan.json: ")
                .endsWith("is missing");
        assertThatThrownBy(() -> combinations.install(SITE, feature, List.of(jars), "needed"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("brain: cannot work: the change control plan plan.json: ");
        assertThat(combinations.all()).isEmpty();
    }

    @Test
    void packagesOfTheRuntimeAreSeen() throws IOException {
        jar(
                JarForTests.growth("logistic", "1.0.0", "x")
                        .header("Import-Package", "org.osgi.framework;version=\"[1.5,2)\",javax.net,org.example"),
                "logistic-1.0.0.jar");
        assertThat(combinations.check(feature("brain", "", "logistic:1.0.0"), List.of(jars)))
                .containsExactly("test.logistic 1.0.0 needs the package org.example 0.0.0,"
                        + " which neither this runtime nor a bundle of the combination offers");
    }

    // ---- Install ----

    @Tag("SR-1003")
    @Test
    void installedCombinationIsKeptWithItsBundlesFeatureAndPlan() throws Exception {
        plan("brain");
        Combination brain = combinations.install(
                SITE, feature("brain", "plan.json", "logistic:1.0.0", "radiation:1.0.0"), List.of(jars), "needed");
        assertThat(brain.revision()).isEqualTo(1);
        assertThat(brain.plugins().toString()).contains("logistic 1.0.0", "radiation 1.0.0");
        assertThat(brain.plugins().get(0).versions()).isEqualTo("[1.0.0,2.0.0)");
        assertThat(site.contains(brain.feature())).isTrue();
        assertThat(site.contains(brain.plan().orElseThrow())).isTrue();
        assertThat(combinations.get("brain")).isEqualTo(brain);
        assertThat(combinations.all()).containsExactly(brain);
        assertThat(framework.context().getBundles())
                .filteredOn(bundle -> bundle.getBundleId() != 0)
                .allSatisfy(bundle -> {
                    assertThat(bundle.getLocation()).matches("oncotwin-content:[0-9a-f]{64}");
                    assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
                });
        AuditEvent event = site.events().get(0);
        assertThat(event.actor()).isEqualTo("ada");
        assertThat(event.action()).isEqualTo("combination.install");
        assertThat(event.subject()).isEqualTo("combination brain");
        assertThat(event.reason()).isEqualTo("needed");
        assertThat(event.after())
                .startsWith("revision 1: logistic 1.0.0 ")
                .contains(brain.plugins().get(0).plugin().sha256())
                .doesNotContain(folder.toString());
        assertThatThrownBy(() -> combinations.get("liver"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("combination: no combination 'liver'; there is [brain]");
        restart();
        assertThat(combinations.all()).containsExactly(brain);
        assertThat(framework.bundles()).containsExactly("test.logistic 1.0.0", "test.radiation 1.0.0");
    }

    @Test
    void whoMayNotIsRefusedInTheAuditTrailAndNothingIsInstalled() throws IOException {
        Path feature = feature("brain", "", "logistic:1.0.0");
        assertThatThrownBy(() ->
                        combinations.install(SiteForTests.session(Role.CLINICAL), feature, List.of(jars), "curious"))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(actions()).containsExactly("account.refused");
        assertThat(framework.bundles()).isEmpty();
        assertThat(combinations.all()).isEmpty();
        install("brain", "logistic:1.0.0");
        assertThatThrownBy(() -> combinations.remove(SiteForTests.session(Role.CLINICAL), "brain", "curious"))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(combinations.all()).hasSize(1);
    }

    @Tag("SR-1001")
    @Test
    void combinationThatCannotWorkIsRefusedWithAllThatIsInTheWay() throws IOException {
        assertThatThrownBy(() -> install("brain", "radiation:1.0.0", "gompertz:1.0.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "brain: cannot work: the bundle gompertz-1.0.0.jar lies in none of the folders; ")
                .hasMessageContaining("surviving-fraction");
        assertThat(framework.bundles()).isEmpty();
        assertThat(combinations.all()).isEmpty();
    }

    @Test
    void bundlesAreStartedWhateverTheirOrder() throws Exception {
        Combination brain = install("brain", "radiation:1.0.0", "logistic:1.0.0");
        assertThat(brain.plugins().toString()).contains("radiation 1.0.0", "logistic 1.0.0");
        restart();
        brain.plugins().forEach(pinned -> combinations.makeAvailable(pinned.plugin()));
        assertThat(framework.growthModels()).hasSize(1);
        assertThat(framework.treatmentModalities()).hasSize(1);
    }

    @Test
    void nameIsGivenOnce() throws IOException {
        Combination brain = install("brain", "logistic:1.0.0");
        assertThatThrownBy(() -> install("brain", "logistic:1.0.0", "radiation:1.0.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("brain: is installed already")
                .hasMessageContaining("oncotwin change propose");
        assertThat(combinations.all()).containsExactly(brain);
        assertThat(framework.bundles()).containsExactly("test.logistic 1.0.0");
    }

    @Tag("SR-1005")
    @Test
    void bundleThatDoesNotStartLeavesNothingInstalled() throws IOException {
        install("other", "logistic:1.0.0");
        List<PluginIdentity> beside =
                combinations.installBeside(put(JarForTests.growth("old", "1.0.0", "x"), "old-1.0.0.jar"));
        assertThat(beside).hasSize(1);
        jar(
                JarForTests.growth("broken", "1.0.0", "x").header("Bundle-Activator", "org.example.Missing"),
                "broken-1.0.0.jar");
        assertThatThrownBy(() -> install("brain", "logistic:1.0.0", "radiation:1.0.0", "broken:1.0.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("test.broken 1.0.0: does not start");
        assertThat(combinations.all()).extracting(Combination::name).containsExactly("other");
        assertThat(framework.bundles())
                .as("what another combination needs, and what was installed beside, is left alone")
                .containsExactly("test.logistic 1.0.0", "test.old 1.0.0");
        assertThat(actions()).containsExactly("combination.install");
    }

    @Test
    void pluginThatDoesNotComeUpIsRefusedAndMayComeUpLater() throws IOException {
        jar(JarForTests.growth("shy", "1.0.0", "x").header("Test-Stays-Down", "true"), "shy-1.0.0.jar");
        assertThatThrownBy(() -> install("brain", "shy:1.0.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("growth model shy: is declared by its bundle but did not come up");
        assertThat(framework.bundles()).isEmpty();
    }

    @Tag("SR-1005")
    @Test
    void auditTrailThatFailsLeavesNothingInstalled() throws IOException {
        site.fail("combination.install");
        assertThatThrownBy(() -> install("brain", "logistic:1.0.0")).isInstanceOf(StoreException.class);
        assertThat(combinations.all()).isEmpty();
        assertThat(framework.bundles()).isEmpty();
        site.works();
        assertThat(install("brain", "logistic:1.0.0").revision()).isEqualTo(1);
    }

    @Tag("SR-1003")
    @Test
    void anotherBundleOfTheSameNameAndVersionIsRefused() throws Exception {
        install("brain", "logistic:1.0.0");
        jar(
                JarForTests.growth("logistic", "1.0.0", "surviving-fraction").entry("a.txt", "other"),
                "logistic-1.0.0.jar");
        assertThatThrownBy(() -> install("liver", "logistic:1.0.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test.logistic 1.0.0: another bundle of this name and version is installed already and"
                        + " differs; a version is never given twice");
        assertThat(framework.bundles()).containsExactly("test.logistic 1.0.0");
    }

    @Tag("SR-1003")
    @Test
    void bundleThatTheRuntimeBroughtIsUsedIfItIsTheSameAndRefusedIfNot() throws Exception {
        Path own = jars.resolve("logistic-1.0.0.jar");
        framework.context().installBundle("reference:" + own.toUri()).start();
        Combination brain = install("brain", "logistic:1.0.0");
        assertThat(framework.bundles()).containsExactly("test.logistic 1.0.0");
        combinations.makeAvailable(brain.plugins().get(0).plugin());
        Path other = JarForTests.growth("gompertz", "1.0.0", "x")
                .entry("a", "runtime")
                .write(folder.resolve("own.jar"));
        framework.context().installBundle("reference:" + other.toUri()).start();
        jar(JarForTests.growth("gompertz", "1.0.0", "x").entry("a", "site"), "gompertz-1.0.0.jar");
        assertThatThrownBy(() -> install("liver", "gompertz:1.0.0"))
                .hasMessageContaining("another bundle of this name and version is installed already and differs");
    }

    @Test
    void bundleWithoutANameInTheRuntimeDisturbsNothing() throws Exception {
        Path nameless = new JarForTests().header("Bundle-Name", "old").write(folder.resolve("nameless.jar"));
        framework.context().installBundle("reference:" + nameless.toUri());
        assertThat(install("brain", "logistic:1.0.0").plugins()).hasSize(1);
    }

    // ---- Remove ----

    @Tag("SR-1006")
    @Test
    void combinationIsRemovedOnlyIfNoStudyIsOpenOnIt() throws IOException {
        install("brain", "logistic:1.0.0");
        install("liver", "logistic:1.0.0", "radiation:1.0.0");
        assertThatThrownBy(() -> combinations.remove(SITE, "brain", "done"))
                .hasMessage("brain: cannot be removed while the studies of the site are not there");
        var studies = framework
                .context()
                .registerService(
                        Studies.class,
                        studies(study(1, "brain", StudyState.RUNNING), study(2, "brain", StudyState.PAUSED)),
                        null);
        assertThatThrownBy(() -> combinations.remove(SITE, "brain", "done"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("brain: cannot be removed: it is used by the studies [1, 2], which are running or paused");
        studies.unregister();
        framework.context().registerService(ChangeControl.class, changes(), null);
        framework
                .context()
                .registerService(
                        Studies.class,
                        studies(
                                study(1, "brain", StudyState.FINISHED),
                                study(2, "brain", StudyState.FAILED),
                                study(3, "liver", StudyState.RUNNING)),
                        null);
        combinations.remove(SITE, "brain", "done");
        assertThat(combinations.all()).extracting(Combination::name).containsExactly("liver");
        AuditEvent last = site.events().get(site.events().size() - 1);
        assertThat(last.action()).isEqualTo("combination.remove");
        assertThat(last.before()).startsWith("revision 1: logistic 1.0.0 ");
        assertThat(last.after()).isEmpty();
        assertThat(combinations.sweep(plugin -> false)).isEmpty();
        assertThatThrownBy(() -> combinations.remove(SITE, "brain", "again")).isInstanceOf(InvalidInputException.class);
        assertThat(install("brain", "logistic:1.0.0").revision()).isEqualTo(1);
    }

    /** Removing and installing anew is no way around a plan. */
    @Tag("SR-1006")
    @Test
    void whatIsUnderAPlanIsRemovedAndInstalledAnewByRegulatoryAffairsAlone() throws Exception {
        framework.context().registerService(Studies.class, studies(), null);
        framework.context().registerService(ChangeControl.class, changes(), null);
        Session regulatory = SiteForTests.session(Role.REGULATORY);
        plan("brain");
        Path controlled = feature("brain", "plan.json", "logistic:1.0.0");
        combinations.install(SITE, controlled, List.of(jars), "first");
        Session others = SiteForTests.session(Role.SITE, Role.ADMINISTRATOR);
        assertThatThrownBy(() -> combinations.remove(others, "brain", "in the way"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("ada may not remove combination brain, which is under a change control plan");
        assertThat(actions()).endsWith("account.refused");
        assertThat(combinations.all()).hasSize(1);
        combinations.remove(regulatory, "brain", "protocol 7 is over");
        restart();
        framework.context().registerService(Studies.class, studies(), null);
        framework.context().registerService(ChangeControl.class, changes(), null);
        Path free = feature("brain", "", "logistic:1.0.0");
        assertThatThrownBy(() -> combinations.install(others, free, List.of(jars), "no plan any more"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("ada may not install combination brain, which is under a change control plan");
        assertThat(combinations.all()).isEmpty();
        combinations.install(regulatory, free, List.of(jars), "without a plan");
        combinations.remove(SITE, "brain", "whoever installs what has no plan may remove it");
        assertThat(install("brain", "logistic:1.0.0").plan()).isEmpty();
    }

    /** Who deletes the rows past the site has not removed the combination. */
    @Test
    void planOfACombinationWhoseRowsAreGoneStillCounts() throws Exception {
        plan("brain");
        combinations.install(SITE, feature("brain", "plan.json", "logistic:1.0.0"), List.of(jars), "first");
        site.transact(connection -> {
            for (String table : List.of("combination_plugin", "combination_bundle", "combination_site")) {
                connection.createStatement().executeUpdate("delete from " + table);
            }
            return null;
        });
        assertThatThrownBy(() -> install("brain", "logistic:1.0.0")).isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @EnumSource(ChangeState.class)
    void combinationIsRemovedOnlyIfNoChangeOfItIsOpen(ChangeState state) throws IOException {
        Combination brain = install("brain", "logistic:1.0.0");
        framework.context().registerService(Studies.class, studies(), null);
        assertThatThrownBy(() -> combinations.remove(SITE, "brain", "done"))
                .hasMessage("brain: cannot be removed while the changes of the site are not there");
        PluginIdentity plugin = brain.plugins().get(0).plugin();
        framework
                .context()
                .registerService(
                        ChangeControl.class,
                        changes(
                                change(1, "liver", ChangeState.PROMOTING, plugin),
                                change(2, "brain", ChangeState.ACCEPTED, plugin),
                                change(3, "brain", state, plugin)),
                        null);
        switch (state) {
            case PROPOSED, VERIFIED, PROMOTING, WATCHING, ROLLING_BACK -> {
                assertThatThrownBy(() -> combinations.remove(SITE, "brain", "done"))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage("brain: cannot be removed while changes of it are open: 3 (" + state
                                + "); put them in place, or take them back with: oncotwin change rollback");
                assertThat(combinations.get("brain")).isEqualTo(brain);
            }
            case FAILED, ACCEPTED, ROLLED_BACK -> {
                combinations.remove(SITE, "brain", "done");
                assertThat(combinations.all()).isEmpty();
            }
            default -> throw new AssertionError(state);
        }
    }

    private static Change change(long number, String combination, ChangeState state, PluginIdentity plugin) {
        return new Change(
                number,
                combination,
                plugin,
                plugin,
                "correction",
                "",
                "",
                state,
                "",
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static ChangeControl changes(Change... all) {
        return all(ChangeControl.class, (Object[]) all);
    }

    private static Study study(long number, String combination, StudyState state) {
        return new Study(
                number,
                "case",
                combination,
                UpgradePolicy.PIN,
                state,
                SimulationTime.ZERO,
                SimulationTime.ofDays(1),
                List.of(),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Studies studies(Study... all) {
        return all(Studies.class, (Object[]) all);
    }

    private static <T> T all(Class<T> type, Object... all) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "all" -> List.of(all);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    @Test
    void replacedPluginRaisesTheRevisionAndTheOldBundleGoesWhenNobodyNeedsIt() throws Exception {
        Combination brain = install("brain", "logistic:1.0.0", "radiation:1.0.0");
        PluginIdentity old = brain.plugins().get(0).plugin();
        PluginIdentity fresh = combinations
                .installBeside(put(JarForTests.growth("logistic", "1.1.0", "surviving-fraction"), "logistic-1.1.0.jar"))
                .get(0);
        assertThat(combinations.get("brain").sees(fresh)).isFalse();
        Combination after = combinations.replace("brain", old, fresh);
        assertThat(after.revision()).isEqualTo(2);
        assertThat(after.sees(fresh)).isTrue();
        assertThat(after.sees(old)).isFalse();
        assertThat(after.plugins().get(0).versions()).isEqualTo("[1.0.0,2.0.0)");
        assertThat(after.plugins().get(1)).isEqualTo(brain.plugins().get(1));
        AuditEvent event = site.events().get(1);
        assertThat(event.actor()).isEqualTo("system");
        assertThat(event.action()).isEqualTo("combination.replace");
        assertThat(event.before()).startsWith("revision 1: logistic 1.0.0 ");
        assertThat(event.after()).startsWith("revision 2: logistic 1.1.0 ");
        assertThatThrownBy(() -> combinations.replace("brain", old, fresh))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not use logistic 1.0.0 (any more)");

        assertThat(combinations.sweep(old::equals)).isEmpty();
        assertThat(combinations.sweep(plugin -> false)).containsExactly("test.logistic 1.0.0");
        assertThat(framework.bundles()).containsExactly("test.logistic 1.1.0", "test.radiation 1.0.0");

        restart();
        assertThat(combinations.get("brain")).isEqualTo(after);
        assertThat(framework.bundles()).containsExactly("test.logistic 1.1.0", "test.radiation 1.0.0");
        combinations.makeAvailable(old);
        assertThat(framework.bundles())
                .as("a study that is pinned gets its version again")
                .containsExactly("test.logistic 1.0.0", "test.logistic 1.1.0", "test.radiation 1.0.0");
        Combination back = combinations.replace("brain", fresh, old);
        assertThat(back.revision()).isEqualTo(3);
        assertThat(back.plugins()).isEqualTo(brain.plugins());
    }

    @Test
    void replacementMustBeTheSamePluginAndKnown() throws IOException {
        Combination brain = install("brain", "logistic:1.0.0", "radiation:1.0.0");
        PluginIdentity growth = brain.plugins().get(0).plugin();
        PluginIdentity treatment = brain.plugins().get(1).plugin();
        assertThatThrownBy(() -> combinations.replace("brain", growth, treatment))
                .hasMessage(
                        "brain: radiation 1.0.0 is another plugin than logistic 1.0.0, and no plan lets it take its place");
        PluginIdentity unknown =
                new PluginIdentity(growth.kind(), growth.id(), "1.9.0", growth.bundle(), growth.sha256());
        assertThatThrownBy(() -> combinations.replace("brain", growth, unknown))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("logistic 1.9.0: is no plugin that this site knows");
        assertThatThrownBy(() -> combinations.makeAvailable(unknown))
                .hasMessage("logistic 1.9.0: is no plugin that this site knows");
        assertThat(combinations.get("brain")).isEqualTo(brain);
    }

    @Test
    void replacementLiesInTheRangeOfTheFeatureFile() throws IOException {
        Combination brain = install("brain", "logistic:1.0.0");
        PluginIdentity old = brain.plugins().get(0).plugin();
        PluginIdentity beyond = combinations
                .installBeside(put(JarForTests.growth("logistic", "2.0.0", "surviving-fraction"), "logistic-2.0.0.jar"))
                .get(0);
        assertThatThrownBy(() -> combinations.replace("brain", old, beyond))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("brain: takes logistic in versions [1.0.0,2.0.0), and this is version 2.0.0");
        assertThat(combinations.get("brain")).isEqualTo(brain);
        assertThat(actions()).containsExactly("combination.install");
    }

    @Test
    void bundleOfTwoPluginsStaysAsLongAsOneOfThemIsInUse() throws Exception {
        String two = "oncotwin.growth;oncotwin.growth=one,oncotwin.growth;oncotwin.growth=two";
        jar(JarForTests.bundle("test.one", "1.0.0").header("Provide-Capability", two), "one-1.0.0.jar");
        Path feature = feature("brain", "", "one:1.0.0");
        Files.writeString(
                feature,
                Files.readString(feature)
                        .replace(
                                "[{\"kind\"",
                                "[{\"kind\": \"growth\", \"id\": \"two\", \"versions\": \"1\"}, {\"kind\""));
        Combination brain = combinations.install(SITE, feature, List.of(jars), "");
        List<PluginIdentity> fresh = combinations.installBeside(
                put(JarForTests.bundle("test.one", "1.1.0").header("Provide-Capability", two), "one-1.1.0.jar"));
        combinations.replace("brain", brain.plugins().get(0).plugin(), fresh.get(1));
        assertThat(combinations.sweep(plugin -> false)).isEmpty();
        combinations.replace("brain", brain.plugins().get(1).plugin(), fresh.get(0));
        assertThat(combinations.sweep(plugin -> false)).containsExactly("test.one 1.0.0");
        restart();
        assertThat(framework.bundles()).containsExactly("test.one 1.1.0");
    }

    @Test
    void whatIsInstalledBesideIsSweptUnlessSomebodyNeedsIt() throws IOException {
        install("brain", "logistic:1.0.0");
        PluginIdentity fresh = combinations
                .installBeside(put(JarForTests.growth("logistic", "1.1.0", "x"), "logistic-1.1.0.jar"))
                .get(0);
        assertThat(combinations.sweep(fresh::equals)).isEmpty();
        assertThat(combinations.sweep(plugin -> false)).containsExactly("test.logistic 1.1.0");
        combinations.makeAvailable(fresh);
        assertThat(framework.bundles()).containsExactly("test.logistic 1.0.0", "test.logistic 1.1.0");
    }

    // ---- Several at once ----

    /** Does something in another thread while a bundle is being installed, up to its end or until it has to wait. */
    private <T> CompletableFuture<T> whileInstalling(Callable<T> action) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        AtomicBoolean once = new AtomicBoolean();
        framework.context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.INSTALLED && once.compareAndSet(false, true)) {
                Thread other = new Thread(() -> {
                    try {
                        answer.complete(action.call());
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                });
                other.start();
                while (other.isAlive() && other.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
        });
        return answer;
    }

    @Tag("SR-1005")
    @Test
    void twoWhoNeedABundleAtOnceBothGetIt() throws Exception {
        String jar = put(JarForTests.growth("gompertz", "1.0.0", "x"), "gompertz-1.0.0.jar");
        CompletableFuture<List<PluginIdentity>> other = whileInstalling(() -> combinations.installBeside(jar));
        assertThat(combinations.installBeside(jar))
                .extracting(PluginIdentity::id)
                .containsExactly("gompertz")
                .isEqualTo(other.get(30, TimeUnit.SECONDS).stream()
                        .map(PluginIdentity::id)
                        .toList());
        assertThat(framework.bundles()).containsExactly("test.gompertz 1.0.0");
    }

    @Tag("SR-1005")
    @Test
    void bundlesOfACombinationThatIsBeingInstalledAreNotSwept() throws Exception {
        CompletableFuture<List<String>> swept = whileInstalling(() -> combinations.sweep(plugin -> false));
        Combination brain = install("brain", "logistic:1.0.0", "radiation:1.0.0");
        assertThat(swept.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(combinations.all()).containsExactly(brain);
        assertThat(framework.bundles()).containsExactly("test.logistic 1.0.0", "test.radiation 1.0.0");
    }

    @Test
    void bundleThatSomebodyElseUninstallsMeanwhileIsSaid() throws Exception {
        String jar = put(JarForTests.growth("gompertz", "1.0.0", "x"), "gompertz-1.0.0.jar");
        framework.context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.INSTALLED) {
                try {
                    event.getBundle().uninstall();
                } catch (BundleException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        assertThatThrownBy(() -> combinations.installBeside(jar))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("test.gompertz 1.0.0: does not start: ");
    }

    @Test
    void bundleThatCannotBeInstalledAgainKeepsNothingElseFromIt() throws Exception {
        jar(JarForTests.growth("gompertz", "1.0.0", "surviving-fraction"), "gompertz-1.0.0.jar");
        Combination brain = install("brain", "logistic:1.0.0", "radiation:1.0.0", "gompertz:1.0.0");
        String jar = site.put(Files.newInputStream(jars.resolve("logistic-1.0.0.jar")));
        Files.delete(site.file(jar));
        restart();
        assertThat(combinations.all()).containsExactly(brain);
        assertThat(framework.bundles()).containsExactly("test.gompertz 1.0.0", "test.radiation 1.0.0");
        assertThatThrownBy(
                        () -> combinations.makeAvailable(brain.plugins().get(0).plugin()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("a bundle of the site cannot be read: content ");
    }

    /** H2 makes indexes for references by itself, PostgreSQL none. */
    @ParameterizedTest
    @ValueSource(strings = {"combination_jar_plugin", "combination_plugin", "combination_bundle"})
    void tableThatGrowsHasAnIndex(String table) throws Exception {
        List<String> indexes = site.transact(connection -> {
            DatabaseMetaData data = connection.getMetaData();
            String stored = data.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
            List<String> names = new ArrayList<>();
            try (ResultSet row = data.getIndexInfo(null, null, stored, false, true)) {
                while (row.next()) {
                    names.add(String.valueOf(row.getString("INDEX_NAME")).toLowerCase(Locale.ROOT));
                }
            }
            return names;
        });
        assertThat(indexes).anyMatch(name -> name.startsWith(table + "_by_"));
    }
}
