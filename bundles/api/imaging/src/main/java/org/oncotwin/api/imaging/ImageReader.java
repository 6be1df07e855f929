package org.oncotwin.api.imaging;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Reads three-dimensional images of numbers, labels and tensors: NIfTI-1 and NIfTI-2, {@code .nii}, {@code .nii.gz}, {@code .hdr} with {@code .img}. */
@ProviderType
public interface ImageReader {

    /**
     * Reads an image.
     *
     * @throws ImageException if the file is not an image that can be used: truncated, absurd, of complex or colour values ...
     */
    Image read(Path file) throws ImageException;

    /**
     * Reads an image of whole numbers 0 to 255.
     *
     * @param names names of the labels that mean something
     * @throws ImageException if a value is not a whole number in that range, or as {@link #read}
     */
    LabelImage readLabels(Path file, java.util.Map<String, Integer> names) throws ImageException;

    /**
     * Reads an image of symmetric tensors: six volumes in the fourth dimension, or in the fifth if the fourth is 1.
     *
     * @param convention order of the components and the axes that they refer to
     * @throws ImageException if there are not six components per voxel, the components refer to patient axes and the index axes are not at right angles, or as {@link #read}; values
     *     that are not finite are no reason
     */
    TensorImage readTensors(Path file, TensorConvention convention) throws ImageException;
}
