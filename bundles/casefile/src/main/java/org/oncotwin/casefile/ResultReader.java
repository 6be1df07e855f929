package org.oncotwin.casefile;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Reads run folders. */
@ProviderType
public interface ResultReader {
    /**
     * Reads {@code result.json} of a run folder.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if the folder is not a run
     */
    Result read(Path runFolder);

    /**
     * Reads a {@code result.json} that lies outside of its run folder.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if the file is not a result
     */
    Result readFile(Path resultFile);

    /**
     * Reads {@code case.json} of a run folder with its copies of the inputs.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if a copy is missing or is not what the run used, or as {@link CaseReader#read}
     */
    Case readCase(Path runFolder, Result result);
}
