package org.oncotwin.api.patient;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.oncotwin.api.account.Session;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The twins of the site. Each is a case in versions 1, 2 and so on, of which none is ever altered or removed. A case and the files that it names are kept as contents, so that later
 * changes of the files do not matter.
 *
 * <p>What is in the database past the site, and not in the audit trail, does not count: whatever reads a twin throws a {@link org.oncotwin.api.store.StoreException} if any of its versions
 * is not what the trail said.
 */
@ProviderType
public interface PatientTwins {

    /**
     * Makes the first version of a twin.
     *
     * @param id a pseudonym of the patient, as it goes into the audit trail: 1 to 64 of the characters a-z, A-Z, 0-9, {@code .}, {@code -}, {@code _}, a letter or digit first; no two differ
     *     in upper and lower case only
     * @param caseFile a case that a combination of the site has the plugins for
     * @param reason why, not blank
     * @throws org.oncotwin.api.plugin.InvalidInputException if the id is taken or not allowed, or the case cannot be read
     * @throws org.oncotwin.api.account.AccessDeniedException if the session may not start studies
     */
    TwinVersion create(Session session, String id, Path caseFile, String reason) throws IOException;

    /**
     * Makes the next version of a twin.
     *
     * @param from the version that was revised, which must be the newest: whoever did not see the newest does not overwrite it
     * @param caseFile a case that a combination of the site has the plugins for
     * @param reason why, not blank
     * @throws org.oncotwin.api.plugin.InvalidInputException if there is a newer version, nothing changed, or the case cannot be read
     * @throws org.oncotwin.api.account.AccessDeniedException if the session may not start studies
     */
    TwinVersion revise(Session session, TwinReference from, Path caseFile, String reason) throws IOException;

    /**
     * The newest version.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if there is no such twin
     */
    TwinVersion get(String id);

    /**
     * One version.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if there is no such twin or version
     */
    TwinVersion get(TwinReference reference);

    /**
     * The version that was the newest at a time.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if there is no such twin, or there was none then, naming the time of the first version
     */
    TwinVersion asOf(String id, Instant time);

    /** All versions, oldest first. */
    List<TwinVersion> history(String id);

    /** Ids of all twins, sorted; also of those that the database lost, which are then refused when they are asked for. */
    List<String> all();

    /**
     * Writes a version into a folder: the case as {@code case.json}, and each file where that names it.
     *
     * @param folder new or empty
     * @throws org.oncotwin.api.plugin.InvalidInputException if the folder is not so
     */
    void export(TwinReference reference, Path folder) throws IOException;
}
