package org.oncotwin.api.change;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.twin.Cancellation;
import org.osgi.annotation.versioning.ProviderType;

/** Changes of controlled combinations: no plugin of one is changed in any other way. Every step, and every refusal, is in the audit trail. */
@ProviderType
public interface ChangeControl {

    /**
     * Proposes a change: checks the bundle's signature, what it declares and what it changes against the plan of the combination.
     *
     * @param kind kind of modification, one of those of the plan
     * @throws ChangeRefusedException if the bundle is not genuine or lies outside the plan
     */
    Change propose(Session session, String combination, Path bundle, String kind, String description, String reason)
            throws IOException;

    /**
     * Carries out the modification protocol: installs the bundle beside the version in use, seen by no study, runs both on the reference cohort and keeps the evidence.
     *
     * @param cohort folder with the reference cohort, which must be the one of the plan
     * @param progress told what is being done
     */
    Change verify(Session session, long number, Path cohort, Consumer<String> progress, Cancellation cancellation)
            throws IOException;

    /** Signs a verified change, which binds the signature to bundle, plan and evidence. */
    Change sign(Session session, Credentials credentials, long number, Meaning meaning);

    /**
     * Puts a change in place once all signatures are there, moves the studies that migrate, checks the post-conditions of the plan and takes the change back if one fails.
     *
     * @throws ChangeRefusedException if it may not be put in place
     */
    Change promote(Session session, long number, String reason);

    /** Takes a change back: if it is in place the version before is used again, and if it is not it never will be. */
    Change rollBack(Session session, long number, String reason);

    /** All, by number. */
    List<Change> all();

    /** One of them. */
    Change get(long number);
}
