package org.oncotwin.study;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditException;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.patient.PatientTwins;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CheckpointFormat;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.casefile.HiddenRunFolders;
import org.oncotwin.casefile.JsonCaseReader;
import org.oncotwin.casefile.JsonResultReader;
import org.oncotwin.casefile.RunFolder;
import org.oncotwin.casefile.RunFolders;
import org.oncotwin.engine.EngineForStudies;
import org.oncotwin.units.UcumUnitConverter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A site with a database in memory, which outlives the studies that a test opens on it. */
final class SiteForTests implements Database, ContentStore, AutoCloseable {

    static final Session SESSION = session(Role.SITE);

    final Faults faults = new Faults();
    final EngineForStudies plugins = new EngineForStudies();
    final Map<String, Combination> combinations = new ConcurrentHashMap<>();
    final Map<TwinReference, TwinVersion> twins = new ConcurrentHashMap<>();
    final List<Change> changes = Collections.synchronizedList(new ArrayList<>());
    /** Plugins that can be made available again. */
    final Map<PluginIdentity, SteppedModel> shelf = new ConcurrentHashMap<>();

    final Set<PluginIdentity> unavailable = ConcurrentHashMap.newKeySet();
    private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Path folder;
    private final Connection connection;
    volatile int mostSecondsForMove = 600;
    /** What happens once after somebody has looked a combination up. */
    private final AtomicReference<Runnable> afterGet = new AtomicReference<>(() -> {});

    private boolean migrated;
    private int depth;

    SiteForTests(Path folder, Connection database) throws SQLException, IOException {
        this.folder = Files.createDirectories(folder);
        connection = database;
        connection.setAutoCommit(false);
    }

    static Session session(Role... roles) {
        Account account = new Account("ada", "Ada", Set.of(roles), false, Instant.EPOCH, Instant.MAX);
        return new Session("token", account, Instant.EPOCH, Instant.EPOCH);
    }

    /** A combination of one plugin; a revision more if it is there. */
    void combination(String name, PluginIdentity... using) {
        List<PinnedPlugin> pinned =
                List.of(using).stream().map(p -> new PinnedPlugin(p, "[1,2)")).toList();
        combinations.merge(
                name,
                new Combination(name, name, 1, pinned, "", Optional.empty()),
                (old, fresh) -> new Combination(name, name, old.revision() + 1, pinned, "", Optional.empty()));
    }

    void onceACombinationWasRead(Runnable action) {
        afterGet.set(action);
    }

    SiteStudies open() {
        JsonCaseReader cases = new JsonCaseReader(
                plugins.catalogue(), new UcumUnitConverter(), proxy(ImageReader.class, (name, arguments) -> {
                    throw new UnsupportedOperationException(name);
                }));
        return new SiteStudies(
                this,
                this,
                audit(),
                accounts(),
                combinations(),
                twins(),
                plugins.engine(),
                cases,
                format(),
                folders(),
                new JsonResultReader(cases),
                plugins.catalogue(),
                () -> folder,
                context(),
                proxy(StudyRules.class, (name, arguments) -> mostSecondsForMove));
    }

    List<AuditEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    List<String> actions() {
        return events().stream().map(AuditEvent::action).toList();
    }

    // ---- Services around it ----

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

    /** A framework that is not being shut down, with the changes of the site. */
    private BundleContext context() {
        return proxy(BundleContext.class, (name, arguments) -> switch (name) {
            case "getBundle" -> proxy(Bundle.class, (state, none) -> Bundle.ACTIVE);
            case "getServiceReference" -> proxy(ServiceReference.class, (any, none) -> null);
            case "getService" -> proxy(ChangeControl.class, (all, none) -> List.copyOf(changes));
            case "ungetService" -> true;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private AuditTrail audit() {
        return proxy(AuditTrail.class, (name, arguments) -> {
            if (name.equals("entries")) {
                List<AuditEntry> entries = new ArrayList<>();
                for (AuditEvent event : events()) {
                    entries.add(new AuditEntry(entries.size() + 1, Instant.EPOCH, event, "", ""));
                }
                return entries.stream()
                        .filter(entry -> entry.number() >= (Long) arguments[0])
                        .limit((Integer) arguments[1])
                        .toList();
            }
            return transact(c -> {
                requireWritable(((AuditEvent) arguments[0]).reason());
                events.add((AuditEvent) arguments[0]);
                return new AuditEntry(events.size(), Instant.EPOCH, (AuditEvent) arguments[0], "", "");
            });
        });
    }

    /** As the trail of a site does. */
    private static void requireWritable(String text) {
        if (text.length() > 1_000_000
                || text.codePoints()
                        .anyMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new AuditException("the audit trail does not take this text");
        }
    }

    private static Accounts accounts() {
        return proxy(Accounts.class, (name, arguments) -> {
            if (name.equals("session")) {
                return session(Role.values());
            }
            Session session = (Session) arguments[0];
            if (Set.of((Role[]) arguments[2]).stream()
                    .noneMatch(session.account().roles()::contains)) {
                throw new AccessDeniedException("may not " + arguments[1]);
            }
            return null;
        });
    }

    private Combinations combinations() {
        return proxy(Combinations.class, (name, arguments) -> {
            if (name.equals("get")) {
                Combination found = Optional.ofNullable(combinations.get((String) arguments[0]))
                        .orElseThrow(() -> new InvalidInputException("combination", "no combination " + arguments[0]));
                afterGet.getAndSet(() -> {}).run();
                return found;
            }
            if (name.equals("sweep")) {
                @SuppressWarnings("unchecked")
                Predicate<PluginIdentity> needed = (Predicate<PluginIdentity>) arguments[0];
                List<PluginIdentity> gone = shelf.keySet().stream()
                        .filter(plugin -> plugins.has(plugin)
                                && !needed.test(plugin)
                                && combinations.values().stream().noneMatch(c -> c.sees(plugin)))
                        .toList();
                gone.forEach(plugins::remove);
                return gone.stream().map(PluginIdentity::toString).toList();
            }
            if (unavailable.contains(arguments[0])) {
                throw new InvalidInputException(arguments[0].toString(), "is no plugin that this site knows");
            }
            PluginIdentity plugin = (PluginIdentity) arguments[0];
            if (shelf.containsKey(plugin) && !plugins.has(plugin)) {
                plugins.add(plugin, shelf.get(plugin));
            }
            return null;
        });
    }

    private PatientTwins twins() {
        return proxy(
                PatientTwins.class, (name, arguments) -> Optional.ofNullable(twins.get((TwinReference) arguments[0]))
                        .orElseThrow(() -> new InvalidInputException("version", "no " + arguments[0])));
    }

    /** Crashes before, within and after the writing of a checkpoint. */
    private CheckpointFormat format() {
        CheckpointFormat real = plugins.format();
        return new CheckpointFormat() {
            @Override
            public void write(Checkpoint checkpoint, OutputStream out) throws IOException {
                faults.point();
                out.write(new byte[0]);
                real.write(checkpoint, new OutputStream() {
                    private boolean begun;

                    @Override
                    public void write(int b) throws IOException {
                        out.write(b);
                        if (!begun) {
                            begun = true;
                            out.flush();
                            faults.point();
                        }
                    }
                });
                faults.point();
            }

            @Override
            public Checkpoint read(InputStream in) throws IOException {
                return real.read(in);
            }
        };
    }

    /** Crashes before and after every step of making a run folder. */
    private RunFolders folders() {
        RunFolders real = new HiddenRunFolders();
        return proxy(RunFolders.class, (name, arguments) -> {
            faults.point();
            RunFolder made = real.create((Path) arguments[0], (Boolean) arguments[1]);
            return proxy(RunFolder.class, (step, values) -> {
                if (step.equals("close") && faults.struck()) {
                    // A process that crashed cleans nothing up.
                    return null;
                }
                try {
                    Object result = List.of(RunFolder.class.getMethods()).stream()
                            .filter(method -> method.getName().equals(step))
                            .findFirst()
                            .orElseThrow()
                            .invoke(made, values);
                    if (!step.equals("close")) {
                        faults.point();
                    }
                    return result;
                } catch (InvocationTargetException e) {
                    throw (Exception) e.getCause();
                }
            });
        });
    }

    // ---- Database ----

    @Override
    public synchronized void migrate(String module, List<Migration> migrations) {
        if (migrated) {
            return;
        }
        migrated = true;
        migrations.forEach(migration -> transact(c -> {
            try (Statement s = c.createStatement()) {
                return s.executeUpdate(migration.sql());
            }
        }));
    }

    @Override
    public <T> T transact(Work<T> work) {
        faults.point();
        T result = carryOut(work);
        faults.point();
        return result;
    }

    private synchronized <T> T carryOut(Work<T> work) {
        int entries = events.size();
        depth++;
        boolean done = false;
        try {
            T result = work.on(connection);
            done = true;
            return result;
        } catch (SQLException e) {
            throw new StoreException("the database failed", e);
        } finally {
            depth--;
            end(done, entries);
        }
    }

    private void end(boolean done, int entries) {
        try {
            if (!done) {
                afterCommit.clear();
                connection.rollback();
                events.subList(entries, events.size()).clear();
            } else if (depth == 0) {
                connection.commit();
                List<Runnable> actions = List.copyOf(afterCommit);
                afterCommit.clear();
                actions.forEach(Runnable::run);
            }
        } catch (SQLException e) {
            throw new StoreException("the database failed", e);
        }
    }

    @Override
    public synchronized void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    // ---- Contents ----

    @Override
    public String put(InputStream content) throws IOException {
        faults.point();
        byte[] bytes = content.readAllBytes();
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Files.write(folder.resolve(sha256), bytes);
            faults.point();
            return sha256;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean contains(String sha256) {
        return Files.exists(folder.resolve(sha256));
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(file(sha256));
    }

    @Override
    public Path file(String sha256) throws IOException {
        if (!contains(sha256)) {
            throw new FileNotFoundException("content " + sha256 + " is not there");
        }
        return folder.resolve(sha256);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
