package org.oncotwin.change.combination;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.audit.AuditedState;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.change.combination.CombinationFile.WantedPlugin;
import org.oncotwin.change.plan.Plan.Modification;
import org.oncotwin.change.plan.PlanFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Combinations in the site's database, with their bundles in its content store. */
@Component
public final class SiteCombinations implements Combinations {

    private static final Logger LOG = System.getLogger(SiteCombinations.class.getName());
    private static final String PACKAGE = "osgi.wiring.package";
    /** What the audit trail says of a combination that has no plan. */
    private static final String NO_PLAN = "; plan none";

    /** Changes that may still come into use or are being taken back. */
    private static final Set<ChangeState> OPEN = EnumSet.of(
            ChangeState.PROPOSED,
            ChangeState.VERIFIED,
            ChangeState.PROMOTING,
            ChangeState.WATCHING,
            ChangeState.ROLLING_BACK);

    private final Database database;
    private final ContentStore contents;
    private final AuditTrail audit;
    private final Accounts accounts;
    private final BundleContext context;
    private final ContentBundles bundles;
    private final AuditedState audited;

    /**
     * Held from the installation of bundles until a row tells that they are needed, and while those that nobody needs go: what one installs, no other takes away or finds half started. It is always
     * taken before a transaction of the database, never within one.
     */
    private final ReentrantLock installing = new ReentrantLock();

    /** Called by Declarative Services; installs the bundles of all combinations. */
    @Activate
    public SiteCombinations(
            @Reference Database database,
            @Reference ContentStore contents,
            @Reference AuditTrail audit,
            @Reference Accounts accounts,
            @Reference PluginCatalogue catalogue,
            BundleContext context) {
        this.database = database;
        this.contents = contents;
        this.audit = audit;
        this.accounts = accounts;
        this.context = context;
        this.bundles = new ContentBundles(context, contents, catalogue);
        this.audited = new AuditedState(
                database, audit, Set.of("combination.install", "combination.replace", "combination.remove"));
        database.migrate(CombinationTables.MODULE, CombinationTables.MIGRATIONS);
        Set<String> jars = new LinkedHashSet<>();
        all().forEach(combination -> jars.addAll(trusted(combination)));
        installAgain(jars);
    }

    /** Jars of a combination; none if it was altered past the site, for that is not run. */
    private List<String> trusted(Combination combination) {
        Optional<String> fault = altered(combination);
        if (fault.isPresent()) {
            LOG.log(Level.ERROR, fault.get());
            audit.append(new AuditEvent(
                    "system", "combination.refuse", "combination " + combination.name(), "", "", fault.get()));
            return List.of();
        }
        return database.transact(connection -> CombinationTables.jars(connection, combination.name()));
    }

    /** How a combination in the database differs from what the audit trail says of it. */
    private Optional<String> altered(Combination combination) {
        return database.transact(connection -> {
            String said = audited.of("combination " + combination.name()).orElse("");
            String found = words(combination, CombinationTables.jars(connection, combination.name()));
            return said.equals(found)
                    ? Optional.empty()
                    : Optional.of("combination " + combination.name()
                            + " in the database is not the one of the audit trail: that says '" + said
                            + "', the database '" + found + "'; restore the database");
        });
    }

    /** One bundle that cannot be installed again keeps its studies from running and nothing else. */
    private void installAgain(Collection<String> jars) {
        List<Bundle> installed = new ArrayList<>();
        for (String jar : jars) {
            try {
                installed.add(bundles.install(jar, read(jar)));
            } catch (IOException | InvalidInputException | StoreException unusable) {
                LOG.log(Level.WARNING, "a bundle of a combination could not be installed", unusable);
            }
        }
        for (Bundle bundle : installed) {
            try {
                bundles.start(bundle);
            } catch (InvalidInputException unusable) {
                LOG.log(Level.WARNING, "a bundle of a combination could not be started", unusable);
            }
        }
    }

    @Override
    public List<Combination> all() {
        return database.transact(CombinationTables::all);
    }

    /** Row and trail are read in one transaction: a change in between would look like an edit past the site. */
    @Override
    public Combination get(String name) {
        return database.transact(connection -> {
            List<Combination> all = CombinationTables.all(connection);
            Combination found = all.stream()
                    .filter(combination -> combination.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(
                            "combination",
                            "no combination '" + name + "'; there is "
                                    + (all.isEmpty()
                                            ? "none"
                                            : all.stream()
                                                    .map(Combination::name)
                                                    .toList())));
            altered(found).ifPresent(fault -> {
                throw new InvalidInputException("", fault);
            });
            return found;
        });
    }

    // ---- Check ----

    @Override
    public List<String> check(Path feature, List<Path> folders) throws IOException {
        try {
            CombinationFile file = CombinationFile.read(Files.readAllBytes(feature));
            return examine(feature, file, folders).faults();
        } catch (InvalidInputException unusable) {
            return List.of(feature.getFileName() + ": " + unusable.getMessage());
        }
    }

    /** Bundles that were found, in the order of the feature file, the plan as it was looked at, and what is in the way. */
    private record Examination(List<BundleJar> jars, Optional<byte[]> plan, List<String> faults) {}

    private Examination examine(Path feature, CombinationFile file, List<Path> folders) throws IOException {
        List<String> faults = new ArrayList<>();
        List<BundleJar> jars = new ArrayList<>();
        Map<String, Path> files = files(folders);
        for (String name : file.bundles()) {
            Path path = files.remove(name);
            if (path == null) {
                faults.add("the bundle " + name + " lies in none of the folders");
                continue;
            }
            try {
                jars.add(BundleJar.read(path));
            } catch (InvalidInputException unusable) {
                faults.add("the bundle " + unusable.getMessage());
            }
        }
        Optional<byte[]> plan = Optional.empty();
        if (file.plan().isPresent()) {
            Path path = feature.resolveSibling(file.plan().get());
            String words = "the change control plan " + file.plan().get();
            if (Files.isRegularFile(path)) {
                plan = Optional.of(Files.readAllBytes(path));
                planFault(plan.get(), file.name()).ifPresent(fault -> faults.add(words + ": " + fault));
            } else {
                faults.add(words + " does not lie beside the feature file");
            }
        }
        List<BundleJar> others = new ArrayList<>();
        for (Path other : files.values()) {
            try {
                others.add(BundleJar.read(other));
            } catch (InvalidInputException noBundle) {
                // Whatever lies there beside and is no bundle cannot be recommended.
                continue;
            }
        }
        faults.addAll(new CombinationCheck(
                        jars, others, runtimePackages(), Runtime.version().feature())
                .faults(file.plugins()));
        return new Examination(jars, plan, faults);
    }

    /** Why a plan cannot control a combination. */
    private static Optional<String> planFault(byte[] content, String name) {
        try {
            String controlled = PlanFile.read(content).combination();
            return controlled.equals(name)
                    ? Optional.empty()
                    : Optional.of("combination: '" + controlled + "' is not the combination of the feature file, '"
                            + name + "'");
        } catch (InvalidInputException unusable) {
            return Optional.of(unusable.getMessage());
        }
    }

    private static Map<String, Path> files(List<Path> folders) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path folder : folders) {
            List<Path> jars = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
                stream.forEach(jars::add);
            } catch (NoSuchFileException | NotDirectoryException missing) {
                throw new InvalidInputException("folder", folder + " is no folder");
            }
            Collections.sort(jars);
            jars.forEach(jar -> files.putIfAbsent(jar.getFileName().toString(), jar));
        }
        return files;
    }

    private Map<String, Set<Version>> runtimePackages() {
        Map<String, Set<Version>> packages = new HashMap<>();
        for (Bundle bundle : context.getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring != null) {
                wiring.getCapabilities(PACKAGE).forEach(exported -> packages.computeIfAbsent(
                                (String) exported.getAttributes().get(PACKAGE), name -> new HashSet<>())
                        .add((Version) exported.getAttributes().get("version")));
            }
        }
        return packages;
    }

    // ---- Install and remove ----

    @Override
    public Combination install(Session session, Path feature, List<Path> folders, String reason) throws IOException {
        byte[] content = Files.readAllBytes(feature);
        CombinationFile file = CombinationFile.read(content);
        boolean controlled = wasControlled(file.name());
        requireRole(session, "install combination " + file.name(), controlled);
        Examination examination = examine(feature, file, folders);
        if (!examination.faults().isEmpty()) {
            throw new InvalidInputException(file.name(), "cannot work: " + String.join("; ", examination.faults()));
        }
        installing.lock();
        try {
            return install(session, content, file, controlled, examination, reason);
        } finally {
            installing.unlock();
        }
    }

    private Combination install(
            Session session,
            byte[] content,
            CombinationFile file,
            boolean controlled,
            Examination examination,
            String reason)
            throws IOException {
        refuseKnown(file.name());
        List<String> jars = new ArrayList<>();
        List<PluginIdentity> plugins = new ArrayList<>();
        List<String> before = bundles.installed();
        boolean done = false;
        try {
            for (BundleJar jar : examination.jars()) {
                jars.add(put(jar.file()));
            }
            plugins.addAll(installAll(jars));
            List<PinnedPlugin> pinned = file.plugins().stream()
                    .map(wanted -> pinned(wanted, plugins))
                    .toList();
            Combination combination = new Combination(
                    file.name(),
                    file.title(),
                    1,
                    pinned,
                    contents.put(new ByteArrayInputStream(content)),
                    examination.plan().isPresent()
                            ? Optional.of(contents.put(
                                    new ByteArrayInputStream(examination.plan().get())))
                            : Optional.empty());
            Combination installed = database.transact(connection -> {
                refuseKnown(file.name());
                if (wasControlled(file.name()) != controlled) {
                    throw new InvalidInputException(
                            file.name(), "was installed and removed meanwhile; install it again");
                }
                CombinationTables.put(connection, combination);
                CombinationTables.putJars(connection, combination.name(), jars);
                audit.append(new AuditEvent(
                        actor(session),
                        "combination.install",
                        "combination " + combination.name(),
                        "",
                        words(combination, jars),
                        reason));
                return combination;
            });
            done = true;
            return installed;
        } finally {
            if (!done) {
                // What was installed for it goes again; what was there before is somebody else's.
                bundles.uninstall(jars.stream()
                        .filter(jar -> !before.contains(jar) && !needed().contains(jar))
                        .toList());
            }
        }
    }

    /** What is under a plan, or was when it was there last, leaves it only with whoever answers for plans: else a plan could be got rid of by installing anew. */
    private void requireRole(Session session, String what, boolean controlled) {
        if (controlled) {
            accounts.require(session, what + ", which is under a change control plan", Role.REGULATORY);
        } else {
            accounts.require(session, what, Role.SITE, Role.ADMINISTRATOR);
        }
    }

    /** True if what the audit trail says last of a combination had a plan, whether it is there still or was removed. */
    private boolean wasControlled(String name) {
        return audited.entry("combination " + name)
                .map(AuditEntry::event)
                .map(event -> event.after().isEmpty() ? event.before() : event.after())
                .filter(words -> !words.contains(NO_PLAN))
                .isPresent();
    }

    private void refuseKnown(String name) {
        if (all().stream().anyMatch(known -> known.name().equals(name))) {
            throw new InvalidInputException(
                    name,
                    "is installed already; plugins of an installed combination are changed under its plan: oncotwin change propose");
        }
    }

    /** Jars that combinations need. */
    private Set<String> needed() {
        return database.transact(connection -> {
            Set<String> jars = new HashSet<>();
            for (Combination combination : CombinationTables.all(connection)) {
                jars.addAll(CombinationTables.jars(connection, combination.name()));
            }
            return jars;
        });
    }

    private static PinnedPlugin pinned(WantedPlugin wanted, List<PluginIdentity> plugins) {
        return plugins.stream()
                .filter(plugin -> plugin.kind() == wanted.kind() && plugin.id().equals(wanted.id()))
                .findFirst()
                .map(plugin -> new PinnedPlugin(plugin, wanted.versions().toString()))
                .orElseThrow(() ->
                        new InvalidInputException(wanted.words(), "is declared by its bundle but did not come up"));
    }

    /** All that counts of a combination. */
    private static String words(Combination combination, List<String> jars) {
        return "revision " + combination.revision() + ": "
                + String.join(
                        ", ",
                        combination.plugins().stream()
                                .map(pinned ->
                                        pinned.plugin() + " " + pinned.plugin().sha256() + " of " + pinned.versions())
                                .toList())
                + combination.plan().map(plan -> "; plan " + plan).orElse(NO_PLAN) + "; feature "
                + combination.feature() + "; bundles "
                + jars;
    }

    private String put(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return contents.put(in);
        }
    }

    @Override
    public void remove(Session session, String name, String reason) {
        Optional<String> plan = get(name).plan();
        requireRole(session, "remove combination " + name, plan.isPresent());
        database.transact(connection -> {
            Combination combination = get(name);
            if (!combination.plan().equals(plan)) {
                throw new InvalidInputException(name, "was installed anew meanwhile; look at it again");
            }
            refuseInUse(name);
            String before = words(combination, CombinationTables.jars(connection, name));
            CombinationTables.remove(connection, name);
            audit.append(
                    new AuditEvent(actor(session), "combination.remove", "combination " + name, before, "", reason));
            return null;
        });
    }

    /** Studies and changes are looked up only now: they need the combinations themselves. */
    private void refuseInUse(String name) {
        List<Long> studies = looked(name, Studies.class, "studies", Studies::all).stream()
                .filter(study -> study.combination().equals(name)
                        && (study.state() == StudyState.RUNNING || study.state() == StudyState.PAUSED))
                .map(Study::number)
                .toList();
        if (!studies.isEmpty()) {
            throw new InvalidInputException(
                    name, "cannot be removed: it is used by the studies " + studies + ", which are running or paused");
        }
        List<String> changes = looked(name, ChangeControl.class, "changes", ChangeControl::all).stream()
                .filter(change -> change.combination().equals(name) && OPEN.contains(change.state()))
                .map(change -> change.number() + " (" + change.state() + ")")
                .toList();
        if (!changes.isEmpty()) {
            throw new InvalidInputException(
                    name,
                    "cannot be removed while changes of it are open: " + String.join(", ", changes)
                            + "; put them in place, or take them back with: oncotwin change rollback");
        }
    }

    private <S, T> List<T> looked(String name, Class<S> type, String what, Function<S, List<T>> all) {
        ServiceReference<S> reference = context.getServiceReference(type);
        S service = reference == null ? null : context.getService(reference);
        if (service == null) {
            throw new InvalidInputException(name, "cannot be removed while the " + what + " of the site are not there");
        }
        try {
            return all.apply(service);
        } finally {
            context.ungetService(reference);
        }
    }

    // ---- Bundles ----

    @Override
    public List<PluginIdentity> installBeside(String sha256) {
        installing.lock();
        try {
            return installOne(sha256);
        } finally {
            installing.unlock();
        }
    }

    private List<PluginIdentity> installOne(String sha256) {
        boolean fresh = !bundles.installed().contains(sha256);
        boolean done = false;
        try {
            List<PluginIdentity> plugins = installAll(List.of(sha256));
            done = true;
            return plugins;
        } catch (FileNotFoundException missing) {
            throw new StoreException("a bundle of the site cannot be read: " + missing.getMessage(), missing);
        } catch (IOException e) {
            throw new StoreException("a bundle of the site cannot be read", e);
        } finally {
            if (!done && fresh) {
                bundles.uninstall(List.of(sha256));
            }
        }
    }

    private BundleJar read(String sha256) throws IOException {
        return BundleJar.read(contents.file(sha256));
    }

    /** Installs all before the first is started, because a treatment needs the growth model beside it. */
    private List<PluginIdentity> installAll(List<String> jars) throws IOException {
        Map<String, BundleJar> read = new LinkedHashMap<>();
        Map<String, Bundle> installed = new LinkedHashMap<>();
        for (String sha256 : jars) {
            BundleJar jar = read(sha256);
            read.put(sha256, jar);
            installed.put(sha256, bundles.install(sha256, jar));
        }
        List<PluginIdentity> all = new ArrayList<>();
        installed.forEach((sha256, bundle) -> {
            List<PluginIdentity> plugins = bundles.start(bundle);
            database.transact(connection -> {
                CombinationTables.putJar(connection, sha256, read.get(sha256), plugins);
                return null;
            });
            all.addAll(plugins);
        });
        return all;
    }

    @Override
    public void makeAvailable(PluginIdentity plugin) {
        String jar = database.transact(connection -> jar(connection, plugin));
        if (!installBeside(jar).contains(plugin)) {
            throw new InvalidInputException(plugin.toString(), "did not come up from the bundle that it was in");
        }
    }

    private static String jar(Connection connection, PluginIdentity plugin) throws SQLException {
        return CombinationTables.jar(connection, plugin)
                .orElseThrow(() -> new InvalidInputException(plugin.toString(), "is no plugin that this site knows"));
    }

    @Override
    public Combination replace(String name, PluginIdentity from, PluginIdentity to) {
        return database.transact(connection -> {
            Combination before = get(name);
            if (!before.sees(from)) {
                throw new InvalidInputException(name, "does not use " + from + " (any more)");
            }
            String versions = versions(before, from, to);
            requireInRange(before, versions, to);
            Combination after = new Combination(
                    name,
                    before.title(),
                    before.revision() + 1,
                    before.plugins().stream()
                            .map(pinned -> pinned.plugin().equals(from) ? new PinnedPlugin(to, versions) : pinned)
                            .toList(),
                    before.feature(),
                    before.plan());
            String old = jar(connection, from);
            String fresh = jar(connection, to);
            CombinationTables.put(connection, after);
            // A jar that brings several plugins stays as long as one of them is in use.
            List<String> jars = CombinationTables.jars(connection, name);
            Stream<String> kept = jars.stream();
            if (!CombinationTables.brings(connection, old, after::sees)) {
                kept = kept.filter(jar -> !jar.equals(old));
            }
            List<String> next = Stream.concat(kept, Stream.of(fresh)).distinct().toList();
            CombinationTables.putJars(connection, name, next);
            audit.append(new AuditEvent(
                    "system",
                    "combination.replace",
                    "combination " + name,
                    words(before, jars),
                    words(after, next),
                    ""));
            return after;
        });
    }

    /** The range of the feature file holds whoever asks: a plan cannot lead out of it, nor a table that was edited. For a plugin that only the plan names it is that of the plan. */
    private String versions(Combination combination, PluginIdentity from, PluginIdentity to) {
        if (from.kind() == to.kind() && from.id().equals(to.id())) {
            return combination.plugins().stream()
                    .filter(pinned -> pinned.plugin().equals(from))
                    .map(PinnedPlugin::versions)
                    .findFirst()
                    .orElseThrow();
        }
        try {
            List<Modification> foreseen = combination.plan().isEmpty()
                    ? List.of()
                    : PlanFile.read(contents, combination.plan().get()).modifications();
            // The other way round where a change is taken back.
            if (foreseen.stream().noneMatch(m -> m.leads(from, to) || m.leads(to, from))) {
                throw new InvalidInputException(
                        combination.name(),
                        to + " is another plugin than " + from + ", and no plan lets it take its place");
            }
            CombinationFile file;
            try (InputStream in = contents.open(combination.feature())) {
                file = CombinationFile.read(in.readAllBytes());
            }
            return file.plugins().stream()
                    .filter(wanted -> wanted.kind() == to.kind() && wanted.id().equals(to.id()))
                    .map(wanted -> wanted.versions().toString())
                    .findFirst()
                    .or(() -> foreseen.stream()
                            .filter(m -> m.target().names(to))
                            .map(m -> new VersionRange(m.versions()).toString())
                            .findFirst())
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new InvalidInputException(
                    combination.name(),
                    "its feature file or plan cannot be read as it was: " + unreadable.getMessage());
        }
    }

    private static void requireInRange(Combination combination, String versions, PluginIdentity to) {
        if (!new VersionRange(versions).includes(Version.parseVersion(to.version()))) {
            throw new InvalidInputException(
                    combination.name(),
                    "takes " + to.id() + " in versions " + versions + ", and this is version " + to.version());
        }
    }

    @Override
    public List<String> sweep(Predicate<PluginIdentity> needed) {
        installing.lock();
        try {
            List<String> unwanted = database.transact(connection -> {
                Set<String> wanted = needed();
                List<String> jars = new ArrayList<>();
                for (String installed : bundles.installed()) {
                    if (!wanted.contains(installed) && !CombinationTables.brings(connection, installed, needed)) {
                        jars.add(installed);
                    }
                }
                return jars;
            });
            return bundles.uninstall(unwanted);
        } finally {
            installing.unlock();
        }
    }

    /** Whoever hands in a session might have made up whose it is: what counts is what the site knows of its token. */
    private String actor(Session session) {
        return accounts.session(session.token()).account().name();
    }
}
