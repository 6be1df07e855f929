package org.oncotwin.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Enrolment;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.SiteFolder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Accounts and sessions in the site's database. */
@Component(
        service = {Accounts.class, SiteAccounts.class},
        configurationPid = "org.oncotwin.account")
@Designate(ocd = AccessRules.class)
public final class SiteAccounts implements Accounts {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");
    private static final int KEY_BYTES = 32;
    private static final int TOKEN_BYTES = 32;
    private static final int FIRST_PASSWORD_BYTES = 12;

    private final Database database;
    private final AuditTrail audit;
    private final Clock clock;
    private final AccessRules rules;
    private final Duration passwordAge;
    private final SecureRandom random = new SecureRandom();
    private final OneTimeCodes codes = new OneTimeCodes();
    private final PasswordHash hashes;
    private final SecretBox box;
    private final AccountTables tables;
    private final SessionTable sessions;
    private final Identification identification;

    /** Called by Declarative Services. */
    @Activate
    public SiteAccounts(
            @Reference Database database,
            @Reference AuditTrail audit,
            @Reference SiteFolder folder,
            AccessRules rules) {
        this(database, audit, folder, rules, Clock.systemUTC());
    }

    SiteAccounts(Database database, AuditTrail audit, SiteFolder folder, AccessRules rules, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.rules = rules;
        this.passwordAge = Duration.ofDays(rules.password_days());
        this.hashes = new PasswordHash(rules.hash_memory(), random);
        database.migrate(AccountTables.MODULE, AccountTables.MIGRATIONS);
        Optional<String> needed =
                database.transact(AccountTables::hasAccounts) ? Optional.of("accounts") : Optional.empty();
        byte[] key = KeyFiles.readOrMake(folder.path(), "accounts.key", needed, this::newKey);
        this.box = new SecretBox(key, random);
        RowSeal seal = new RowSeal(key);
        this.tables = new AccountTables(seal);
        this.sessions = new SessionTable(seal);
        this.identification = new Identification(codes, box, hashes, rules, random);
    }

    private byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Identification identification() {
        return identification;
    }

    AccountTables tables() {
        return tables;
    }

    SessionTable sessions() {
        return sessions;
    }

    /**
     * Carries out work as one transaction. If it needs a row that was written past the site, that is kept in the audit trail before the work is refused; so the work reads what it
     * needs before it writes.
     */
    <T> T transact(Database.Work<T> work) {
        Outcome<T> outcome = database.transact(connection -> {
            try {
                return Outcome.of(work.on(connection));
            } catch (AlteredRowException altered) {
                audit.append(
                        new AuditEvent("system", "account.altered", altered.subject(), "", "", altered.getMessage()));
                return Outcome.refused(altered);
            }
        });
        return outcome.orThrow();
    }

    /** What came of a transaction that is kept also if it ends in a refusal. */
    private record Outcome<T>(T value, RuntimeException refusal) {

        static <T> Outcome<T> of(T value) {
            return new Outcome<>(value, null);
        }

        static <T> Outcome<T> refused(RuntimeException refusal) {
            return new Outcome<>(null, refusal);
        }

        T orThrow() {
            if (refusal != null) {
                throw refusal;
            }
            return value;
        }
    }

    // ---- Accounts ----

    @Override
    public Enrolment createFirst(String name, String printedName) {
        return transact(connection -> {
            if (!tables.all(connection).isEmpty()) {
                throw new AccessDeniedException(
                        "there are accounts already; an administrator makes more with: oncotwin account create");
            }
            return insert(connection, "system", name, printedName, Set.of(Role.ADMINISTRATOR));
        });
    }

    @Override
    public Enrolment create(Session administrator, String name, String printedName, Set<Role> roles) {
        String actor = permitted(administrator, "create account " + name, Role.ADMINISTRATOR);
        return transact(connection -> insert(connection, actor, name, printedName, roles));
    }

    private Enrolment insert(Connection connection, String actor, String name, String printedName, Set<Role> roles)
            throws SQLException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "account name '" + name
                            + "' is not allowed; allowed are 2 to 32 of a-z, 0-9, dot, hyphen and underscore, the first a letter");
        }
        if (printedName.isBlank() || printedName.length() > 200) {
            throw new IllegalArgumentException("the printed name of " + name + " must have 1 to 200 characters");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(
                    "account " + name + " has no role; there are " + Arrays.toString(Role.values()));
        }
        if (tables.find(connection, name).isPresent()) {
            throw new IllegalArgumentException("there is, or was, an account '" + name
                    + "'; a name is never given to another person (21 CFR 11.100(a))");
        }
        String password = firstPassword();
        byte[] secret = codes.newSecret(random);
        tables.insert(
                connection,
                new AccountRow(
                        name,
                        printedName,
                        roles,
                        false,
                        hashes.of(password.toCharArray()),
                        Instant.EPOCH,
                        box.close(name, secret),
                        0,
                        0,
                        Instant.EPOCH));
        audit.append(
                new AuditEvent(actor, "account.create", "account " + name, "", printedName + ": " + words(roles), ""));
        return new Enrolment(name, password, OneTimeCodes.uri(name, secret));
    }

    private String firstPassword() {
        byte[] bytes = new byte[FIRST_PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String words(Set<Role> roles) {
        return roles.stream()
                .sorted()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void setRoles(Session administrator, String name, Set<Role> roles, String reason) {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an account without a role can do nothing; close it instead");
        }
        change(administrator, "account.roles", name, reason, row -> row.withRoles(roles));
    }

    @Override
    public void close(Session administrator, String name, String reason) {
        change(administrator, "account.close", name, reason, AccountRow::asClosed);
    }

    private void change(
            Session administrator, String action, String name, String reason, UnaryOperator<AccountRow> change) {
        String actor = permitted(administrator, action + " " + name, Role.ADMINISTRATOR);
        transact(connection -> {
            AccountRow before = existing(connection, name);
            AccountRow after = change.apply(before);
            boolean orphaned = tables.all(connection).stream()
                    .map(row -> row.name().equals(name) ? after : row)
                    .noneMatch(row -> !row.closed() && row.roles().contains(Role.ADMINISTRATOR));
            if (orphaned) {
                throw new IllegalArgumentException(name + " is the last administrator; make another one first");
            }
            tables.update(connection, after);
            sessions.deleteAll(connection, name);
            audit.append(new AuditEvent(actor, action, "account " + name, state(before), state(after), reason));
            return null;
        });
    }

    private static String state(AccountRow row) {
        return row.closed() ? "closed" : words(row.roles());
    }

    private AccountRow existing(Connection connection, String name) throws SQLException {
        return tables.find(connection, name)
                .orElseThrow(() -> new IllegalArgumentException("there is no account '" + name + "'"));
    }

    @Override
    public Enrolment renew(Session administrator, String name, String reason) {
        String actor = permitted(administrator, "account.renew " + name, Role.ADMINISTRATOR);
        return transact(connection -> {
            AccountRow row = existing(connection, name);
            if (row.closed()) {
                throw new IllegalArgumentException("account '" + name + "' is closed for good");
            }
            String password = firstPassword();
            byte[] secret = codes.newSecret(random);
            AccountTables.keepOldPassword(connection, row, now());
            tables.update(
                    connection,
                    row.withCredentials(hashes.of(password.toCharArray()), Instant.EPOCH, box.close(name, secret), 0));
            sessions.deleteAll(connection, name);
            audit.append(
                    new AuditEvent(actor, "account.renew", "account " + name, "", "new first credentials", reason));
            return new Enrolment(name, password, OneTimeCodes.uri(name, secret));
        });
    }

    @Override
    public void changePassword(String name, Credentials credentials, char[] password) {
        Optional<String> unfit = unfit(name, password);
        if (unfit.isPresent()) {
            throw new IllegalArgumentException(unfit.get());
        }
        identified(name, credentials, "password", (connection, row) -> {
            for (String used : AccountTables.usedPasswords(connection, row)) {
                if (PasswordHash.matches(used, password)) {
                    return refuse(
                            connection,
                            row,
                            "password",
                            "the new password was used before",
                            new IllegalArgumentException("this password was used before; choose another"));
                }
            }
            AccountTables.keepOldPassword(connection, row, now());
            tables.update(connection, row.withCredentials(hashes.of(password), now(), row.secret(), row.lastStep()));
            sessions.deleteAll(connection, name);
            audit.append(new AuditEvent(name, "account.password", "account " + name, "", "changed", ""));
            return Outcome.of(null);
        });
    }

    private Optional<String> unfit(String name, char[] password) {
        String text = new String(password).toLowerCase(Locale.ROOT);
        if (text.codePoints().count() < rules.password_length()) {
            return Optional.of(
                    "the new password is too short; it must have at least " + rules.password_length() + " characters");
        }
        if (text.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("the new password must not contain the account's name");
        }
        return text.chars().distinct().count() < 5
                ? Optional.of("the new password must have at least 5 different characters")
                : Optional.empty();
    }

    @Override
    public List<Account> all() {
        return transact(connection -> tables.all(connection).stream()
                .map(row -> row.account(passwordAge))
                .toList());
    }

    // ---- Sessions ----

    @Override
    public Session open(String name, Credentials credentials) {
        return identified(name, credentials, "login", (connection, row) -> {
            Instant now = now();
            if (!now.isBefore(row.passwordSet().plus(passwordAge))) {
                return refuse(
                        connection,
                        row,
                        "login",
                        "the password must be changed",
                        new AccessDeniedException("the password of " + name
                                + " must be changed before logging in: oncotwin account password " + name));
            }
            byte[] bytes = new byte[TOKEN_BYTES];
            random.nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            tables.update(connection, row);
            sessions.deleteEnded(connection, now.minus(idle()), now.minus(longest()));
            sessions.insert(connection, new SessionRow(hash(token), name, now, now, false));
            audit.append(new AuditEvent(name, "login", "account " + name, "", "", ""));
            return Outcome.of(new Session(token, row.account(passwordAge), now, now));
        });
    }

    /** What is done once a person is identified, in the same transaction. */
    private interface Then<T> {
        Outcome<T> carryOut(Connection connection, AccountRow row) throws SQLException;
    }

    /** A refusal is kept, with the failure that it counts and the code that was used, before it is thrown. */
    private <T> T identified(String name, Credentials credentials, String what, Then<T> then) {
        Outcome<T> outcome = transact(connection -> {
            Optional<AccountRow> row = tables.find(connection, name);
            if (row.isEmpty()) {
                identification.identifyNobody(credentials);
                // What was typed as a name may be anything, a password too.
                audit.append(
                        new AuditEvent("system", what + "-refused", "an unknown account", "", "", "no such account"));
                return Outcome.<T>refused(new AccessDeniedException(Identification.REFUSAL));
            }
            Identification.Result result = identification.identify(row.get(), credentials, true, now());
            if (result.refusal().isPresent()) {
                return this.<T>refuse(
                        connection,
                        result.row(),
                        what,
                        result.refusal().get(),
                        new AccessDeniedException(Identification.REFUSAL));
            }
            return then.carryOut(connection, result.row());
        });
        return outcome.orThrow();
    }

    private <T> Outcome<T> refuse(
            Connection connection, AccountRow row, String what, String why, RuntimeException refusal)
            throws SQLException {
        tables.update(connection, row);
        audit.append(new AuditEvent("system", what + "-refused", "account " + row.name(), "", "", why));
        return Outcome.refused(refusal);
    }

    @Override
    public Session session(String token) {
        return transact(connection -> {
            SessionRow row = valid(connection, token);
            Instant now = now();
            Account account = existing(connection, row.name()).account(passwordAge);
            sessions.update(connection, row.used(now));
            return new Session(token, account, row.opened(), now);
        });
    }

    /** The row of a session that has not ended. */
    SessionRow valid(Connection connection, String token) throws SQLException {
        SessionRow row = sessions.find(connection, hash(token))
                .orElseThrow(() -> new AccessDeniedException("nobody is logged in; log in with: oncotwin login NAME"));
        Instant now = now();
        boolean idle = isIdle(row, now);
        if (idle || isOld(row, now) || now.isBefore(row.lastUsed())) {
            throw new AccessDeniedException("the session of " + row.name() + " ended after "
                    + (idle ? rules.idle_minutes() + " idle minutes" : rules.session_hours() + " hours")
                    + "; log in again with: oncotwin login " + row.name());
        }
        return row;
    }

    private boolean isIdle(SessionRow row, Instant now) {
        return now.isAfter(row.lastUsed().plus(idle()));
    }

    private boolean isOld(SessionRow row, Instant now) {
        return now.isAfter(row.opened().plus(longest()));
    }

    private Duration idle() {
        return Duration.ofMinutes(rules.idle_minutes());
    }

    private Duration longest() {
        return Duration.ofHours(rules.session_hours());
    }

    @Override
    public int openSessions() {
        Instant now = now();
        return (int) database.transact(sessions::all).stream()
                .filter(row -> !isIdle(row, now) && !isOld(row, now))
                .count();
    }

    @Override
    public void close(Session session) {
        transact(connection -> {
            Optional<SessionRow> row = sessions.find(connection, hash(session.token()));
            if (row.isPresent()) {
                sessions.delete(connection, row.get());
                audit.append(new AuditEvent(
                        row.get().name(), "logout", "account " + row.get().name(), "", "", ""));
            }
            return null;
        });
    }

    @Override
    public void require(Session session, String what, Role... roles) {
        permitted(session, what, roles);
    }

    /** Refuses as {@link #require} does; else says whose session it is. */
    private String permitted(Session session, String what, Role... roles) {
        // Whoever hands in a session might have made it up: what counts is what the database knows of its token.
        Account account = session(session.token()).account();
        if (Arrays.stream(roles).noneMatch(account.roles()::contains)) {
            String needed = words(Set.of(roles));
            audit.append(new AuditEvent(account.name(), "refused", what, "", "", "needs the role " + needed));
            throw new AccessDeniedException(account.name() + " may not " + what + "; it takes the role " + needed
                    + ", and the account has " + words(account.roles()));
        }
        return account.name();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
