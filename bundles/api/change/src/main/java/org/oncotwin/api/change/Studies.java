package org.oncotwin.api.change;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.Cancellation;
import org.osgi.annotation.versioning.ProviderType;

/** The studies of the site. */
@ProviderType
public interface Studies {

    /**
     * Starts a study; it runs in the background. The case and the files that it names are kept.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if the case cannot be run on the combination
     */
    Study start(Session session, String combination, Path caseFile, UpgradePolicy policy) throws IOException;

    /** Pauses a study at its next safe point. */
    Study pause(Session session, long number, String reason);

    /** Has a paused study go on. */
    Study resume(Session session, long number, String reason);

    /** All, by number. */
    List<Study> all();

    /** One of them. */
    Study get(long number);

    /** Waits until a study does not run any more or the time is over. */
    Study await(long number, Duration most) throws InterruptedException;

    /**
     * Moves the running studies of a combination that migrate to its plugins as they are now, each at its next safe point. Those that are pinned go on.
     *
     * @return the studies that moved, with how long each stood still
     */
    List<Moved> move(String combination);

    /**
     * Runs a finished study again from what was kept of it: its case and files, and the plugins that it ran on to the bit, also if its combination has moved on since. A study that
     * moved runs as it did then, on each version up to the safe point at which it left it. Nothing of the study is written; that it was replayed, and how that came out, is in the audit
     * trail. Plugins that are there for the replay alone go again.
     *
     * @param progress told how far it is
     * @param cancellation asks it to stop
     * @throws org.oncotwin.api.plugin.InvalidInputException if the study is not finished, or something of it cannot be had any more, saying what and what to do
     * @throws java.util.concurrent.CancellationException if asked to stop
     */
    StudyReplay replay(Session session, long number, ReplayProgress progress, Cancellation cancellation)
            throws IOException;

    /** Plugins that must not go now: those of studies that run or are paused, and of replays. */
    Set<PluginIdentity> needed();

    /**
     * A study that moved.
     *
     * @param study the study
     * @param pause how long it stood still
     */
    record Moved(Study study, Duration pause) {}
}
