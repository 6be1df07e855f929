package org.oncotwin.imaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.oncotwin.api.imaging.Image;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.imaging.LabelImage;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.imaging.TensorImage;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.TensorField;
import org.osgi.service.component.annotations.Component;

/**
 * Reads NIfTI-1 and NIfTI-2. Stored numbers are scaled by scl_slope and scl_inter in 64 bits; 0 and NaN as the slope mean that they
 * are not. The place is that of {@link NiftiPlacement}. Header extensions are stepped over.
 */
@Component
public final class NiftiReader implements ImageReader {

    @Override
    public Image read(Path file) throws ImageException {
        return open(file, 1, (header, placement, bytes, position) -> {
            List<String> warnings = new ArrayList<>(placement.warnings());
            ValueTarget target = new ValueTarget(header);
            NiftiVoxels.read(header, bytes, position, List.of(target), warnings);
            Field field = Field.owning(grid(header, placement), target.finish());
            return new Image(field, header.datatype().label(), placement.source(), warnings);
        });
    }

    @Override
    public LabelImage readLabels(Path file, Map<String, Integer> names) throws ImageException {
        return open(file, 1, (header, placement, bytes, position) -> {
            LabelTarget target = new LabelTarget(header);
            List<String> warnings = new ArrayList<>(placement.warnings());
            NiftiVoxels.read(header, bytes, position, List.of(target), warnings);
            return new LabelImage(LabelField.owning(grid(header, placement), target.finish(), names), warnings);
        });
    }

    @Override
    public TensorImage readTensors(Path file, TensorConvention convention) throws ImageException {
        return open(file, TensorField.COMPONENTS, (header, placement, bytes, position) -> {
            List<String> warnings = new ArrayList<>(placement.warnings());
            TensorFrame frame = TensorFrame.of(header, placement, convention, warnings);
            List<ComponentTarget> components = Stream.generate(ComponentTarget::new)
                    .limit(TensorField.COMPONENTS)
                    .toList();
            NiftiVoxels.read(header, bytes, position, components, warnings);
            float[][] inFile = components.stream().map(ComponentTarget::finish).toArray(float[][]::new);
            return new TensorImage(
                    TensorField.owning(grid(header, placement), frame.alongIndexAxes(inFile, warnings)), warnings);
        });
    }

    private static Grid grid(NiftiHeader header, NiftiPlacement placement) {
        return new Grid(header.nx(), header.ny(), header.nz(), placement.affine());
    }

    private static <T> T open(Path file, int volumes, Content<T> content) throws ImageException {
        NiftiFiles files = NiftiFiles.of(file);
        try (ImageBytes first = ImageBytes.open(files.header(), NiftiFiles.name(files.header()))) {
            NiftiHeader header = NiftiHeader.read(first, volumes);
            if (header.singleFile() == files.isPair()) {
                throw Refusal.of(
                        header.file(),
                        "magic",
                        header.singleFile() ? "'n+" + header.version() + "'" : "'ni" + header.version() + "'",
                        files.isPair()
                                ? "'ni" + header.version()
                                        + "' in a file named .hdr, whose voxels lie in a file named .img"
                                : "'n+" + header.version() + "', or the names .hdr and .img for a pair of files");
            }
            NiftiPlacement placement = NiftiPlacement.of(header);
            if (!files.isPair()) {
                return content.read(header, placement, first, header.length());
            }
            try (ImageBytes second = ImageBytes.open(files.data(), NiftiFiles.name(files.data()))) {
                return content.read(header, placement, second, 0);
            }
        }
    }

    /** What is made of an open file. */
    private interface Content<T> {
        T read(NiftiHeader header, NiftiPlacement placement, ImageBytes bytes, long position) throws ImageException;
    }
}
