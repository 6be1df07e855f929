package org.oncotwin.casefile;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Makes run folders: whole or not at all. */
@ProviderType
public interface RunFolders {
    /**
     * Checks that a run folder can be made at a place, without making anything.
     *
     * @param target the folder to be
     * @param overwrite true if a run folder that is there may be replaced; anything else that is there is never touched
     * @throws org.oncotwin.api.plugin.InvalidInputException with the field {@code --out}
     */
    void check(Path target, boolean overwrite);

    /**
     * Starts a run folder. Until {@link RunFolder#commit()} its files lie in a hidden folder beside the target.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException as {@link #check}
     * @throws IOException if the hidden folder cannot be made
     */
    RunFolder create(Path target, boolean overwrite) throws IOException;
}
