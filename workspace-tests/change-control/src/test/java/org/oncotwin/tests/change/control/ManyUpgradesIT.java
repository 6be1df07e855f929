package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Many upgrades in a row in one framework while studies run: nothing fails and nothing is left behind. Writes how long studies stood still to {@code target/swap-pauses.txt}. */
@Tag("SR-1113")
@Tag("long")
final class ManyUpgradesIT {

    private static final int UPGRADES = Integer.getInteger("oncotwin.upgrades", 200);
    private static final int STUDIES = 4;
    private static final int DAYS = 1000;

    /** Upgrades after which everything is loaded that ever will be. */
    private static final int WARM = 20;

    private static final Pattern PAUSE = Pattern.compile("stood still for (\\d+) us.*");

    /** What a framework holds. */
    private record Held(int files, int threads, int services, int bundles) {

        static Held by(ControlledSite site) throws Exception {
            int files = 0;
            Path descriptors = Path.of("/proc/self/fd");
            if (Files.isDirectory(descriptors)) {
                try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
                    for (Path ignored : open) {
                        files++;
                    }
                }
            }
            return new Held(
                    files,
                    (int) Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                            .count(),
                    site.site().context().getAllServiceReferences(null, null).length,
                    site.site().context().getBundles().length);
        }
    }

    @Test
    void manyUpgradesWhileStudiesRun() throws Exception {
        try (ControlledSite site = ControlledSite.at(Stage.INSTALLED)) {
            List<Long> studies = new ArrayList<>();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            Held warm = null;
            for (int n = 1; n <= UPGRADES; n++) {
                keepRunning(site, studies);
                String version = "1." + n + ".0";
                Change change = site.propose(
                        version,
                        "method=runge-kutta\nstep=" + (n % 2 == 0 ? "0.1" : "0.12") + "\n",
                        "numerical-method");
                assertThat(site.verify(change.number()).state()).isEqualTo(ChangeState.VERIFIED);
                loaders.add(loader(site, version));
                if (n == 1) {
                    site.signAll(change.number());
                } else {
                    site.signAgain(change.number());
                }
                Change promoted = site.promote(change.number());
                assertThat(promoted.state()).as(promoted.message()).isEqualTo(ChangeState.ACCEPTED);
                assertThat(site.versionInUse()).isEqualTo(version);
                if (n == WARM) {
                    allEnded(site);
                    studies.clear();
                    warm = Held.by(site);
                }
            }
            allEnded(site);
            site.site().combinations().sweep(plugin -> false);
            System.gc();
            Held end = Held.by(site);
            if (warm != null) {
                // A thread or a file of the Java runtime itself may come and go.
                assertThat(end.files()).isLessThanOrEqualTo(warm.files() + 5);
                assertThat(end.threads()).isLessThanOrEqualTo(warm.threads() + 3);
                assertThat(end.services()).isEqualTo(warm.services());
                assertThat(end.bundles()).isEqualTo(warm.bundles());
            }
            Waiting.until("class loaders of all versions but the last are collected", () -> {
                System.gc();
                return loaders.stream().filter(loader -> loader.get() != null).count() <= 1;
            });
            assertThat(site.site().studies().all()).extracting(Study::state).containsOnly(StudyState.FINISHED);
            assertThat(site.audited("study.fail")).isEmpty();
            assertThat(site.audited("study.stay")).isEmpty();
            assertThat(site.audited("change.accept")).hasSize(UPGRADES);
            assertThat(site.site().audit().verify().faults()).isEmpty();
            report(site, warm, end);
        }
    }

    private static void keepRunning(ControlledSite site, List<Long> studies) throws Exception {
        List<Study> all = site.site().studies().all();
        studies.removeIf(number ->
                all.stream().noneMatch(study -> study.number() == number && study.state() == StudyState.RUNNING));
        while (studies.size() < STUDIES) {
            studies.add(site.study("study", 0, DAYS, UpgradePolicy.MIGRATE).number());
        }
    }

    private static void allEnded(ControlledSite site) throws InterruptedException {
        for (Study study : site.site().studies().all()) {
            assertThat(site.site()
                            .studies()
                            .await(study.number(), Duration.ofMinutes(5))
                            .state())
                    .isEqualTo(StudyState.FINISHED);
        }
    }

    private static WeakReference<ClassLoader> loader(ControlledSite site, String version) {
        return Stream.of(site.site().context().getBundles())
                .filter(bundle -> ModelBundle.NAME.equals(bundle.getSymbolicName())
                        && bundle.getVersion().toString().equals(version)
                        && bundle.getState() == Bundle.ACTIVE)
                .map(bundle ->
                        new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()))
                .findFirst()
                .orElseThrow();
    }

    private static void report(ControlledSite site, Held warm, Held end) throws Exception {
        List<Long> pauses = new ArrayList<>();
        site.audited("study.move").forEach(entry -> {
            Matcher words = PAUSE.matcher(entry.event().reason());
            assertThat(words.matches()).as(entry.event().reason()).isTrue();
            pauses.add(Long.valueOf(words.group(1)));
        });
        assertThat(pauses).isNotEmpty();
        pauses.sort(null);
        String text = String.format(
                Locale.ROOT,
                "%d upgrades, %d moves of %d studies; stood still: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n"
                        + "held after %d upgrades: %s%nheld at the end: %s%n",
                UPGRADES,
                pauses.size(),
                site.site().studies().all().size(),
                pauses.get(pauses.size() / 2) / 1000.0,
                pauses.get((int) Math.ceil(pauses.size() * 0.99) - 1) / 1000.0,
                pauses.get(pauses.size() - 1) / 1000.0,
                WARM,
                warm,
                end);
        System.out.print(text);
        Files.writeString(Path.of("target", "swap-pauses.txt"), text);
    }
}
