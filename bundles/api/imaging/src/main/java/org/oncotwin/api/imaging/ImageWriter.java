package org.oncotwin.api.imaging;

import java.io.IOException;
import java.io.OutputStream;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.LabelField;
import org.osgi.annotation.versioning.ProviderType;

/** Writes gzip-compressed NIfTI-1 files (NIfTI-2 if a dimension needs it). Equal input gives equal bytes. The stream stays open. */
@ProviderType
public interface ImageWriter {

    /** Writes values as 64-bit floats, bit for bit. */
    void write(Field field, OutputStream out) throws IOException;

    /** Writes labels as unsigned bytes. */
    void write(LabelField labels, OutputStream out) throws IOException;
}
