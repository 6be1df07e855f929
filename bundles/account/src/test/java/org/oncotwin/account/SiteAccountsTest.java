package org.oncotwin.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Enrolment;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.store.StoreException;

class SiteAccountsTest {

    @TempDir
    private Path folder;

    private SiteForTests site;
    private SiteAccounts accounts;
    private Person root;
    private Session rootSession;

    @BeforeEach
    void firstAccount() throws SQLException {
        site = new SiteForTests();
        accounts = site.accounts(folder);
        root = new Person(accounts.createFirst("root", "Ruth Root"), site, accounts);
        rootSession = root.login(site, accounts);
    }

    @AfterEach
    void close() throws SQLException {
        site.close();
    }

    private Person person(String name, Role... roles) {
        return new Person(accounts.create(rootSession, name, "Name of " + name, Set.of(roles)), site, accounts);
    }

    private static void denied(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(AccessDeniedException.class).hasMessageContaining(message);
    }

    private String lastEvent() {
        AuditEvent event = site.events().get(site.events().size() - 1);
        return event.action() + ": " + event.reason();
    }

    @Test
    void theFirstAccountIsAnAdministratorAndThereIsOnlyOneFirst() {
        assertThat(accounts.all()).extracting(Account::roles).containsExactly(Set.of(Role.ADMINISTRATOR));
        denied(() -> accounts.createFirst("other", "Other"), "there are accounts already");
    }

    @Tag("SR-1201")
    @Test
    void bothComponentsAreNeededAndNothingIsSaidOfWhichWasWrong() {
        Credentials wrongPassword = Credentials.of("not the password".toCharArray(), root.code(site.instant()));
        denied(() -> accounts.open("root", wrongPassword), Identification.REFUSAL);
        assertThat(lastEvent()).isEqualTo("login-refused: the password is wrong");
        denied(
                () -> accounts.open("root", Credentials.of(root.password().toCharArray(), "000000")),
                Identification.REFUSAL);
        assertThat(lastEvent()).isEqualTo("login-refused: the code is wrong, too old or used before");
        denied(() -> accounts.open("root", root.passwordOnly()), Identification.REFUSAL);
        assertThat(lastEvent()).isEqualTo("login-refused: password and code are needed");
        denied(() -> accounts.open("nobody", wrongPassword), Identification.REFUSAL);
        assertThat(lastEvent()).isEqualTo("login-refused: no such account");
    }

    @Tag("SR-1201")
    @Test
    void aCodeIsGoodOnceAndForAboutAMinute() {
        Credentials now = root.both(site.instant());
        accounts.open("root", now);
        denied(() -> accounts.open("root", now), Identification.REFUSAL);
        site.pass(Duration.ofSeconds(30));
        Credentials soonOld = root.both(site.instant());
        site.pass(Duration.ofSeconds(30));
        assertThatCode(() -> accounts.open("root", soonOld)).doesNotThrowAnyException();
        site.pass(Duration.ofSeconds(30));
        Credentials old = root.both(site.instant());
        site.pass(Duration.ofSeconds(60));
        denied(() -> accounts.open("root", old), Identification.REFUSAL);
        denied(() -> accounts.open("root", root.both(site.instant().plusSeconds(60))), Identification.REFUSAL);
    }

    @Tag("SR-1201")
    @Test
    void aCodeOfBeforeIsRefusedAlsoWhenTheClockIsSetBack() {
        Credentials early = root.both(site.instant());
        accounts.open("root", early);
        site.pass(Duration.ofHours(-2));
        Credentials earlier = root.both(site.instant());
        denied(() -> accounts.open("root", earlier), Identification.REFUSAL);
    }

    @Tag("SR-1202")
    @Test
    void fiveFailuresLockForAWhile() {
        Person anna = person("anna", Role.SITE);
        for (int n = 0; n < 5; n++) {
            denied(() -> accounts.open("anna", Credentials.of("wrong".toCharArray(), "000000")), "");
        }
        assertThat(lastEvent()).contains("the account is locked until");
        denied(() -> accounts.open("anna", anna.both(site.instant())), Identification.REFUSAL);
        assertThat(lastEvent()).startsWith("login-refused: the account is locked until");
        site.pass(Duration.ofMinutes(16));
        assertThatCode(() -> accounts.open("anna", anna.both(site.instant()))).doesNotThrowAnyException();
    }

    @Tag("SR-1202")
    @Test
    void theFirstPasswordAndAnOldOneMustBeChanged() {
        Enrolment enrolment = accounts.create(rootSession, "bob", "Bob", Set.of(Role.SITE));
        Person bob = new Person(enrolment, site, accounts);
        bob.login(site, accounts);
        site.pass(Duration.ofDays(181));
        denied(() -> bob.login(site, accounts), "the password of bob must be changed before logging in");
        site.pass(Duration.ofSeconds(30));
        bob.choose("another long password", site, accounts);
        assertThatCode(() -> bob.login(site, accounts)).doesNotThrowAnyException();
        denied(() -> accounts.open("bob", Credentials.of(enrolment.password().toCharArray(), "123456")), "");
    }

    @Tag("SR-1201")
    @Test
    void aRefusalAfterIdentificationIsNotedAndUsesTheCode() {
        Person bob = person("bob", Role.SITE);
        site.pass(Duration.ofDays(181));
        Credentials late = bob.both(site.instant());
        denied(() -> accounts.open("bob", late), "the password of bob must be changed before logging in");
        assertThat(lastEvent()).isEqualTo("login-refused: the password must be changed");
        denied(() -> accounts.changePassword("bob", late, "another long password".toCharArray()), "");
        assertThat(lastEvent()).isEqualTo("password-refused: the code is wrong, too old or used before");
        site.pass(Duration.ofSeconds(30));
        Credentials same = bob.both(site.instant());
        assertThatThrownBy(() ->
                        accounts.changePassword("bob", same, bob.password().toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was used before");
        assertThat(lastEvent()).isEqualTo("password-refused: the new password was used before");
        denied(() -> accounts.changePassword("bob", same, "another long password".toCharArray()), "");
        assertThat(lastEvent()).isEqualTo("password-refused: the code is wrong, too old or used before");
        site.pass(Duration.ofSeconds(30));
        bob.choose("another long password", site, accounts);
        assertThatCode(() -> bob.login(site, accounts)).doesNotThrowAnyException();
    }

    @Test
    void sessionsThatHaveEndedAreGoneAtTheNextLogin() {
        person("anna", Role.SITE).login(site, accounts);
        assertThat(site.number("select count(*) from account_session")).isEqualTo(2);
        site.pass(Duration.ofMinutes(10));
        accounts.session(rootSession.token());
        site.pass(Duration.ofMinutes(10));
        Session again = root.login(site, accounts);
        assertThat(site.number("select count(*) from account_session")).isEqualTo(2);
        assertThatCode(() -> accounts.session(rootSession.token())).doesNotThrowAnyException();
        for (int n = 0; n < 71; n++) {
            site.pass(Duration.ofMinutes(10));
            accounts.session(again.token());
        }
        site.pass(Duration.ofMinutes(10));
        root.login(site, accounts);
        assertThat(site.number("select count(*) from account_session")).isEqualTo(1);
    }

    @Test
    void whatIsLookedForByNameHasAnIndex() {
        assertThat(site.number("select count(*) from information_schema.indexes where index_name in"
                        + " ('ACCOUNT_OLD_PASSWORD_OF', 'ACCOUNT_SESSION_OF', 'ACCOUNT_SIGNATURE_OF')"))
                .isEqualTo(3);
    }

    @Test
    void anUnfitOrUsedPasswordIsRefused() {
        String first = root.password();
        refusedPassword("short", "too short");
        refusedPassword("aaaaaaaaaaaaaaaaaaa", "5 different characters");
        refusedPassword("the root of all evil", "must not contain the account's name");
        refusedPassword(first, "was used before");
        root.choose("a second long password", site, accounts);
        refusedPassword(first, "was used before");
    }

    private void refusedPassword(String password, String message) {
        assertThatThrownBy(() -> accounts.changePassword("root", root.both(site.instant()), password.toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        site.pass(Duration.ofSeconds(30));
    }

    @Tag("SR-1202")
    @Test
    void aSessionEndsWhenItIsIdleOrLongOrClosed() {
        Session session = root.login(site, accounts);
        site.pass(Duration.ofMinutes(14));
        assertThat(accounts.session(session.token()).account().name()).isEqualTo("root");
        site.pass(Duration.ofMinutes(16));
        denied(() -> accounts.session(session.token()), "ended after 15 idle minutes");
        Session busy = root.login(site, accounts);
        for (int n = 0; n < 71; n++) {
            site.pass(Duration.ofMinutes(10));
            accounts.session(busy.token());
        }
        site.pass(Duration.ofMinutes(10));
        denied(() -> accounts.session(busy.token()), "ended after 12 hours");
        Session closed = root.login(site, accounts);
        accounts.close(closed);
        denied(() -> accounts.session(closed.token()), "nobody is logged in");
        denied(() -> accounts.session("made up"), "nobody is logged in");
    }

    @Tag("SR-1203")
    @Test
    void rolesAreWhatTheDatabaseKnowsNotWhatTheSessionSays() {
        Person anna = person("anna", Role.INSPECTOR);
        Session session = anna.login(site, accounts);
        Session forged = new Session(
                session.token(),
                new Account(
                        "anna",
                        "Anna",
                        Set.of(Role.ADMINISTRATOR),
                        false,
                        session.opened(),
                        session.account().passwordExpires()),
                session.opened(),
                session.lastUsed());
        denied(() -> accounts.create(forged, "eve", "Eve", Set.of(Role.REGULATORY)), "it takes the role administrator");
        assertThat(lastEvent()).isEqualTo("refused: needs the role administrator");
        assertThat(accounts.all()).extracting(Account::name).containsExactly("anna", "root");
    }

    @Tag("SR-1203")
    @Test
    void whoActsIsWhoseTokenItIsNotWhomTheSessionNames() {
        Session simon = person("simon", Role.SITE).login(site, accounts);
        Session forged =
                new Session(rootSession.token(), simon.account(), rootSession.opened(), rootSession.lastUsed());
        accounts.create(forged, "anna", "Anna", Set.of(Role.SITE));
        assertThat(lastActor()).isEqualTo("root");
        accounts.setRoles(forged, "anna", Set.of(Role.CLINICAL), "moved to the ward");
        assertThat(lastActor()).isEqualTo("root");
        accounts.renew(forged, "anna", "lost her telephone");
        assertThat(lastActor()).isEqualTo("root");
        accounts.close(forged, "anna", "left");
        assertThat(lastActor()).isEqualTo("root");
    }

    private String lastActor() {
        return site.events().get(site.events().size() - 1).actor();
    }

    @Tag("SR-1203")
    @Test
    void otherRolesOrAClosedAccountEndItsSessions() {
        Person anna = person("anna", Role.SITE);
        Session session = anna.login(site, accounts);
        accounts.setRoles(rootSession, "anna", Set.of(Role.CLINICAL), "moved to the ward");
        assertThat(lastEvent()).isEqualTo("account.roles: moved to the ward");
        denied(() -> accounts.session(session.token()), "nobody is logged in");
        accounts.close(rootSession, "anna", "left");
        denied(() -> anna.login(site, accounts), Identification.REFUSAL);
        assertThatThrownBy(() -> accounts.create(rootSession, "anna", "Another Anna", Set.of(Role.SITE)))
                .hasMessageContaining("never given to another person");
        assertThatThrownBy(() -> accounts.renew(rootSession, "anna", "came back"))
                .hasMessageContaining("closed for good");
    }

    @Tag("SR-1203")
    @Test
    void theLastAdministratorStays() {
        assertThatThrownBy(() -> accounts.close(rootSession, "root", "tired"))
                .hasMessageContaining("last administrator");
        assertThatThrownBy(() -> accounts.setRoles(rootSession, "root", Set.of(Role.SITE), "tired"))
                .hasMessageContaining("last administrator");
    }

    @Test
    void newCredentialsReplaceTheOldOnes() {
        Person anna = person("anna", Role.SITE);
        Enrolment again = accounts.renew(rootSession, "anna", "lost her telephone");
        denied(() -> anna.login(site, accounts), Identification.REFUSAL);
        assertThatCode(() -> new Person(again, site, accounts).login(site, accounts))
                .doesNotThrowAnyException();
    }

    @Test
    void namesAreChecked() {
        for (String name :
                new String[] {"", "a", "Anna", "anna smith", "1anna", "anna'; drop table account_person; --"}) {
            assertThatThrownBy(() -> accounts.create(rootSession, name, "Anna", Set.of(Role.SITE)))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not allowed");
        }
        assertThatThrownBy(() -> accounts.create(rootSession, "anna", " ", Set.of(Role.SITE)))
                .hasMessageContaining("printed name");
        assertThatThrownBy(() -> accounts.create(rootSession, "anna", "Anna", Set.of()))
                .hasMessageContaining("no role");
    }

    @Tag("SR-1204")
    @Test
    void noSecretIsInTheAuditTrailOrInClearInTheDatabase() throws Exception {
        Enrolment enrolment = accounts.create(rootSession, "anna", "Anna", Set.of(Role.SITE));
        Person anna = new Person(enrolment, site, accounts);
        Session session = anna.login(site, accounts);
        String secret = enrolment.totpUri().replaceAll(".*secret=([A-Z2-7]+)&.*", "$1");
        assertThat(site.events().toString())
                .doesNotContain(anna.password())
                .doesNotContain(enrolment.password())
                .doesNotContain(session.token())
                .doesNotContain(secret);
        Path dump = folder.resolve("dump.sql");
        site.transact(c -> {
            try (var statement = c.createStatement()) {
                return statement.execute("script to '" + dump + "'");
            }
        });
        assertThat(Files.readString(dump))
                .contains("anna")
                .doesNotContain(anna.password())
                .doesNotContain(enrolment.password())
                .doesNotContain(session.token())
                .doesNotContain(secret);
        assertThat(session.toString()).doesNotContain(session.token());
        assertThat(anna.both(site.instant()).toString()).isEqualTo("Credentials[password code]");
    }

    @Tag("SR-1204")
    @Test
    void aKeyThatIsMissedIsNotMadeAnew() throws Exception {
        Path key = folder.resolve("accounts.key");
        Path backup = Files.move(key, folder.resolve("backup"));
        assertThatThrownBy(() -> site.accounts(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the site has accounts, but their key accounts.key is missing in its folder")
                .hasMessageContaining("restore it from a backup");
        assertThat(key).doesNotExist();
        Files.move(backup, key);
        SiteAccounts again = site.accounts(folder);
        assertThatCode(() -> root.login(site, again)).doesNotThrowAnyException();
    }

    @Tag("SR-1204")
    @Test
    void keysAreReadableByTheirOwnerAlone() throws Exception {
        new SiteSignatures(accounts, site, site, () -> folder);
        for (String name : new String[] {"accounts.key", "signatures.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }
}
