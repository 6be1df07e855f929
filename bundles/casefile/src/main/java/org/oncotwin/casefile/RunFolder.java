package org.oncotwin.casefile;

import java.io.IOException;
import java.io.OutputStream;
import org.oncotwin.api.simulation.RunResult;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A run folder in the making: {@code result.json}, {@code case.json}, copies of the input files under {@code inputs/}, and whatever else the run gives. Closing it without
 * {@link #commit()} leaves nothing behind.
 */
@ProviderType
public interface RunFolder extends AutoCloseable {
    /**
     * A new file. Its hash goes into {@code result.json} if it is closed before that is written.
     *
     * @param path relative, with forward slashes, never leaving the folder
     * @throws IllegalArgumentException if the path is not so
     */
    OutputStream create(String path) throws IOException;

    /**
     * A new file whose content may differ between equal runs, such as a page with the time on it; {@code result.json} does not mention it.
     *
     * @param path as for {@link #create}
     */
    OutputStream createUnlisted(String path) throws IOException;

    /**
     * Writes {@code case.json} and copies the input files.
     *
     * @throws IOException if an input file is no longer what the case reader read
     */
    void writeCase(Case source) throws IOException;

    /** Writes {@code result.json}. Equal runs give equal bytes, whatever their threads and time. */
    void writeResult(Case source, RunResult result) throws IOException;

    /** Moves everything into place at once. */
    void commit() throws IOException;

    /** Deletes what was written, unless it was committed. */
    @Override
    void close() throws IOException;
}
