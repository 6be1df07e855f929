package org.oncotwin.patient;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.audit.AuditWithClock;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.casefile.HiddenRunFolders;
import org.oncotwin.casefile.JsonCaseReader;
import org.oncotwin.store.OpenSite;
import org.oncotwin.units.UcumUnitConverter;

/** A site with the real database, contents and audit trail. Sessions are believed by their token, which is the name of the account. */
final class SiteForTests implements AutoCloseable {

    /** A clock that a test sets. */
    static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T10:00:00Z");

        void set(String time) {
            now = Instant.parse(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** The process dies: nothing after this is done. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    final OpenSite site;
    final SitePatientTwins twins;
    final AuditTrail audit;
    final CaseReader cases = new JsonCaseReader(new PluginsForTests(), new UcumUnitConverter(), new ImagesForTests());
    final List<Combination> combinations = new ArrayList<>();
    boolean crashing;

    SiteForTests(Path folder, String url, Clock clock) {
        site = OpenSite.in(folder, url);
        AuditTrail trail = AuditWithClock.open(site.database(), site.folder(), clock);
        audit = crashingAfterAnEntry(trail);
        combinations.add(combination());
        twins = new SitePatientTwins(
                site.database(),
                site.contents(),
                audit,
                accounts(),
                proxy(Combinations.class, (name, arguments) -> List.copyOf(combinations)),
                cases,
                new HiddenRunFolders());
    }

    private static Combination combination() {
        List<PinnedPlugin> plugins = List.of(
                new PinnedPlugin(PluginsForTests.MODEL, "[1,2)"), new PinnedPlugin(PluginsForTests.TREATMENT, "[1,2)"));
        return new Combination("brain", "brain", 1, plugins, "", Optional.empty());
    }

    static Session session(String name, Role... roles) {
        Account account = new Account(name, name, Set.of(roles), false, Instant.EPOCH, Instant.MAX);
        return new Session(name, account, Instant.EPOCH, Instant.EPOCH);
    }

    @FunctionalInterface
    private interface Call {
        Object on(String method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method.getName(), arguments)));
    }

    private AuditTrail crashingAfterAnEntry(AuditTrail real) {
        return AuditTrail.class.cast(Proxy.newProxyInstance(
                AuditTrail.class.getClassLoader(), new Class<?>[] {AuditTrail.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        if (crashing && method.getName().equals("append")) {
                            throw new Crash();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Accounts accounts() {
        return proxy(Accounts.class, (name, arguments) -> {
            if (name.equals("session")) {
                return session((String) arguments[0], Role.SITE);
            }
            Session session = (Session) arguments[0];
            if (Set.of((Role[]) arguments[2]).stream()
                    .noneMatch(session.account().roles()::contains)) {
                throw new AccessDeniedException("may not " + arguments[1]);
            }
            return null;
        });
    }

    /** What somebody does to the database past the site. */
    void sql(String statement) {
        site.database().transact(connection -> {
            try (Statement direct = connection.createStatement()) {
                return direct.executeUpdate(statement);
            }
        });
    }

    List<AuditEvent> events() {
        return audit.entries(1, 1000).stream().map(entry -> entry.event()).toList();
    }

    @Override
    public void close() {
        site.close();
    }
}
