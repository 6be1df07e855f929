package org.oncotwin.api.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Saves and reads checkpoints bit for bit, with a hash that tells a damaged file. */
@ProviderType
public interface CheckpointFormat {

    /** Writes a checkpoint. The stream stays open. */
    void write(Checkpoint checkpoint, OutputStream out) throws IOException;

    /**
     * Reads a checkpoint.
     *
     * @throws IOException if the data is not a checkpoint, truncated or changed
     */
    Checkpoint read(InputStream in) throws IOException;
}
