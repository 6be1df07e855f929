package org.oncotwin.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.imaging.Image;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.imaging.LabelImage;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.imaging.TensorImage;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.TensorField;

/** Images as lines of text: {@code nx ny nz spacing originX}, then the values; of tensors, component by component in the order of their convention, along the axes. */
final class ImagesForTests implements ImageReader {
    static void write(Path file, int nx, int ny, int nz, double spacing, double origin, double... values)
            throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, nx + " " + ny + " " + nz + " " + spacing + " " + origin + "\n" + Arrays.toString(values));
    }

    @Override
    public Image read(Path file) throws ImageException {
        try {
            Values read = values(file);
            return new Image(Field.of(read.grid(), read.values()), "float64", "sform", read.warnings());
        } catch (RuntimeException wrong) {
            throw new ImageException(file.getFileName() + ": not an image", wrong);
        }
    }

    @Override
    public TensorImage readTensors(Path file, TensorConvention convention) throws ImageException {
        Values read = values(file);
        int size = read.grid().size();
        if (read.values().length != 6 * size) {
            throw new ImageException(file.getFileName() + ": needed are 6 components per voxel");
        }
        float[][] components = new float[6][size];
        for (int component = 0; component < 6; component++) {
            for (int voxel = 0; voxel < size; voxel++) {
                components[component][voxel] = (float) read.values()[convention.place(component) * size + voxel];
            }
        }
        return new TensorImage(TensorField.owning(read.grid(), components), read.warnings());
    }

    private record Values(Grid grid, double[] values, List<String> warnings) {}

    private static Values values(Path file) throws ImageException {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] head = lines.get(0).split(" ");
            double spacing = Double.parseDouble(head[3]);
            double origin = Double.parseDouble(head[4]);
            Affine affine = Affine.of(spacing, 0, 0, origin, 0, spacing, 0, 0, 0, 0, spacing, 0);
            Grid grid =
                    new Grid(Integer.parseInt(head[0]), Integer.parseInt(head[1]), Integer.parseInt(head[2]), affine);
            String body = lines.get(1).replaceAll("[\\[\\] ]", "");
            double[] values = Arrays.stream(body.split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            // A third line is a warning.
            return new Values(grid, values, lines.subList(2, lines.size()));
        } catch (IOException | RuntimeException wrong) {
            throw new ImageException(file.getFileName() + ": not an image", wrong);
        }
    }

    @Override
    public LabelImage readLabels(Path file, Map<String, Integer> names) throws ImageException {
        Image image = read(file);
        Field field = image.field();
        byte[] labels = new byte[field.grid().size()];
        for (int i = 0; i < labels.length; i++) {
            double value = field.value(i);
            if (value != Math.rint(value) || value < 0 || value > 255) {
                throw new ImageException(
                        file.getFileName() + ": " + value + " is not a label; allowed are whole numbers 0 to 255");
            }
            labels[i] = (byte) (int) value;
        }
        return new LabelImage(LabelField.of(field.grid(), labels, names), image.warnings());
    }
}
