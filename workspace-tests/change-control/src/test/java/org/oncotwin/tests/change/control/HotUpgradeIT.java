package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyReplay;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The whole story: a better version comes into use while studies run; a worse one, one outside the plan and one that disappoints do not. */
final class HotUpgradeIT {

    private static final int DAYS = 200;
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void anUpgradeUnderAPlanWhileStudiesRunAndThoseThatAreRefused() throws Exception {
        try (Gates gates = Gates.set(6);
                ControlledSite site = ControlledSite.at(Stage.INSTALLED)) {
            // What studies give without an upgrade.
            Study undisturbed = site.study("study", 0, DAYS, UpgradePolicy.PIN);
            Study without = finished(site, undisturbed.number());
            JsonNode expected = result(site, without);

            List<Study> pinned = List.of(
                    site.study("study", 1, DAYS, UpgradePolicy.PIN), site.study("study", 2, DAYS, UpgradePolicy.PIN));
            List<Study> moving = List.of(
                    site.study("study", 3, DAYS, UpgradePolicy.MIGRATE),
                    site.study("study", 4, DAYS, UpgradePolicy.MIGRATE));
            for (int gate = 1; gate <= 4; gate++) {
                gates.let(gate, 30);
            }
            for (Study study : concat(pinned, moving)) {
                Waiting.until(
                        "study " + study.number() + " on day 29",
                        () -> site.site()
                                        .studies()
                                        .get(study.number())
                                        .reached()
                                        .days()
                                >= 29);
            }
            WeakReference<ClassLoader> old = loader(site, "1.0.0");

            Change change = site.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
            assertThat(change.state()).isEqualTo(ChangeState.PROPOSED);
            assertThat(site.verify(1).state()).isEqualTo(ChangeState.VERIFIED);
            assertThatThrownBy(() -> site.promote(1))
                    .isInstanceOf(ChangeRefusedException.class)
                    .hasMessageContaining("signatures are missing")
                    .hasMessageContaining("approval by somebody with the role regulatory")
                    .hasMessageContaining("review by somebody with the role clinical");
            assertThat(last(site).event().action()).isEqualTo("change.refuse");
            assertThat(last(site).event().reason()).contains("signatures are missing");
            assertThat(site.versionInUse()).isEqualTo("1.0.0");
            assertThat(site.signAll(1).missing()).isEmpty();

            Change promoted = stepping(gates, site, moving, 3, () -> site.promote(1));
            assertThat(promoted.state()).isEqualTo(ChangeState.ACCEPTED);
            assertThat(site.versionInUse()).isEqualTo("1.1.0");
            for (Study study : moving) {
                Study now = site.site().studies().get(study.number());
                assertThat(now.state()).isEqualTo(StudyState.RUNNING);
                assertThat(now.plugins()).singleElement().hasToString("verhulst 1.1.0");
            }
            for (Study study : pinned) {
                Study now = site.site().studies().get(study.number());
                assertThat(now.state()).isEqualTo(StudyState.RUNNING);
                assertThat(now.plugins()).singleElement().hasToString("verhulst 1.0.0");
            }
            gates.open();
            for (Study study : pinned) {
                JsonNode got = result(site, finished(site, study.number()));
                assertThat(values(got)).as("a pinned study").hasSize(DAYS + 1).isEqualTo(values(expected));
                assertThat(got.at("/provenance/state_hash").asText()).isNotEmpty();
                assertThat(got.at("/provenance/state_hash")).isEqualTo(expected.at("/provenance/state_hash"));
            }
            for (Study study : moving) {
                List<Double> got = values(result(site, finished(site, study.number())));
                List<Double> reference = values(expected);
                assertThat(got).as("no output is lost").hasSize(DAYS + 1);
                for (int n = 0; n <= DAYS; n++) {
                    assertThat(got.get(n))
                            .isCloseTo(reference.get(n), within(ControlledSite.MARGIN * reference.get(n)));
                }
                assertThat(got).isNotEqualTo(reference);
            }
            assertThat(site.audited("study.move")).hasSize(2);
            assertThat(site.site().combinations().sweep(plugin -> false)).contains(ModelBundle.NAME + " 1.0.0");
            Waiting.until("the class loader of version 1.0 is collected", () -> {
                System.gc();
                return old.get() == null;
            });

            refusedByTheProtocol(site);
            refusedByThePlan(site);
            takenBackByItself(site);
            theSameAfterReopening(site);
            theSameAgain(site);
        }
    }

    private static void refusedByTheProtocol(ControlledSite site) throws Exception {
        Change worse = site.propose("1.2.0", ModelBundle.WORSE, "numerical-method");
        Change failed = site.verify(worse.number());
        assertThat(failed.state()).isEqualTo(ChangeState.FAILED);
        assertThat(failed.message())
                .contains("the mean relative difference of tumour.volume from the reference values is at most 0.005")
                .contains("NOT met");
        assertThatThrownBy(() -> site.promote(worse.number()))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("FAILED");
    }

    private static void refusedByThePlan(ControlledSite site) {
        assertThatThrownBy(() -> site.propose("1.3.0", ModelBundle.OTHER_QUANTITY, "numerical-method"))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("its modification 'numerical-method' may differ in [text] and in nothing else")
                .hasMessageContaining("quantity scalar verhulst.cells in 1")
                .hasMessageContaining("was added");
        assertThat(last(site).event().action()).isEqualTo("change.refuse");
        assertThat(bundles(site)).doesNotContain("1.3.0");
    }

    private static void takenBackByItself(ControlledSite site) throws Exception {
        try (Gates again = Gates.set(6)) {
            Study running = site.study("later", 6, DAYS, UpgradePolicy.MIGRATE);
            again.let(6, 10);
            Change biased = site.propose("1.4.0", ModelBundle.BIASED, "numerical-method");
            assertThat(site.verify(biased.number()).state()).isEqualTo(ChangeState.VERIFIED);
            site.signAgain(biased.number());
            Change back = stepping(again, site, List.of(running), 6, () -> site.promote(biased.number()));
            assertThat(back.state()).isEqualTo(ChangeState.ROLLED_BACK);
            assertThat(back.message()).contains("post-condition in-use").contains("NOT met");
            assertThat(site.versionInUse()).isEqualTo("1.1.0");
            Study moved = site.site().studies().get(running.number());
            assertThat(moved.state()).isEqualTo(StudyState.RUNNING);
            assertThat(moved.plugins()).singleElement().hasToString("verhulst 1.1.0");
            assertThat(site.audited("study.move").stream()
                            .filter(entry -> entry.event().subject().equals("study " + running.number())))
                    .hasSize(2);
            assertThat(moved.moves().stream().map(move -> move.from() + " to " + move.to()))
                    .containsExactly("[verhulst 1.1.0] to [verhulst 1.4.0]", "[verhulst 1.4.0] to [verhulst 1.1.0]");
            again.open();
            assertThat(values(result(site, finished(site, running.number())))).hasSize(DAYS + 1);
        }
        assertThat(bundles(site)).doesNotContain("1.4.0");
        assertThat(site.site().trail().stream()
                        .map(entry -> entry.event().action())
                        .filter(action -> action.startsWith("change.")))
                .containsExactly(
                        "change.propose",
                        "change.verify",
                        "change.refuse",
                        "change.promote",
                        "change.promote",
                        "change.accept",
                        "change.propose",
                        "change.verify",
                        "change.refuse",
                        "change.refuse",
                        "change.propose",
                        "change.verify",
                        "change.promote",
                        "change.promote",
                        "change.rollback",
                        "change.rollback");
        assertThat(site.audited("sign")).hasSize(4);
        assertThat(site.site().audit().verify().faults()).isEmpty();
        assertThat(site.site().signatures().verify()).isEmpty();
    }

    private static void theSameAfterReopening(ControlledSite site) throws Exception {
        List<Change> changes = site.site().changes().all();
        List<Study> studies = site.site().studies().all();
        List<AuditEntry> trail = site.site().trail();
        Gates again = Gates.set(6);
        Study open = site.study("over", 1, DAYS, UpgradePolicy.MIGRATE);
        again.let(1, 20);
        Waiting.until(
                "it runs",
                () -> site.site().studies().get(open.number()).reached().days() >= 19);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> site.close());
        Waiting.until("the site closes", () -> {
            again.step(1);
            return closed.isDone();
        });
        closed.get();
        site.open(database -> database);
        assertThat(site.versionInUse()).isEqualTo("1.1.0");
        assertThat(site.site().changes().all()).isEqualTo(changes);
        assertThat(site.site().studies().all().subList(0, studies.size())).isEqualTo(studies);
        assertThat(site.site().trail()).startsWith(trail.toArray(AuditEntry[]::new));
        again.close();
        Study done = finished(site, open.number());
        assertThat(values(result(site, done))).hasSize(DAYS + 1);
        assertThat(site.site().audit().verify().faults()).isEmpty();
    }

    /** Every study of the story, whatever it ran on, gives the same bits again, on bundles that went long ago; what was altered is found. */
    private static void theSameAgain(ControlledSite site) throws Exception {
        List<String> before = bundles(site);
        List<Study> studies = site.site().studies().all();
        assertThat(studies).extracting(study -> study.moves().size()).contains(0, 1, 2);
        for (Study study : studies) {
            StudyReplay replay = site.replay(study.number());
            assertThat(replay.differences())
                    .as("study %d on %s, which moved %s", study.number(), study.plugins(), study.moves())
                    .isEmpty();
            assertThat(replay.origins()).isEmpty();
            assertThat(bundles(site)).isEqualTo(before);
        }
        assertThat(site.site().studies().all()).isEqualTo(studies);
        assertThat(site.audited("study.replay"))
                .hasSize(studies.size())
                .allSatisfy(entry -> assertThat(entry.event().after()).isEqualTo("identical bit for bit"));
        assertThat(site.site().audit().verify().faults()).isEmpty();

        Study last = studies.get(studies.size() - 1);
        Path copy = site.folder().resolve("studies/" + last.number() + "/run/result.json");
        String kept = Files.readString(copy);
        String altered = kept.replaceFirst("(?<before>\"values\"\\s*:\\s*\\[\\s*)2\\.0", "${before}2.5");
        assertThat(altered).isNotEqualTo(kept);
        Files.writeString(copy, altered);
        assertThat(site.replay(last.number()).differences())
                .singleElement()
                .asString()
                .startsWith("result.json in the run folder was altered");
        // The result itself, in the contents and in the folder.
        Files.writeString(site.content(last.result().orElseThrow()), altered);
        StudyReplay replay = site.replay(last.number());
        assertThat(replay.isIdentical()).isFalse();
        assertThat(replay.differences())
                .anySatisfy(difference -> assertThat(difference).contains("was changed after it was kept"))
                .anySatisfy(difference -> assertThat(difference).startsWith("tumour.burden: 1 of "));
        assertThat(last(site).event().after()).startsWith("differs");
        aVersionThatIsGone(site, studies.get(0));
    }

    private static void aVersionThatIsGone(ControlledSite site, Study study) throws Exception {
        assertThat(study.plugins()).singleElement().hasToString("verhulst 1.0.0");
        String installed = site.audited("combination.install").get(0).event().after();
        String jar = installed.replaceFirst(".* bundles \\[([0-9a-f]{64})\\]$", "$1");
        Path file = site.content(jar);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> site.replay(study.number()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("verhulst 1.0.0: cannot be had any more")
                .hasMessageContaining(jar + " was changed after it was kept")
                .hasMessageContaining("from a backup");
        Files.delete(file);
        assertThatThrownBy(() -> site.replay(study.number()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(jar + " is not there");
    }

    // ---- Steps and looks ----

    /** Something that may be refused. */
    private interface Step {
        Change take() throws Exception;
    }

    /** Does something in a thread of its own while studies, whose gates follow each other, go on as long as they use other versions than their combination. */
    private static Change stepping(Gates gates, ControlledSite site, List<Study> moving, int firstGate, Step step)
            throws Exception {
        Future<Change> future = CompletableFuture.supplyAsync(() -> {
            try {
                return step.take();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Waiting.until("it is done", () -> {
            for (int n = 0; n < moving.size(); n++) {
                Study now = site.site().studies().get(moving.get(n).number());
                if (!now.plugins().get(0).version().equals(site.versionInUse())) {
                    gates.step(firstGate + n);
                }
            }
            return future.isDone();
        });
        return future.get();
    }

    private static List<Study> concat(List<Study> a, List<Study> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    private static Study finished(ControlledSite site, long number) throws InterruptedException {
        Study study = site.site().studies().await(number, LONG);
        assertThat(study.state()).as(study.message()).isEqualTo(StudyState.FINISHED);
        return study;
    }

    private static JsonNode result(ControlledSite site, Study study) throws IOException {
        try (InputStream in = site.site().contents().open(study.result().orElseThrow())) {
            return new ObjectMapper().readTree(in);
        }
    }

    /** Volumes at all outputs. */
    private static List<Double> values(JsonNode result) {
        List<Double> values = new ArrayList<>();
        for (JsonNode value : result.path("series").path("tumour.volume").path("values")) {
            values.add(value.asDouble());
        }
        return values;
    }

    private static AuditEntry last(ControlledSite site) {
        List<AuditEntry> trail = site.site().trail();
        return trail.get(trail.size() - 1);
    }

    private static List<String> bundles(ControlledSite site) {
        return Stream.of(site.site().context().getBundles())
                .filter(bundle -> ModelBundle.NAME.equals(bundle.getSymbolicName()))
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }

    private static WeakReference<ClassLoader> loader(ControlledSite site, String version) {
        for (Bundle bundle : site.site().context().getBundles()) {
            if (ModelBundle.NAME.equals(bundle.getSymbolicName())
                    && bundle.getVersion().toString().equals(version)) {
                return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
            }
        }
        throw new AssertionError("version " + version + " is not there");
    }
}
