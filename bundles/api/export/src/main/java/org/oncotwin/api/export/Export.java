package org.oncotwin.api.export;

import java.io.IOException;
import org.oncotwin.api.twin.State;
import org.osgi.annotation.versioning.ConsumerType;

/** An export that has begun. */
@ConsumerType
public interface Export {

    /** Writes a state; states come in the order of time. */
    void add(State state) throws IOException;

    /** Writes what can only be written at the end. */
    void finish() throws IOException;
}
