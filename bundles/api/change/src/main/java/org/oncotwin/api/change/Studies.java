package org.oncotwin.api.change;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.patient.TwinReference;
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

    /**
     * Starts a study of a version of a twin; it runs in the background. What changes of the twin later does not matter to it.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if there is no such version, or it cannot be run on the combination
     */
    Study start(Session session, String combination, TwinReference twin, UpgradePolicy policy) throws IOException;

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
     * A study that moved.
     *
     * @param study the study
     * @param pause how long it stood still
     */
    record Moved(Study study, Duration pause) {}
}
