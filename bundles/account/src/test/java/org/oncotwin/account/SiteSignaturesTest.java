package org.oncotwin.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.account.Signature;
import org.oncotwin.api.account.SignedRecord;
import org.oncotwin.api.store.StoreException;

class SiteSignaturesTest {

    private static final SignedRecord CHANGE = new SignedRecord("change", "1", "ab".repeat(32));
    private static final SignedRecord OTHER = new SignedRecord("change", "2", "cd".repeat(32));

    @TempDir
    private Path folder;

    private SiteForTests site;
    private SiteAccounts accounts;
    private SiteSignatures signatures;
    private Person anna;
    private Session session;

    @BeforeEach
    void signer() throws SQLException {
        site = new SiteForTests();
        accounts = site.accounts(folder);
        signatures = new SiteSignatures(accounts, site, site, () -> folder);
        Person root = new Person(accounts.createFirst("root", "Ruth Root"), site, accounts);
        Session rootSession = root.login(site, accounts);
        anna = new Person(accounts.create(rootSession, "anna", "Anna Arzt", Set.of(Role.REGULATORY)), site, accounts);
        session = anna.login(site, accounts);
    }

    @AfterEach
    void close() throws SQLException {
        site.close();
    }

    private Signature sign(SignedRecord record) {
        Signature signature = signatures.sign(session, anna.both(site.instant()), record, Meaning.APPROVAL);
        site.pass(Duration.ofSeconds(30));
        return signature;
    }

    @Tag("SR-1205")
    @Test
    void aSignatureTellsWhoWhenAndWhat() {
        Signature signature = sign(CHANGE);
        assertThat(signature.number()).isEqualTo(1);
        assertThat(signature.printedName()).isEqualTo("Anna Arzt");
        assertThat(signature.meaning()).isEqualTo(Meaning.APPROVAL);
        assertThat(signature.time()).isEqualTo(site.instant().minusSeconds(30));
        assertThat(signatures.of(CHANGE)).containsExactly(signature);
        assertThat(signatures.of(OTHER)).isEmpty();
        assertThat(signatures.verify()).isEmpty();
    }

    @Tag("SR-1205")
    @Test
    void theFirstOfASessionTakesBothComponentsLaterOnesOne() {
        assertThatThrownBy(() -> signatures.sign(session, anna.passwordOnly(), CHANGE, Meaning.APPROVAL))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("the first signature of a session takes password and code");
        assertThat(signatures.of(CHANGE)).isEmpty();
        sign(CHANGE);
        signatures.sign(session, anna.passwordOnly(), OTHER, Meaning.REVIEW);
        assertThat(signatures.of(OTHER)).hasSize(1);
        Credentials none = new Credentials(Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> signatures.sign(session, none, OTHER, Meaning.REVIEW))
                .isInstanceOf(AccessDeniedException.class);
        site.pass(Duration.ofMinutes(16));
        assertThatThrownBy(() -> signatures.sign(session, anna.both(site.instant()), OTHER, Meaning.REVIEW))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("idle");
        session = anna.login(site, accounts);
        assertThatThrownBy(() -> signatures.sign(session, anna.passwordOnly(), OTHER, Meaning.REVIEW))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aWrongOrUsedComponentSignsNothingAndIsNoted() {
        Credentials now = anna.both(site.instant());
        signatures.sign(session, now, CHANGE, Meaning.APPROVAL);
        assertThatThrownBy(() -> signatures.sign(session, now, OTHER, Meaning.APPROVAL))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(signatures.of(OTHER)).isEmpty();
        assertThat(site.events().get(site.events().size() - 1).action()).isEqualTo("sign-refused");
    }

    @Tag("SR-1206")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "record_id = '2', record_sha256 = '"
                        + "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd" + "'",
                "record_sha256 = '" + "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd" + "'",
                "name = 'root'",
                "printed_name = 'Somebody Else'",
                "signed_at = signed_at - 1",
                "meaning = 'RESPONSIBILITY'",
                "meaning = 'WHATEVER'",
                "number = 7",
                "seal = 'AAAA'",
                "seal = 'not base64!'"
            })
    void aSignatureThatWasChangedOrMovedDoesNotHold(String edit) {
        sign(CHANGE);
        site.sql("update account_signature set " + edit);
        assertThat(signatures.of(CHANGE)).isEmpty();
        assertThat(signatures.of(OTHER)).isEmpty();
        assertThat(signatures.verify()).isNotEmpty();
    }

    @Tag("SR-1206")
    @Test
    void aSignatureCopiedToAnotherRecordDoesNotHold() {
        sign(CHANGE);
        site.sql("insert into account_signature select 2, record_kind, '2', '" + OTHER.sha256()
                + "', name, printed_name, signed_at, meaning, seal from account_signature");
        assertThat(signatures.of(OTHER)).isEmpty();
        assertThat(signatures.verify())
                .containsExactly("signature 2, of change 2 by anna, was changed or moved: its seal does not hold");
    }

    @Tag("SR-1206")
    @Test
    void aSignatureThatIsGoneIsMissed() {
        sign(CHANGE);
        sign(OTHER);
        site.sql("delete from account_signature where number = 1");
        assertThat(signatures.verify()).containsExactly("signature 1 is missing");
    }

    @Tag("SR-1204")
    @ParameterizedTest
    @ValueSource(strings = {"signatures.key", "signatures.pub"})
    void aKeyThatIsMissedIsNotMadeAnew(String name) throws IOException {
        sign(CHANGE);
        Path backup = Files.move(folder.resolve(name), folder.resolve("backup"));
        Path other = folder.resolve(name.endsWith("key") ? "signatures.pub" : "signatures.key");
        byte[] before = Files.readAllBytes(other);
        assertThatThrownBy(() -> new SiteSignatures(accounts, site, site, () -> folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the site has signatures, but their key " + name + " is missing in its folder")
                .hasMessageContaining("restore it from a backup");
        assertThat(folder.resolve(name)).doesNotExist();
        assertThat(other).hasBinaryContent(before);
        Files.move(backup, folder.resolve(name));
        assertThat(new SiteSignatures(accounts, site, site, () -> folder).of(CHANGE))
                .hasSize(1);
    }

    /** As a process leaves it that ends between the two files. */
    @Test
    void thePublicPartIsMadeOfThePrivateOne() throws IOException {
        Path open = folder.resolve("signatures.pub");
        byte[] before = Files.readAllBytes(open);
        Files.delete(open);
        signatures = new SiteSignatures(accounts, site, site, () -> folder);
        assertThat(open).hasBinaryContent(before);
        sign(CHANGE);
        assertThat(signatures.verify()).isEmpty();
    }

    @Test
    void aPublicPartAloneStays() throws IOException {
        Path open = folder.resolve("signatures.pub");
        byte[] before = Files.readAllBytes(open);
        Files.delete(folder.resolve("signatures.key"));
        assertThatThrownBy(() -> new SiteSignatures(accounts, site, site, () -> folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("signatures.key is missing");
        assertThat(open).hasBinaryContent(before);
    }

    @Test
    void whoAsksForThoseOfARecordReadsNoOthers() {
        sign(CHANGE);
        sign(OTHER);
        sign(OTHER);
        site.sql("set query_statistics true");
        assertThat(signatures.of(CHANGE)).hasSize(1);
        assertThat(site.number("select max(max_row_count) from information_schema.query_statistics"
                        + " where sql_statement like 'select * from account_signature%'"))
                .isEqualTo(1);
    }
}
