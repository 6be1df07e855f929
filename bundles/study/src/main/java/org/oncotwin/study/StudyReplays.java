package org.oncotwin.study;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.ReplayProgress;
import org.oncotwin.api.change.StudyReplay;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.casefile.Result;
import org.oncotwin.casefile.ResultComparison;
import org.oncotwin.casefile.ResultReader;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Finished studies run once more and compared with what was kept of them. Plugins that no combination has any more are borrowed for as long as that takes. */
final class StudyReplays {

    /** Changes that need no plugins any more; one that failed may be verified again. */
    private static final Set<ChangeState> SETTLED = EnumSet.of(ChangeState.ACCEPTED, ChangeState.ROLLED_BACK);

    private final AuditTrail audit;
    private final AuditedStudies audited;
    private final StudyMessages messages;
    private final ContentStore contents;
    private final ResultReader results;
    private final CaseReader cases;
    private final SimulationEngine engine;
    private final Combinations combinations;
    private final StudyPlugins available;
    private final Supplier<Set<PluginIdentity>> needed;
    private final BundleContext context;

    /** Guarded, as all below, by this object; nothing else is locked while it is held. */
    private boolean closing;

    /** How many replays there are now. */
    private int active;

    /** Plugins that replays need now, once for each of them. */
    private final List<PluginIdentity> replayed = new ArrayList<>();

    /** Plugins that are there because a replay needed them. */
    private final Set<PluginIdentity> borrowed = new HashSet<>();

    /**
     * Makes them.
     *
     * @param needed the plugins that studies and replays need now
     */
    StudyReplays(
            AuditTrail audit,
            AuditedStudies audited,
            StudyMessages messages,
            ContentStore contents,
            ResultReader results,
            CaseReader cases,
            SimulationEngine engine,
            Combinations combinations,
            StudyPlugins available,
            Supplier<Set<PluginIdentity>> needed,
            BundleContext context) {
        this.audit = audit;
        this.audited = audited;
        this.messages = messages;
        this.contents = contents;
        this.results = results;
        this.cases = cases;
        this.engine = engine;
        this.combinations = combinations;
        this.available = available;
        this.needed = needed;
        this.context = context;
    }

    /** Cancels what is being replayed and waits for it. */
    synchronized void close() throws InterruptedException {
        closing = true;
        while (active > 0) {
            wait();
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /** What replays need now. */
    synchronized Set<PluginIdentity> plugins() {
        return Set.copyOf(replayed);
    }

    /**
     * Runs a study once more. What came of it goes to the trail before the site can be closed.
     *
     * @param actor who asked for it
     * @param runFolder the run folder of the study
     */
    StudyReplay replay(String actor, StudyRow row, Path runFolder, ReplayProgress progress, Cancellation cancellation)
            throws IOException {
        synchronized (this) {
            active++;
        }
        try {
            StudyReplay replay = compare(row, runFolder, progress, () -> isClosing() || cancellation.isRequested());
            note(
                    actor,
                    row,
                    replay.isIdentical()
                            ? "identical bit for bit"
                            : "differs: " + replay.differences().size() + " differences",
                    "");
            return replay;
        } catch (CancellationException cancelled) {
            note(actor, row, "cancelled", "");
            throw cancelled;
        } catch (IOException | RuntimeException | LinkageError failed) {
            note(actor, row, "could not be carried out", messages.of(failed));
            throw failed;
        } finally {
            synchronized (this) {
                active--;
                notifyAll();
            }
        }
    }

    private void note(String actor, StudyRow row, String outcome, String reason) {
        audit.append(new AuditEvent(
                actor,
                "study.replay",
                "study " + row.study().number(),
                row.study().result().orElse(""),
                outcome,
                reason));
    }

    private StudyReplay compare(StudyRow row, Path runFolder, ReplayProgress progress, Cancellation cancellation)
            throws IOException {
        KeptRecord kept = new KeptRecord(row, audit, contents, results, runFolder);
        kept.requireFinished();
        audited.require(row);
        cancellation.check();
        Result repeated = repeat(row, progress, cancellation);
        ResultComparison comparison = kept.result().compareWith(repeated);
        List<String> differences = new ArrayList<>(kept.faults());
        differences.addAll(comparison.differences());
        return new StudyReplay(row.study(), differences, comparison.origins());
    }

    private Result repeat(StudyRow row, ReplayProgress progress, Cancellation cancellation) throws IOException {
        List<PluginIdentity> plugins = Repetition.plugins(row);
        synchronized (this) {
            replayed.addAll(plugins);
        }
        try {
            Set<PluginIdentity> there = available.there();
            available.makeAvailable(plugins);
            synchronized (this) {
                plugins.stream().filter(plugin -> !there.contains(plugin)).forEach(borrowed::add);
            }
            return new Repetition(engine, this::keptSource, progress, cancellation).of(row);
        } finally {
            synchronized (this) {
                plugins.forEach(replayed::remove);
            }
            sweepBorrowed();
        }
    }

    /** The case, saying what to do if it is not there any more. */
    private Case keptSource(StudyRow row) throws IOException {
        try {
            return row.source().read(cases, contents::file, row::sees);
        } catch (FileNotFoundException | StoreException gone) {
            throw new InvalidInputException(
                    "study",
                    row.study().number() + " cannot be replayed, for its case or a file of it cannot be had any more: "
                            + gone.getMessage() + "; restore the folder 'contents' of the site from a backup");
        }
    }

    /** Bundles that were there for replays alone go again. Changes are looked up only now: they need the studies themselves. */
    private void sweepBorrowed() {
        synchronized (this) {
            if (borrowed.isEmpty() || closing) {
                return;
            }
        }
        ServiceReference<ChangeControl> reference = context.getServiceReference(ChangeControl.class);
        ChangeControl changes = reference == null ? null : context.getService(reference);
        if (changes == null) {
            // Nobody can tell whether a change needs them: they stay until the next time.
            return;
        }
        try {
            Set<String> unwanted = new HashSet<>();
            AtomicBoolean asked = new AtomicBoolean();
            combinations.sweep(plugin -> {
                // Asked only when nobody can install anything any more that is needed then.
                if (asked.compareAndSet(false, true)) {
                    unwanted.addAll(unwanted(changes));
                }
                return !unwanted.contains(plugin.sha256());
            });
        } finally {
            context.ungetService(reference);
        }
    }

    /** Hashes of what was borrowed and is needed no more. A bundle is known by the hash of its content, for it may bring more plugins than the replay needed. */
    private Set<String> unwanted(ChangeControl changes) {
        Set<PluginIdentity> wanted = new HashSet<>(needed.get());
        changes.all().stream()
                .filter(change -> !SETTLED.contains(change.state()))
                .forEach(change -> wanted.addAll(List.of(change.from(), change.to())));
        Set<String> unwanted = new HashSet<>();
        synchronized (this) {
            borrowed.removeIf(plugin -> {
                boolean goes = !wanted.contains(plugin);
                if (goes) {
                    unwanted.add(plugin.sha256());
                }
                return goes;
            });
        }
        wanted.forEach(plugin -> unwanted.remove(plugin.sha256()));
        return unwanted;
    }
}
