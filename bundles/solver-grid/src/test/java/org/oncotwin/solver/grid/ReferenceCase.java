package org.oncotwin.solver.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/** The reference solution made with SciPy: see {@code README.md} beside its files. */
final class ReferenceCase {

    static final Grid GRID = new Grid(24, 20, 16, Affine.scaling(1, 1.25, 2));
    private static final Path FOLDER = Path.of("../../workspace-tests/references/reaction-diffusion-two-tissue");

    private ReferenceCase() {}

    /** 1 is grey, 2 is white. */
    static byte[] tissue() {
        byte[] classes = new byte[GRID.size()];
        read("tissue").get(classes);
        for (int p = 0; p < classes.length; p++) {
            classes[p] = (byte) Math.max(0, classes[p] - 1);
        }
        return classes;
    }

    static Field field(String name) {
        double[] values = new double[GRID.size()];
        read(name).asDoubleBuffer().get(values);
        return Field.owning(GRID, values);
    }

    /** The data of a little-endian NIfTI-1 file; byte 108 of the header tells where they begin. */
    private static ByteBuffer read(String name) {
        try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".nii.gz")))) {
            ByteBuffer file = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            file.position((int) file.getFloat(108));
            return file.slice().order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
