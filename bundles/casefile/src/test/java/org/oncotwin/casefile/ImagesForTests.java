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
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/** Images as lines of text: {@code nx ny nz spacing originX}, then the values. */
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
            return new Image(Field.of(grid, values), "float64", "sform", lines.subList(2, lines.size()));
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
