package org.oncotwin.report.html;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.DoubleToIntFunction;
import java.util.function.DoubleUnaryOperator;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.oncotwin.report.Slice;

/** Slices as PNG inside a page, pixel for pixel. */
final class PngImage {

    private PngImage() {}

    /** In grey, by a function from value to lightness (0 black, 1 white). */
    static String grey(Slice slice, DoubleUnaryOperator lightness) {
        int[] pixels = Arrays.stream(slice.toArray())
                .mapToInt(value -> (int) Math.round(255 * Math.min(1, Math.max(0, lightness.applyAsDouble(value)))))
                .toArray();
        BufferedImage image = new BufferedImage(slice.columns(), slice.rows(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, slice.columns(), slice.rows(), 0, pixels);
        return address(image);
    }

    /** In colour, by a function from value to ARGB. */
    static String colour(Slice slice, DoubleToIntFunction argb) {
        int[] pixels = Arrays.stream(slice.toArray()).mapToInt(argb::applyAsInt).toArray();
        BufferedImage image = new BufferedImage(slice.columns(), slice.rows(), BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, slice.columns(), slice.rows(), pixels, 0, slice.columns());
        return address(image);
    }

    private static String address(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IllegalStateException("this Java runtime writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
