package org.oncotwin.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.account.SignedRecord;
import org.oncotwin.api.audit.AuditEvent;

/** Somebody who can write to the database, but not read the keys of the site. */
@Tag("SR-1203")
class RowAttackTest {

    private static final SignedRecord CHANGE = new SignedRecord("change", "1", "ab".repeat(32));

    /** SHA-256 of the token "x". */
    private static final String MADE_UP = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

    @TempDir
    private Path folder;

    private SiteForTests site;
    private SiteAccounts accounts;
    private SiteSignatures signatures;
    private Person root;
    private Session rootSession;
    private Person rita;
    private Session session;

    @BeforeEach
    void people() throws SQLException {
        site = new SiteForTests();
        accounts = site.accounts(folder);
        signatures = new SiteSignatures(accounts, site, site, () -> folder);
        root = new Person(accounts.createFirst("root", "Ruth Root"), site, accounts);
        rootSession = root.login(site, accounts);
        rita = new Person(
                accounts.create(rootSession, "rita", "Rita Regulatory", Set.of(Role.REGULATORY)), site, accounts);
        session = rita.login(site, accounts);
    }

    @AfterEach
    void close() throws SQLException {
        site.close();
    }

    private void refused(ThrowingCallable call, String message) {
        int before = site.events().size();
        assertThatThrownBy(call).isInstanceOf(AccessDeniedException.class).hasMessageContaining(message);
        List<AuditEvent> noted = site.events().subList(before, site.events().size());
        assertThat(noted).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("account.altered");
            assertThat(event.subject()).isEqualTo("account rita");
            assertThat(event.reason()).contains(message);
        });
    }

    private void ritaIsRefusedAndNobodyElse() {
        String message = "account rita was made or altered in the database past the site";
        refused(() -> accounts.open("rita", rita.both(site.instant())), message);
        refused(() -> accounts.session(session.token()), message);
        refused(() -> signatures.sign(session, rita.both(site.instant()), CHANGE, Meaning.APPROVAL), message);
        refused(
                () -> accounts.changePassword("rita", rita.both(site.instant()), "another long password".toCharArray()),
                message);
        refused(() -> accounts.setRoles(rootSession, "rita", Set.of(Role.SITE), "moved"), message);
        refused(() -> accounts.create(rootSession, "rita", "Rita", Set.of(Role.SITE)), message);
        assertThat(signatures.of(CHANGE)).isEmpty();
        assertThat(accounts.all())
                .filteredOn(account -> !account.closed())
                .extracting(Account::name)
                .containsExactly("root");
        assertThat(accounts.all()).filteredOn(Account::closed).singleElement().satisfies(account -> {
            assertThat(account.name()).isEqualTo("rita");
            assertThat(account.roles()).isEmpty();
        });
        assertThatCode(() -> root.login(site, accounts)).doesNotThrowAnyException();
        assertThatCode(() -> accounts.create(rootSession, "anna", "Anna", Set.of(Role.SITE)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> accounts.createFirst("eve", "Eve")).hasMessageContaining("there are accounts already");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printed_name = 'Simon Site'",
                "roles = 'REGULATORY CLINICAL'",
                "roles = 'ADMINISTRATOR'",
                "roles = ''",
                "roles = 'EVERYTHING'",
                "closed = true",
                "password_set = password_set + 1",
                "password = 'not a hash'",
                "secret = 'not a secret'",
                "last_step = 0",
                "failures = 1",
                "locked_until = locked_until + 1",
                "seal = ''",
                "seal = 'not a seal'",
                "seal = (select seal from account_person where name = 'root')",
                "(roles, password, secret, seal) ="
                        + " (select roles, password, secret, seal from account_person where name = 'root')"
            })
    void anAccountThatWasAltered(String edit) {
        site.sql("update account_person set " + edit + " where name = 'rita'");
        ritaIsRefusedAndNobodyElse();
    }

    @Tag("SR-1201")
    @Test
    void aPasswordOfOnesOwn() {
        String own = "a password of somebody else";
        site.sql("update account_person set password = '"
                + new PasswordHash(1, new SecureRandom()).of(own.toCharArray()) + "' where name = 'rita'");
        refused(
                () -> accounts.open("rita", Credentials.of(own.toCharArray(), rita.code(site.instant()))),
                "account rita was made or altered");
        ritaIsRefusedAndNobodyElse();
    }

    @Test
    void anAccountThatWasMade() {
        site.sql(
                "insert into account_person select 'eve', 'Eve', 'ADMINISTRATOR', false, password, password_set, secret,"
                        + " last_step, failures, locked_until, seal from account_person where name = 'root'");
        assertThatThrownBy(() -> accounts.open("eve", root.both(site.instant())))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("account eve was made or altered");
        // The administrator that was made does not count as one who stays.
        assertThatThrownBy(() -> accounts.close(rootSession, "root", "left"))
                .hasMessageContaining("root is the last administrator");
    }

    @Test
    void aSessionThatWasMade() {
        String now = Long.toString(site.instant().toEpochMilli());
        site.sql("insert into account_session (token, name, opened, last_used, signed) values ('" + MADE_UP
                + "', 'rita', " + now + ", " + now + ", true)");
        Session own = new Session("x", session.account(), site.instant(), site.instant());
        String message = "a session of rita was made or altered in the database past the site";
        refused(() -> accounts.session("x"), message);
        refused(() -> signatures.sign(own, rita.passwordOnly(), CHANGE, Meaning.APPROVAL), message);
        refused(() -> accounts.require(own, "promote change 1", Role.REGULATORY), message);
        assertThat(signatures.of(CHANGE)).isEmpty();
        // Those of root and rita.
        assertThat(accounts.openSessions()).isEqualTo(2);
        assertThatCode(() -> signatures.sign(session, rita.both(site.instant()), CHANGE, Meaning.APPROVAL))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signed = true",
                "opened = opened + 1",
                "last_used = last_used + 1",
                "seal = ''",
                "seal = (select seal from account_session where name = 'root')",
                "token = '" + MADE_UP + "'"
            })
    void aSessionThatWasAltered(String edit) {
        site.sql("update account_session set " + edit + " where name = 'rita'");
        String token = edit.startsWith("token") ? "x" : session.token();
        Session altered = new Session(token, session.account(), session.opened(), session.lastUsed());
        String message = "a session of rita was made or altered in the database past the site";
        refused(() -> accounts.session(token), message);
        refused(() -> signatures.sign(altered, rita.passwordOnly(), CHANGE, Meaning.APPROVAL), message);
        assertThatCode(() -> accounts.session(rootSession.token())).doesNotThrowAnyException();
        assertThatCode(() -> rita.login(site, accounts)).doesNotThrowAnyException();
    }

    @Test
    void aSessionThatWasGivenToAnother() {
        site.sql("update account_session set name = 'rita' where name = 'root'");
        refused(() -> accounts.session(rootSession.token()), "a session of rita was made or altered");
    }
}
