package org.oncotwin.export.fenics;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.oncotwin.api.export.ExportTarget;

/** Puts files into a folder, refuses to write one twice, and counts what is open. */
final class FolderTarget implements ExportTarget {

    private final Path folder;
    private int open;

    FolderTarget(Path folder) {
        this.folder = folder;
    }

    @Override
    public OutputStream create(String path) throws IOException {
        OutputStream file = Files.newOutputStream(folder.resolve(path), StandardOpenOption.CREATE_NEW);
        open++;
        return new FilterOutputStream(file) {
            private boolean closed;

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    open--;
                    super.close();
                }
            }
        };
    }

    /** Files that were created and not closed. */
    int open() {
        return open;
    }
}
