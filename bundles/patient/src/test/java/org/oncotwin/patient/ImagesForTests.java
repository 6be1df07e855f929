package org.oncotwin.patient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

/** Images of 2 x 1 x 1 voxels, written as two numbers. */
final class ImagesForTests implements ImageReader {

    private static final Grid GRID = new Grid(2, 1, 1, Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));

    private static double[] values(Path file) throws ImageException {
        try {
            return Stream.of(Files.readString(file).strip().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException | NumberFormatException wrong) {
            throw new ImageException(file.getFileName() + ": not an image", wrong);
        }
    }

    @Override
    public Image read(Path file) throws ImageException {
        return new Image(Field.of(GRID, values(file)), "float64", "sform", List.of());
    }

    @Override
    public LabelImage readLabels(Path file, Map<String, Integer> names) throws ImageException {
        double[] values = values(file);
        return new LabelImage(LabelField.of(GRID, new byte[] {(byte) values[0], (byte) values[1]}, names), List.of());
    }

    @Override
    public TensorImage readTensors(Path file, TensorConvention convention) {
        throw new UnsupportedOperationException();
    }
}
