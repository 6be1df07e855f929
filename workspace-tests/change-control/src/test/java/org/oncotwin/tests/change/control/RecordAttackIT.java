package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditException;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.osgi.framework.Bundle;

/** Records that were altered, moved or made up, and people who are not who they say or sign what they may not. */
@Tag("SR-1109")
final class RecordAttackIT {

    private ControlledSite site;

    private void at(Stage stage) throws Exception {
        site = ControlledSite.at(stage);
    }

    @AfterEach
    void nothingCameIn() {
        if (site.site() != null) {
            assertThat(site.audited("change.accept")).isEmpty();
            site.close();
        }
    }

    private void refused(ThrowingCallable step, String subject, String... words) {
        assertThatThrownBy(step).isInstanceOf(ChangeRefusedException.class).hasMessageContainingAll(words);
        AuditEntry last = last();
        assertThat(last.event().action()).isEqualTo("change.refuse");
        assertThat(last.event().subject()).isEqualTo(subject);
        assertThat(last.event().reason()).contains(words);
    }

    private void promotionRefused(String... words) {
        refused(() -> site.promote(1), "change 1", words);
        assertThat(site.site().changes().get(1).state()).isNotIn(ChangeState.PROMOTING, ChangeState.WATCHING);
    }

    private AuditEntry last() {
        return site.site().trail().get(site.site().trail().size() - 1);
    }

    private Path content(String sha256) {
        return site.folder().resolve("contents").resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    private void alter(String sha256) throws IOException {
        Path file = content(sha256);
        Files.write(file, AlteredJar.flipped(Files.readAllBytes(file)));
    }

    private Change change() {
        return site.site().changes().get(1);
    }

    // ---- Rows ----

    @Test
    void aChangeSetToVerifiedWithoutEvidence() throws Exception {
        at(Stage.PROPOSED);
        site.site().sql("update change_proposal set state = 'VERIFIED'");
        promotionRefused("is not the one of the audit trail", "PROPOSED: from verhulst 1.0.0");
        refused(() -> site.sign(1, "rita", Meaning.APPROVAL), "change 1", "is not the one of the audit trail");
        assertThat(site.versionInUse()).isEqualTo("1.0.0");
    }

    @Test
    void aChangeSetToBePutInPlaceAtTheNextStart() throws Exception {
        at(Stage.VERIFIED);
        site.site().sql("update change_proposal set state = 'PROMOTING'");
        site.reopen();
        assertThat(site.site().changes().all()).hasSize(1);
        assertThat(site.versionInUse()).isEqualTo("1.0.0");
        assertThat(last().event().action()).isEqualTo("change.refuse");
        assertThat(last().event().reason()).contains("is not the one of the audit trail");
    }

    @Test
    void aFailedChangeSetToVerifiedWithTheEvidenceOfAnother() throws Exception {
        at(Stage.SIGNED);
        Change worse = site.propose("1.2.0", ModelBundle.WORSE, "numerical-method");
        assertThat(site.verify(worse.number()).state()).isEqualTo(ChangeState.FAILED);
        site.site()
                .sql("update change_proposal set state = 'VERIFIED', evidence = (select evidence from change_proposal"
                        + " where number = 1) where number = 2");
        refused(() -> site.promote(2), "change 2", "is not the one of the audit trail");
        refused(() -> site.signAgain(2), "change 2", "is not the one of the audit trail");
    }

    @Test
    void evidenceThatWasMadeUp() throws Exception {
        at(Stage.SIGNED);
        String text;
        try (InputStream in = site.site().contents().open(change().evidence().orElseThrow())) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String forged = site.site()
                .contents()
                .put(new ByteArrayInputStream(text.replace("in all cases", "everywhere")
                        .replace("\"value\" : ", "\"value\" : 0")
                        .getBytes(StandardCharsets.UTF_8)));
        site.site().sql("update change_proposal set evidence = '" + forged + "'");
        promotionRefused("is not the one of the audit trail");
    }

    @Test
    void anotherPlanInTheRow() throws Exception {
        at(Stage.SIGNED);
        String lax = site.site()
                .contents()
                .put(new ByteArrayInputStream(
                        ControlledSite.plan(1).replace("0.005", "5").getBytes(StandardCharsets.UTF_8)));
        site.site().sql("update change_proposal set plan_sha256 = '" + lax + "'");
        promotionRefused("is not the one of the audit trail");
    }

    @Test
    void anotherPlanOfTheCombination() throws Exception {
        at(Stage.INSTALLED);
        String lax = site.site()
                .contents()
                .put(new ByteArrayInputStream(
                        ControlledSite.plan(1).replace("0.005", "5").getBytes(StandardCharsets.UTF_8)));
        site.site().sql("update combination_site set change_plan = '" + lax + "'");
        refused(
                () -> site.propose("1.1.0", ModelBundle.BETTER, "numerical-method"),
                "combination " + ControlledSite.COMBINATION,
                "is not the one of the audit trail");
    }

    @Test
    void anotherPluginOfTheCombination() throws Exception {
        at(Stage.VERIFIED);
        site.site()
                .sql("update combination_plugin set version = '1.1.0', sha256 = '"
                        + change().to().sha256() + "'");
        assertThatThrownBy(() -> site.study("study", 0, 10, UpgradePolicy.PIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("combination verhulst-site in the database is not the one of the audit trail");
        site.reopen();
        assertThatThrownBy(() -> site.study("study", 0, 10, UpgradePolicy.PIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not the one of the audit trail");
        assertThat(site.audited("combination.refuse")).singleElement().satisfies(entry -> assertThat(
                        entry.event().reason())
                .contains("verhulst 1.1.0 " + change().to().sha256()));
        assertThat(site.site().context().getBundles())
                .noneMatch(bundle -> ModelBundle.NAME.equals(bundle.getSymbolicName()));
    }

    @Tag("SR-1302")
    @Test
    void aRowOfTheAuditTrail() throws Exception {
        at(Stage.SIGNED);
        assertThat(site.site().sql("update audit_entry set reason = 'another' where entry_number = 5"))
                .isEqualTo(1);
        promotionRefused("the audit trail is not intact", "entry 5");
        assertThat(site.site().audit().verify().intact()).isFalse();
    }

    @Tag("SR-1303")
    @Test
    void theTailOfTheAuditTrailCutOff() throws Exception {
        at(Stage.SIGNED);
        long last = last().number();
        assertThat(site.site().sql("delete from audit_entry where entry_number > " + (last - 2)))
                .isEqualTo(2);
        assertThatThrownBy(() -> site.promote(1))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("the head of entry " + last + " was kept");
        assertThat(site.site().audit().verify().faults()).anyMatch(fault -> fault.contains("its tail was cut off"));
        site.reopen();
        assertThat(site.site().changes().get(1).state()).isEqualTo(ChangeState.VERIFIED);
        assertThatThrownBy(() -> site.promote(1)).isInstanceOf(AuditException.class);
        assertThat(site.versionInUse()).isEqualTo("1.0.0");
    }

    @Test
    void theTailCutOffTogetherWithWhatItToldOf() throws Exception {
        at(Stage.SIGNED);
        // As if the second signature had never been given.
        site.site().sql("delete from account_signature where number = 2");
        site.site().sql("delete from audit_entry where entry_number = " + last().number());
        assertThat(site.site().audit().verify().faults()).anyMatch(fault -> fault.contains("its tail was cut off"));
        assertThatThrownBy(() -> site.sign(1, "clara", Meaning.REVIEW)).isInstanceOf(AuditException.class);
    }

    @Test
    void theEvidenceOfAnotherBundle() throws Exception {
        at(Stage.SIGNED);
        String good = change().evidence().orElseThrow();
        Change other = site.propose("1.1.1", ModelBundle.WORSE, "numerical-method");
        assertThat(site.verify(other.number()).state()).isEqualTo(ChangeState.FAILED);
        // The file of the one under the name of the other.
        Files.copy(
                content(good),
                content(site.site().changes().get(other.number()).evidence().orElseThrow()),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        site.site().sql("update change_proposal set state = 'VERIFIED' where number = 2");
        refused(() -> site.promote(2), "change 2", "is not the one of the audit trail");
        refused(() -> site.sign(2, "rita", Meaning.APPROVAL), "change 2", "is not the one of the audit trail");
    }

    @Test
    void theClockSetBack() throws Exception {
        at(Stage.SIGNED);
        // An entry of an hour ahead, and then the clock as it is.
        Bundle bundle = Stream.of(site.site().context().getBundles())
                .filter(one -> "org.oncotwin.audit".equals(one.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        Constructor<?> withClock = bundle.loadClass("org.oncotwin.audit.ChainedAuditTrail")
                .getDeclaredConstructor(Database.class, SiteFolder.class, Clock.class);
        withClock.setAccessible(true);
        AuditTrail ahead = (AuditTrail) withClock.newInstance(
                site.site().database(),
                site.site().service(SiteFolder.class),
                Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
        ahead.append(new AuditEvent("system", "test", "clock", "", "", ""));
        site.reopen();
        assertThatThrownBy(() -> site.promote(1))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("the clock was set back");
        assertThat(site.versionInUse()).isEqualTo("1.0.0");
        assertThat(site.site().changes().get(1).state()).isEqualTo(ChangeState.VERIFIED);
    }

    // ---- Files ----

    @Test
    void evidenceAltered() throws Exception {
        at(Stage.SIGNED);
        alter(change().evidence().orElseThrow());
        promotionRefused("plan, evidence or bundle cannot be read as they were");
    }

    @Test
    void thePlanAltered() throws Exception {
        at(Stage.SIGNED);
        alter(change().plan());
        promotionRefused("plan, evidence or bundle cannot be read as they were");
    }

    @Tag("SR-1403")
    @Test
    void theBundleAltered() throws Exception {
        at(Stage.SIGNED);
        String jar = site.site().database().transact(connection -> {
            try (var query = connection.createStatement();
                    var row = query.executeQuery("select jar from change_proposal")) {
                row.next();
                return row.getString(1);
            }
        });
        alter(jar);
        promotionRefused("plan, evidence or bundle cannot be read as they were");
    }

    // ---- Cohorts ----

    private Path cohort() throws IOException {
        return VirtualPatients.copy(ControlledSite.cohort(), site.folder().resolveSibling("cohort"));
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Tag("SR-1106")
    @Test
    void aCaseOfTheCohortAltered() throws Exception {
        at(Stage.PROPOSED);
        Path cohort = cohort();
        replace(cohort.resolve("patient-03.json"), "\"120 d\"", "\"30 d\"");
        refused(
                () -> site.verify(1, cohort),
                "change 1",
                "patient-03.json of the cohort is not the one that cohort.json names");
    }

    @Test
    void twoCasesOfTheCohortExchanged() throws Exception {
        at(Stage.PROPOSED);
        Path cohort = cohort();
        Path a = cohort.resolve("patient-03.json");
        byte[] kept = Files.readAllBytes(a);
        Files.copy(cohort.resolve("patient-04.json"), a, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.write(cohort.resolve("patient-04.json"), kept);
        refused(() -> site.verify(1, cohort), "change 1", "its hash differs");
    }

    @Tag("SR-1106")
    @Test
    void theListOfTheCohortAltered() throws Exception {
        at(Stage.PROPOSED);
        Path cohort = cohort();
        replace(cohort.resolve("cohort.json"), "fast", "slow");
        refused(
                () -> site.verify(1, cohort),
                "change 1",
                "cohort.json of the cohort is not the one that the plan names");
    }

    @Tag("SR-1106")
    @Test
    void aCaseExchangedWhileTheCohortRuns() throws Exception {
        at(Stage.PROPOSED);
        Path cohort = cohort();
        Change verified = site.site()
                .changes()
                .verify(
                        site.person("rita").session(),
                        1,
                        cohort,
                        progress -> exchange(cohort),
                        org.oncotwin.api.twin.Cancellation.NEVER);
        // What runs is the copy whose hash was compared.
        assertThat(verified.state()).isEqualTo(ChangeState.VERIFIED);
    }

    private static void exchange(Path cohort) {
        try {
            for (int n = 10; n < 25; n++) {
                Files.writeString(cohort.resolve("patient-" + n + ".json"), "{}");
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aCohortThatLeadsOutOfItsFolder() throws Exception {
        Path cohort = VirtualPatients.copy(ControlledSite.cohort(), ControlledSite.fresh("cohort-outside"));
        Files.copy(cohort.resolve("patient-01.json"), cohort.resolveSibling("outside.json"));
        replace(cohort.resolve("cohort.json"), "\"patient-01.json\"", "\"../outside.json\"");
        site = ControlledSite.made(ControlledSite.plan(10)
                .replace(
                        VirtualPatients.sha256(ControlledSite.cohort().resolve("cohort.json")),
                        VirtualPatients.sha256(cohort.resolve("cohort.json"))));
        site.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
        refused(() -> site.verify(1, cohort), "change 1", "the folder of the cohort has no file ../outside.json");
    }

    @Tag("SR-1112")
    @Test
    void moreChangesThanThePlanAllows() throws Exception {
        site = ControlledSite.made(ControlledSite.plan(1));
        site.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
        site.verify(1);
        site.signAll(1);
        assertThat(site.promote(1).state()).isEqualTo(ChangeState.ACCEPTED);
        assertThatThrownBy(() -> site.propose("1.1.1", ModelBundle.BETTER, "numerical-method"))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("allows 1 changes, and as many were made");
        assertThat(last().event().action()).isEqualTo("change.refuse");
        // Nor by having the rows tell of fewer.
        String subject = "combination " + ControlledSite.COMBINATION;
        ThrowingCallable another = () -> site.propose("1.1.1", ModelBundle.BETTER, "numerical-method");
        site.site().sql("update change_proposal set state = 'ROLLED_BACK'");
        refused(another, subject, "change 1 in the database is not the one of the audit trail");
        site.site().sql("update change_proposal set state = 'ACCEPTED', plan_sha256 = jar");
        refused(another, subject, "change 1 in the database is not the one of the audit trail");
        site.site().sql("delete from change_proposal");
        refused(another, subject, "[change 1] of the audit trail are not in the database any more");
        site.close();
        site = ControlledSite.closedAt(Stage.INSTALLED);
    }

    // ---- Signatures ----

    @Tag("SR-1206")
    @Test
    void aSignatureCopiedToAnotherChange() throws Exception {
        at(Stage.SIGNED);
        site.propose("1.1.1", ModelBundle.BETTER, "numerical-method");
        site.verify(2);
        for (int n = 1; n <= 2; n++) {
            site.site()
                    .sql(
                            "insert into account_signature (number, record_kind, record_id, record_sha256, name, printed_name,"
                                    + " signed_at, meaning, seal) select number + 2, record_kind, '2', record_sha256, name, printed_name,"
                                    + " signed_at, meaning, seal from account_signature where number = " + n);
        }
        refused(() -> site.promote(2), "change 2", "signatures are missing: approval", "; review");
        assertThat(site.site().signatures().verify())
                .hasSize(2)
                .allMatch(fault -> fault.contains("its seal does not hold"));
    }

    @Tag("SR-1206")
    @Test
    void aSignatureOfWhichTheSignerIsAltered() throws Exception {
        at(Stage.VERIFIED);
        site.sign(1, "bob", Meaning.APPROVAL);
        site.sign(1, "clara", Meaning.REVIEW);
        site.site()
                .sql("update account_signature set name = 'rita', printed_name = 'Rita Regulatory' where number = 1");
        promotionRefused("signatures are missing: approval");
    }

    @Tag("SR-1108")
    @Test
    void bothSignaturesOfOnePerson() throws Exception {
        at(Stage.VERIFIED);
        site.sign(1, "bob", Meaning.APPROVAL);
        site.site()
                .changes()
                .sign(site.person("bob").session(), site.person("bob").passwordOnly(), 1, Meaning.REVIEW);
        promotionRefused("signatures are missing", "no two by one person");
    }

    @Tag("SR-1108")
    @Test
    void theProposerAgreesToTheOwnChange() throws Exception {
        at(Stage.INSTALLED);
        site.propose("paula", site.bundle("1.1.0", ModelBundle.BETTER), "numerical-method");
        site.verify(1);
        site.sign(1, "paula", Meaning.APPROVAL);
        site.sign(1, "clara", Meaning.REVIEW);
        promotionRefused("signatures are missing: approval", "none by who proposed the change");
        // Nor by having the row tell of another proposer.
        site.site().sql("update change_proposal set proposer = 'simon'");
        promotionRefused("is not the one of the audit trail");
    }

    @Test
    void aSessionThatSaysThatItIsSomebodyElses() throws Exception {
        at(Stage.INSTALLED);
        Session own = site.person("paula").session();
        Session forged =
                new Session(own.token(), site.person("simon").session().account(), own.opened(), Instant.now());
        site.site()
                .changes()
                .propose(
                        forged,
                        ControlledSite.COMBINATION,
                        site.bundle("1.1.0", ModelBundle.BETTER),
                        "numerical-method",
                        "A version",
                        "accuracy");
        assertThat(last().event().actor()).isEqualTo("paula");
    }

    @Test
    void aClosedAccountSigns() throws Exception {
        at(Stage.VERIFIED);
        site.site().accounts().close(site.person("root").session(), "clara", "left");
        assertThatThrownBy(() -> site.sign(1, "clara", Meaning.REVIEW)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> site.site()
                        .accounts()
                        .open("clara", site.person("clara").credentials()))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(last().event().action()).isEqualTo("login-refused");
        assertThat(last().event().reason()).contains("closed");
        assertThat(site.site().changes().get(1).signatures()).isEmpty();
    }

    @Tag("SR-1201")
    @Test
    void aCodeThatWasUsedOrIsOld() throws Exception {
        at(Stage.VERIFIED);
        Person rita = site.person("rita");
        for (String code : new String[] {rita.usedCode(), rita.oldCode()}) {
            assertThatThrownBy(
                            () -> site.site().changes().sign(rita.session(), rita.withCode(code), 1, Meaning.APPROVAL))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("the record is not signed");
            assertThat(last().event().action()).isEqualTo("sign-refused");
            assertThat(last().event().reason()).contains("the code is wrong, too old or used before");
        }
        assertThatThrownBy(() -> site.site().changes().sign(rita.session(), rita.passwordOnly(), 1, Meaning.APPROVAL))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("the first signature of a session takes password and code");
        assertThat(site.site().changes().get(1).signatures()).isEmpty();
    }

    @Tag("SR-1108")
    @Test
    void somebodyWithoutTheRole() throws Exception {
        at(Stage.SIGNED);
        assertThatThrownBy(
                        () -> site.site().changes().promote(site.person("simon").session(), 1, "at once"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("it takes the role regulatory");
        assertThat(last().event().action()).isEqualTo("refused");
        assertThat(last().event().actor()).isEqualTo("simon");
    }
}
