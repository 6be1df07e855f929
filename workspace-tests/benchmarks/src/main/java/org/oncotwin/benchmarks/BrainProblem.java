package org.oncotwin.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.imaging.MarkovFieldSegmentation;
import org.oncotwin.imaging.NiftiReader;

/**
 * A synthetic glioma in the brain of Colin 27: white matter with D = 0.1 mm2/d, the rest of the brain with a fifth of it, rho = 0.05 /d.
 *
 * @param name of the problem
 * @param grid its grid
 * @param classes 0 outside the brain, 1 white matter, 2 the rest, per voxel
 * @param initial cellularity on day 0: 0.9 within 12 mm of a point in the white matter, falling off within some millimetres
 */
record BrainProblem(String name, Grid grid, byte[] classes, Field initial) {

    static final double WHITE_DIFFUSION = 0.1;
    static final double GREY_DIFFUSION = 0.02;
    static final double PROLIFERATION = 0.05;

    private static final int WHITE_LABEL = 3;
    private static final double[] SEED_IN_BRAIN = {0.68, 0.55, 0.62};

    /** Size and voxels of the glioma images that the closest peer computes on: the upper 108 mm of the brain, in its own size. */
    static BrainProblem coarse(LabelField tissue) {
        Grid grid = new Grid(77, 116, 36, Affine.scaling(1.5, 1.5, 3));
        int[] box = box(tissue);
        double[] start = {
            0.5 * (box[0] + box[1] - grid.nx() * grid.spacing(0)),
            0.5 * (box[2] + box[3] - grid.ny() * grid.spacing(1)),
            box[5] - grid.nz() * grid.spacing(2)
        };
        byte[] classes = new byte[grid.size()];
        for (int index = 0; index < classes.length; index++) {
            int[] at = {index % grid.nx(), index / grid.nx() % grid.ny(), index / grid.nx() / grid.ny()};
            int[] source = new int[3];
            for (int a = 0; a < 3; a++) {
                // The image has voxels of 1 mm.
                source[a] = (int) (start[a] + (at[a] + 0.5) * grid.spacing(a));
            }
            classes[index] = kind(tissue, source[0], source[1], source[2]);
        }
        return seeded("coarse", grid, classes);
    }

    /** Voxels of 1 mm on the grid of the BraTS images, the brain in its own size. */
    static BrainProblem fine(LabelField tissue) {
        Grid grid = new Grid(240, 240, 155, Affine.scaling(1, 1, 1));
        int[] box = box(tissue);
        byte[] classes = new byte[grid.size()];
        int[] shift = {
            (grid.nx() - box[1] - box[0]) / 2, (grid.ny() - box[3] - box[2]) / 2, (grid.nz() - box[5] - box[4]) / 2
        };
        for (int index = 0; index < classes.length; index++) {
            int i = index % grid.nx() - shift[0];
            int j = index / grid.nx() % grid.ny() - shift[1];
            int k = index / grid.nx() / grid.ny() - shift[2];
            classes[index] = kind(tissue, i, j, k);
        }
        return seeded("fine", grid, classes);
    }

    private static byte kind(LabelField tissue, int i, int j, int k) {
        Grid grid = tissue.grid();
        if (i < 0 || j < 0 || k < 0 || i >= grid.nx() || j >= grid.ny() || k >= grid.nz()) {
            return 0;
        }
        int label = tissue.label(grid.index(i, j, k));
        return (byte) (label == 0 ? 0 : label == WHITE_LABEL ? 1 : 2);
    }

    /** First index and index after the last of the brain along each axis. */
    private static int[] box(LabelField tissue) {
        Grid grid = tissue.grid();
        int[] box = {grid.nx(), 0, grid.ny(), 0, grid.nz(), 0};
        for (int index = 0; index < grid.size(); index++) {
            if (tissue.label(index) != 0) {
                int[] at = {index % grid.nx(), index / grid.nx() % grid.ny(), index / grid.nx() / grid.ny()};
                for (int a = 0; a < 3; a++) {
                    box[2 * a] = Math.min(box[2 * a], at[a]);
                    box[2 * a + 1] = Math.max(box[2 * a + 1], at[a] + 1);
                }
            }
        }
        return box;
    }

    private static BrainProblem seeded(String name, Grid grid, byte[] classes) {
        int[] box = box(LabelField.owning(grid, classes, Map.of()));
        double[] centre = new double[3];
        for (int a = 0; a < 3; a++) {
            centre[a] = (box[2 * a] + SEED_IN_BRAIN[a] * (box[2 * a + 1] - box[2 * a])) * grid.spacing(a);
        }
        double[] u = new double[grid.size()];
        for (int index = 0; index < u.length; index++) {
            if (classes[index] != 0) {
                double x = (index % grid.nx() + 0.5) * grid.spacing(0) - centre[0];
                double y = (index / grid.nx() % grid.ny() + 0.5) * grid.spacing(1) - centre[1];
                double z = (index / grid.nx() / grid.ny() + 0.5) * grid.spacing(2) - centre[2];
                u[index] = 0.9 / (1 + Math.exp((Math.sqrt(x * x + y * y + z * z) - 12) / 1.5));
            }
        }
        return new BrainProblem(name, grid, classes, Field.owning(grid, u));
    }

    /** A new medium. */
    Medium medium() {
        return Medium.of(grid, classes, new double[] {0, WHITE_DIFFUSION, GREY_DIFFUSION}, new double[] {
            0, PROLIFERATION, PROLIFERATION
        });
    }

    /** The same as an anatomy with tissues {@code white} and {@code grey}. */
    Anatomy anatomy() {
        boolean[] inside = new boolean[classes.length];
        for (int index = 0; index < inside.length; index++) {
            inside[index] = classes[index] != 0;
        }
        return new Anatomy(
                Mask.owning(grid, inside),
                Optional.of(LabelField.owning(grid, classes, Map.of("white", 1, "grey", 2))));
    }

    /** Voxels of the brain. */
    int voxels() {
        int n = 0;
        for (byte c : classes) {
            n += c == 0 ? 0 : 1;
        }
        return n;
    }

    /** Writes it for the programs in Python: three sizes (int32), three spacings, classes (bytes), cellularity; doubles in little-endian order. */
    void write(Path folder) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(12 + 24 + 9 * grid.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(grid.nx()).putInt(grid.ny()).putInt(grid.nz());
        bytes.putDouble(grid.spacing(0)).putDouble(grid.spacing(1)).putDouble(grid.spacing(2));
        bytes.put(classes);
        for (int index = 0; index < grid.size(); index++) {
            bytes.putDouble(initial.value(index));
        }
        Files.write(folder.resolve(name + ".bin"), bytes.array());
    }

    /** Reads what {@link #write} wrote. */
    static BrainProblem read(Path folder, String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".bin")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int nx = bytes.getInt();
        int ny = bytes.getInt();
        int nz = bytes.getInt();
        Grid grid = new Grid(nx, ny, nz, Affine.scaling(bytes.getDouble(), bytes.getDouble(), bytes.getDouble()));
        byte[] classes = new byte[grid.size()];
        bytes.get(classes);
        double[] u = new double[grid.size()];
        for (int index = 0; index < u.length; index++) {
            u[index] = bytes.getDouble();
        }
        return new BrainProblem(name, grid, classes, Field.owning(grid, u));
    }

    /** Takes the image of the brain and the folder to write both problems to. */
    public static void main(String[] arguments) throws IOException {
        Field t1 = new NiftiReader().read(Path.of(arguments[0])).field();
        LabelField tissue =
                new MarkovFieldSegmentation().segment(t1, Cancellation.NEVER).tissue();
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        coarse(tissue).write(folder);
        fine(tissue).write(folder);
        GliomaCourse.write(folder);
    }
}
