package org.oncotwin.study;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditException;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.change.ReplayProgress;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyReplay;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.patient.PatientTwins;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CheckpointFormat;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.casefile.KeptCase;
import org.oncotwin.casefile.ResultReader;
import org.oncotwin.casefile.RunFolder;
import org.oncotwin.casefile.RunFolders;
import org.oncotwin.study.StudyRun.Stop;
import org.oncotwin.study.StudyRun.StoppedException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Studies in the site's database, each in a thread of its own while it runs. */
@Component(configurationPid = StudyRules.PID)
@Designate(ocd = StudyRules.class)
public final class SiteStudies implements Studies {

    private static final Logger LOG = System.getLogger(SiteStudies.class.getName());

    /** What a run is given to stop in. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Database database;
    private final ContentStore contents;
    private final AuditTrail audit;
    private final Accounts accounts;
    private final Combinations combinations;
    private final PatientTwins twins;
    private final SimulationEngine engine;
    private final CaseReader cases;
    private final CheckpointFormat checkpoints;
    private final RunFolders folders;
    private final Path site;
    private final BundleContext context;
    private final Duration mostForMove;
    private final AuditedStudies audited;
    private final StudyPlugins plugins;
    private final StudyMessages messages;
    private final StudyReplays replays;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** By combination the plugins to which its studies were asked to move: one that stands still at its safe point does not wait for the database. */
    private final Map<String, List<PluginIdentity>> moveTo = new ConcurrentHashMap<>();

    /** What runs now, by number; guards all changes of studies. Taken within a transaction of the database, so that none begins while it is held. */
    private final Map<Long, StudyRun> running = new HashMap<>();

    /** Held from the row that says that a study runs until it does: a study is never launched twice. Taken before a transaction of the database, never within one. */
    private final Object launching = new Object();

    private final Map<Long, Thread> threads = new HashMap<>();

    /** Called by Declarative Services; studies that ran when the site was closed, or crashed, go on. */
    @Activate
    public SiteStudies(
            @Reference Database database,
            @Reference ContentStore contents,
            @Reference AuditTrail audit,
            @Reference Accounts accounts,
            @Reference Combinations combinations,
            @Reference PatientTwins twins,
            @Reference SimulationEngine engine,
            @Reference CaseReader cases,
            @Reference CheckpointFormat checkpoints,
            @Reference RunFolders folders,
            @Reference ResultReader results,
            @Reference PluginCatalogue catalogue,
            @Reference SiteFolder site,
            BundleContext context,
            StudyRules rules) {
        this.database = database;
        this.contents = contents;
        this.audit = audit;
        this.accounts = accounts;
        this.combinations = combinations;
        this.twins = twins;
        this.engine = engine;
        this.cases = cases;
        this.checkpoints = checkpoints;
        this.folders = folders;
        this.site = site.path();
        this.context = context;
        this.mostForMove = Duration.ofSeconds(rules.move_seconds());
        this.audited = new AuditedStudies(database, audit);
        this.plugins = new StudyPlugins(combinations, catalogue);
        this.messages = new StudyMessages(this.site);
        this.replays = new StudyReplays(
                audit,
                audited,
                messages,
                contents,
                results,
                cases,
                engine,
                combinations,
                plugins,
                this::needed,
                context);
        database.migrate(StudyTables.MODULE, StudyTables.MIGRATIONS);
        openRows().stream()
                .filter(row -> row.study().state() == StudyState.RUNNING)
                .forEach(row -> launch(row.study().number()));
    }

    /** Stops all that runs at once; it goes on from what was kept when the site is opened again. */
    @Deactivate
    void close() throws InterruptedException {
        closing.set(true);
        List<Thread> active;
        synchronized (running) {
            running.values().forEach(StudyRun::askToClose);
            active = List.copyOf(threads.values());
        }
        for (Thread thread : active) {
            thread.join();
        }
        replays.close();
    }

    // ---- What there is ----

    private List<StudyRow> openRows() {
        return database.transact(StudyTables::open);
    }

    private StudyRow row(long number) {
        return database.transact(connection -> StudyTables.get(connection, number))
                .orElseThrow(() -> new InvalidInputException("study", "there is no study " + number));
    }

    @Override
    public List<Study> all() {
        return database.transact(StudyTables::all).stream().map(StudyRow::study).toList();
    }

    @Override
    public Study get(long number) {
        return row(number).study();
    }

    @Override
    public Study await(long number, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        synchronized (running) {
            long left = until - System.nanoTime();
            while (running.containsKey(number) && left > 0) {
                running.wait(Math.max(1, left / 1_000_000));
                left = until - System.nanoTime();
            }
        }
        return get(number);
    }

    // ---- Start, pause, resume ----

    @Override
    public Study start(Session session, String combination, Path caseFile, UpgradePolicy policy) throws IOException {
        accounts.require(session, "start a study on " + combination, Role.SITE);
        Combination on = combinations.get(combination);
        Case source = cases.read(caseFile, on::sees);
        requireItRuns(source, on);
        return begin(session, on, source, KeptCase.keep(source, contents::put), policy, Optional.empty());
    }

    @Override
    public Study start(Session session, String combination, TwinReference twin, UpgradePolicy policy)
            throws IOException {
        accounts.require(session, "start a study on " + combination, Role.SITE);
        Combination on = combinations.get(combination);
        TwinVersion version = twins.get(twin);
        KeptCase kept = new KeptCase(version.document(), version.inputs());
        Case source = kept.read(cases, contents::file, on::sees);
        requireItRuns(source, on);
        return begin(session, on, source, kept, policy, Optional.of(version.reference()));
    }

    /** Whatever cannot run is refused now and not by a thread that nobody watches. */
    private void requireItRuns(Case source, Combination on) {
        engine.prepare(source.request(), on::sees).close();
    }

    private Study begin(
            Session session,
            Combination on,
            Case source,
            KeptCase kept,
            UpgradePolicy policy,
            Optional<TwinReference> twin) {
        StudyRow row;
        synchronized (launching) {
            row = insert(session, on, source, kept, policy, twin);
            launch(row.study().number());
        }
        return get(row.study().number());
    }

    private StudyRow insert(
            Session session,
            Combination on,
            Case source,
            KeptCase kept,
            UpgradePolicy policy,
            Optional<TwinReference> twin) {
        return database.transact(connection -> {
            // It may have been removed meanwhile, or a change of it put in place or taken back.
            if (!combinations.get(on.name()).equals(on)) {
                throw new InvalidInputException(
                        "combination", on.name() + " was changed while the study was looked at; start the study again");
            }
            StudyRow fresh = new StudyRow(
                    new Study(
                            StudyTables.nextNumber(connection),
                            source.caseName(),
                            on.name(),
                            policy,
                            StudyState.RUNNING,
                            source.request().start(),
                            source.request().end(),
                            on.plugins().stream().map(PinnedPlugin::plugin).toList(),
                            "",
                            Optional.empty(),
                            twin,
                            List.of()),
                    kept,
                    source.request().start());
            StudyTables.insert(connection, fresh);
            // The name of a case may tell of a patient: the trail names the study by its number.
            String after = on.name() + " revision " + on.revision()
                    + twin.map(version -> ", twin " + version).orElse("");
            note(actor(session), "study.start", fresh, "", AuditedStudies.words(after, fresh), "");
            return fresh;
        });
    }

    @Override
    public Study pause(Session session, long number, String reason) {
        accounts.require(session, "pause study " + number, Role.SITE);
        StudyRun run;
        synchronized (running) {
            run = running.get(number);
        }
        StudyRow row = row(number);
        if (run == null || row.study().state() != StudyState.RUNNING) {
            throw new InvalidInputException(
                    "study", number + " is " + row.study().state() + " and cannot be paused");
        }
        note(actor(session), "study.pause", row, "", "", reason);
        run.askToPause();
        try {
            return await(number, Duration.ofMinutes(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return get(number);
        }
    }

    @Override
    public Study resume(Session session, long number, String reason) {
        accounts.require(session, "resume study " + number, Role.SITE);
        synchronized (launching) {
            database.transact(connection -> {
                StudyRow row = row(number);
                if (row.study().state() != StudyState.PAUSED && !isLost(row)) {
                    throw new InvalidInputException(
                            "study", number + " is " + row.study().state() + "; only a paused study can be resumed");
                }
                audited.require(row);
                StudyTables.update(connection, row.in(StudyState.RUNNING, ""));
                note(actor(session), "study.resume", row, "", "", reason);
                return null;
            });
            launch(number);
        }
        return get(number);
    }

    /** True if a study stopped and that could not be kept, such as while the database was away. */
    private boolean isLost(StudyRow row) {
        synchronized (running) {
            return row.study().state() == StudyState.RUNNING
                    && !running.containsKey(row.study().number());
        }
    }

    private void note(String actor, String action, StudyRow row, String before, String after, String reason) {
        audit.append(new AuditEvent(actor, action, "study " + row.study().number(), before, after, reason));
    }

    // ---- Run ----

    private void launch(long number) {
        StudyRun run = new StudyRun(
                checkpoint -> keep(number, checkpoint), row(number).study().end());
        Thread thread = new Thread(() -> carryOut(number, run), "oncotwin-study-" + number);
        synchronized (running) {
            if (closing.get()) {
                // It goes on when the site is opened again.
                return;
            }
            running.put(number, run);
            threads.put(number, thread);
            thread.start();
        }
    }

    private StudyFolder folder(long number) {
        return new StudyFolder(site, number, checkpoints);
    }

    /** The state first, then the row that tells of it: what the row says is always there. */
    private void keep(long number, Checkpoint checkpoint) throws IOException {
        folder(number).keep(checkpoint);
        database.transact(connection -> {
            StudyTables.updateReached(
                    connection, row(number).at(checkpoint.state().time()));
            return null;
        });
    }

    private void carryOut(long number, StudyRun run) {
        try {
            StudyRow kept = row(number);
            audited.require(kept);
            Optional<Checkpoint> from = folder(number).checkpoint();
            requireAcknowledged(kept, from);
            StudyRow row = goingOnFrom(from, kept);
            plugins.makeAvailable(row.study().plugins());
            if (row.study().policy() == UpgradePolicy.MIGRATE && !samePlugins(row, onCombination(row))) {
                // Its combination may have been changed while it did not run.
                moveTo.putIfAbsent(
                        row.study().combination(), onCombination(row).study().plugins());
                run.askToMove();
            }
            go(row, run, from);
        } catch (CancellationException | StoppedException closed) {
            // The site is closed: the study goes on when it is opened again.
            return;
        } catch (IOException | RuntimeException | LinkageError | AssertionError | VirtualMachineError broken) {
            // Where all is shut down, plugins may go before this component does; the study goes on all the same.
            if (!isShuttingDown()) {
                end(number, broken);
            }
        } finally {
            run.ends();
            synchronized (running) {
                // Whoever resumed the study meanwhile has a run of his own.
                running.remove(number, run);
                threads.remove(number, Thread.currentThread());
                running.notifyAll();
            }
        }
    }

    /** What was acknowledged is not computed again without a word. */
    private static void requireAcknowledged(StudyRow row, Optional<Checkpoint> from) {
        SimulationTime acknowledged = row.study().reached();
        SimulationTime there = from.map(kept -> kept.state().time()).orElse(row.start());
        if (there.isBefore(acknowledged)) {
            throw new InvalidInputException(
                    "study",
                    row.study().number() + " was acknowledged up to " + acknowledged + ", but its state of then is "
                            + (from.isPresent() ? "one of " + there : "not there any more")
                            + "; restore the folder 'studies' of the site from a backup");
        }
    }

    /** A move whose state was not kept before the site crashed is made again, where the study goes on. */
    private StudyRow goingOnFrom(Optional<Checkpoint> checkpoint, StudyRow row) {
        List<StudyMove> moves = StudyMoves.from(
                checkpoint.map(kept -> kept.state().time()),
                row.study().moves(),
                row.study().plugins());
        if (moves.equals(row.study().moves())) {
            return row;
        }
        return database.transact(connection -> {
            StudyRow there = row(row.study().number());
            audited.require(there);
            StudyRow now = there.moved(row.study().plugins(), moves);
            StudyTables.update(connection, now);
            note(
                    "system",
                    "study.move",
                    now,
                    StudyMoves.words(row.study().moves()),
                    AuditedStudies.words(StudyMoves.words(moves), now),
                    "what was computed after a move was not kept before the site was broken off; it goes on from what was kept");
            return now;
        });
    }

    /** A plugin that is missing and a disk that is full can be helped, and what was acknowledged is still there: the study can go on from it. */
    private void end(long number, Throwable broken) {
        if (broken instanceof PluginWithdrawnException || broken instanceof InvalidInputException) {
            end(number, StudyState.PAUSED, "study.pause", messages.of(broken));
        } else if (broken instanceof IOException || broken instanceof StoreException) {
            end(number, StudyState.PAUSED, "study.pause", messages.of(broken));
        } else {
            end(number, StudyState.FAILED, "study.fail", messages.of(broken));
        }
    }

    /** Keeps how a study ended. If the database does not take it, the study goes on when the site is opened again. */
    private void end(long number, StudyState state, String action, String message) {
        try {
            change(number, state, action, message);
        } catch (StoreException | AuditException unkept) {
            LOG.log(Level.ERROR, "study " + number + " stopped, which could not be kept: " + unkept.getMessage());
        }
    }

    private boolean isShuttingDown() {
        return closing.get() || context.getBundle(0).getState() == Bundle.STOPPING;
    }

    private void change(long number, StudyState state, String action, String message) {
        database.transact(connection -> {
            StudyRow row = row(number);
            StudyTables.update(connection, row.in(state, message));
            note("system", action, row, row.study().state().name(), state.name(), message);
            return null;
        });
    }

    /** Runs to the end, over as many moves as there are. */
    private void go(StudyRow first, StudyRun run, Optional<Checkpoint> from) throws IOException {
        StudyRow row = first;
        StudyRow before = first;
        Optional<Checkpoint> checkpoint = from;
        while (true) {
            try {
                run(row, run, checkpoint);
                return;
            } catch (StoppedException stopped) {
                checkpoint = Optional.of(stopped.checkpoint());
                if (stopped.reason() == Stop.CLOSE) {
                    throw stopped;
                }
                if (stopped.reason() == Stop.PAUSE) {
                    change(row.study().number(), StudyState.PAUSED, "study.pause", "");
                    return;
                }
                before = row;
                row = row.on(moveTo.get(row.study().combination()), "");
                if (samePlugins(before, row)) {
                    row = before;
                    run.doesNotMove();
                    continue;
                }
                StudyRow old = before;
                StudyRow fresh = row;
                SimulationTime at = stopped.checkpoint().state().time();
                run.goesOn(pause -> keepMove(at, old, fresh, pause));
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError cannot) {
                if (!run.isMoving() || cannot instanceof CancellationException && closing.get()) {
                    throw cannot;
                }
                // The new version cannot take over the state or its first step: the study stays as it was.
                String why = whyNot(cannot);
                row = before.on(before.study().plugins(), "did not move: " + why);
                keepStay(row, why);
                run.doesNotMove();
            }
        }
    }

    private String whyNot(Throwable cannot) {
        if (cannot instanceof CancellationException) {
            return "the new version took no step within " + mostForMove.toSeconds() + " s";
        }
        return cannot instanceof InvalidInputException input && input.field().startsWith("--")
                ? StudyMessages.keepable(input.problem())
                : messages.of(cannot);
    }

    private static boolean samePlugins(StudyRow one, StudyRow other) {
        return Set.copyOf(one.study().plugins()).equals(Set.copyOf(other.study().plugins()));
    }

    /** The study on the plugins of its combination as they are now. */
    private StudyRow onCombination(StudyRow row) {
        List<PluginIdentity> plugins = combinations.get(row.study().combination()).plugins().stream()
                .map(PinnedPlugin::plugin)
                .toList();
        return row.on(plugins, "");
    }

    private void keepMove(SimulationTime at, StudyRow before, StudyRow after, Duration pause) {
        database.transact(connection -> {
            StudyRow row = row(after.study().number());
            audited.require(row);
            List<StudyMove> moves = new ArrayList<>(row.study().moves());
            StudyMoves.between(at, before.study().plugins(), after.study().plugins())
                    .ifPresent(moves::add);
            StudyRow now = row.moved(after.study().plugins(), moves);
            StudyTables.update(connection, now);
            note(
                    "system",
                    "study.move",
                    now,
                    StudyMoves.words(row.study().moves()),
                    AuditedStudies.words(StudyMoves.words(moves), now),
                    "stood still for " + pause.toNanos() / 1000 + " us at a safe point");
            return null;
        });
    }

    private void keepStay(StudyRow row, String why) {
        database.transact(connection -> {
            StudyRow now = row(row.study().number())
                    .on(row.study().plugins(), row.study().message());
            StudyTables.update(connection, now);
            note("system", "study.stay", now, "", "", why);
            return null;
        });
    }

    private void run(StudyRow row, StudyRun run, Optional<Checkpoint> checkpoint) throws IOException {
        Case source = row.source().read(cases, contents::file, row::sees);
        RunOptions options = new RunOptions(1, () -> closing.get() || run.isMoveGivenUp());
        try (Simulation simulation = engine.prepare(source.request(), row::sees)) {
            RunResult result = checkpoint.isPresent()
                    ? simulation.resume(checkpoint.get(), options, run)
                    : simulation.run(options, run);
            finish(row, source, result);
        }
    }

    private void finish(StudyRow row, Case source, RunResult result) throws IOException {
        StudyFolder folder = folder(row.study().number());
        Files.createDirectories(folder.run().getParent());
        try (RunFolder out = folders.create(folder.run(), true)) {
            out.writeCase(source);
            out.writeResult(source, result);
            out.commit();
        }
        String kept;
        try (InputStream in = Files.newInputStream(folder.run().resolve("result.json"))) {
            kept = contents.put(in);
        }
        database.transact(connection -> {
            StudyRow done = row(row.study().number()).finished(kept);
            StudyTables.update(connection, done);
            note("system", "study.finish", done, "", kept, "");
            return null;
        });
        folder.forget();
    }

    // ---- Replay ----

    @Override
    public StudyReplay replay(Session session, long number, ReplayProgress progress, Cancellation cancellation)
            throws IOException {
        accounts.require(session, "replay study " + number, Role.values());
        String actor = actor(session);
        StudyRow row = row(number);
        if (row.study().state() != StudyState.FINISHED) {
            throw new InvalidInputException(
                    "study", number + " is " + row.study().state() + "; only a finished study has a result to replay");
        }
        return replays.replay(actor, row, folder(number).run(), progress, cancellation);
    }

    @Override
    public Set<PluginIdentity> needed() {
        Set<PluginIdentity> needed = openRows().stream()
                .flatMap(row -> row.study().plugins().stream())
                .collect(Collectors.toCollection(HashSet::new));
        needed.addAll(replays.plugins());
        return needed;
    }

    // ---- Move ----

    @Override
    public List<Moved> move(String combination) {
        moveTo.put(
                combination,
                combinations.get(combination).plugins().stream()
                        .map(PinnedPlugin::plugin)
                        .toList());
        Map<Long, AskedMove> asked = new TreeMap<>();
        List<StudyRow> rows = openRows();
        synchronized (running) {
            for (StudyRow row : rows) {
                StudyRun run = running.get(row.study().number());
                if (run != null
                        && row.study().state() == StudyState.RUNNING
                        && row.study().combination().equals(combination)
                        && row.study().policy() == UpgradePolicy.MIGRATE) {
                    asked.put(row.study().number(), new AskedMove(run, run.askToMove()));
                }
            }
        }
        List<Moved> moved = new ArrayList<>();
        long until = System.nanoTime() + mostForMove.toNanos();
        asked.forEach((number, move) ->
                moved(number, move, until).ifPresent(time -> moved.add(new Moved(get(number), time))));
        return moved;
    }

    /**
     * A study that was asked to move.
     *
     * @param run its run
     * @param answer how long it stood still, once it has moved
     */
    private record AskedMove(StudyRun run, CompletableFuture<Optional<Duration>> answer) {}

    /** Waits for a study, but not for ever: one that comes to no safe point stays on its version, and one that takes no step on the new version goes back to the one before. */
    private Optional<Duration> moved(long number, AskedMove move, long until) {
        try {
            return move.answer().get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            if (move.run().giveUpMove(move.answer())) {
                database.transact(connection -> {
                    StudyRow row = row(number);
                    String why = "it reached no safe point within " + mostForMove.toSeconds() + " s";
                    if (row.study().state() == StudyState.RUNNING) {
                        keepStay(row.on(row.study().plugins(), "did not move: " + why), why);
                    }
                    return null;
                });
                return Optional.empty();
            }
            // It notices within a second that it is to stop, as every plugin has to.
            return move.answer()
                    .completeOnTimeout(Optional.empty(), GRACE.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whoever hands in a session might have made up whose it is: what counts is what the site knows of its token. */
    private String actor(Session session) {
        return accounts.session(session.token()).account().name();
    }
}
