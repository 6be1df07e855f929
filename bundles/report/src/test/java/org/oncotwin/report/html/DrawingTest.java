package org.oncotwin.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.report.Plane;
import org.oncotwin.report.Slice;
import org.oncotwin.report.SliceExtractor;
import org.oncotwin.report.html.CurvesSection.Line;
import org.oncotwin.report.html.CurvesSection.Mark;

class DrawingTest {

    /** Cone of slope 1 per mm around (20, 30) mm, highest 12, in voxels of 0.5 x 2 mm. */
    private static Slice cone() {
        Grid grid = new Grid(100, 30, 1, Affine.scaling(0.5, 2, 1));
        double[] values = new double[grid.size()];
        for (int j = 0; j < grid.ny(); j++) {
            for (int i = 0; i < grid.nx(); i++) {
                values[grid.index(i, j, 0)] = Math.max(0, 12 - Math.hypot(0.5 * i - 20, 2 * j - 30));
            }
        }
        return SliceExtractor.through(grid, 40, 15, 0)
                .extract(Field.owning(grid, values))
                .axial();
    }

    private static List<double[]> points(String path) {
        List<double[]> points = new ArrayList<>();
        Matcher matcher = Pattern.compile("[ML]([-0-9.]+) ([-0-9.]+)").matcher(path);
        while (matcher.find()) {
            points.add(new double[] {Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))});
        }
        return points;
    }

    @Tag("SR-552")
    @Test
    void drawsTheContourOfAConeAsOneCircleInMillimetres() {
        String path = Contour.path(cone(), 4);
        assertThat(path).startsWith("M").endsWith("Z").containsOnlyOnce("M").containsOnlyOnce("Z");
        List<double[]> points = points(path);
        assertThat(points).hasSizeGreaterThan(40);
        // Columns run from right to left and rows from front to back: (20, 30) mm is 29.75 mm from the left edge, 29 mm
        // from the top.
        for (double[] p : points) {
            assertThat(Math.hypot(p[0] - 29.75, p[1] - 29)).isCloseTo(8, within(0.15));
        }
    }

    @Test
    void drawsNoContourWhereNothingReachesTheLevel() {
        assertThat(Contour.path(cone(), 13)).isEmpty();
        assertThat(Contour.path(cone(), 1e-9)).isNotEmpty();
    }

    @Test
    void endsContoursAtTheEdgeOfTheSlice() {
        Grid grid = new Grid(4, 3, 1, Affine.scaling(1, 1, 1));
        double[] values = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1};
        Slice slice = SliceExtractor.through(grid, 0, 0, 0)
                .extract(Field.of(grid, values))
                .axial();
        assertThat(Contour.path(slice, 0.5)).isEqualTo("M2 0.5L2 1.5L2 2.5");
    }

    @Test
    void separatesHighValuesAtASaddle() {
        Grid grid = new Grid(2, 2, 1, Affine.scaling(1, 1, 1));
        Slice slice = SliceExtractor.through(grid, 0, 0, 0)
                .extract(Field.of(grid, new double[] {1, 0, 0, 1}))
                .axial();
        assertThat(Contour.path(slice, 0.5).chars().filter(c -> c == 'M').count())
                .isEqualTo(2);
    }

    @Test
    void leavesNextToNothingClearAndEndsTheScaleAtARoundValue() {
        CellularityColours colours = CellularityColours.upTo(0.83);
        assertThat(colours.upper()).isEqualTo(1);
        assertThat(CellularityColours.upTo(0).upper()).isEqualTo(1);
        assertThat(colours.argb(0.009)).isZero();
        assertThat(colours.argb(Double.NaN)).isZero();
        assertThat(colours.argb(1) & 0xffffff).isEqualTo(0xfcffa4);
        assertThat(colours.argb(7)).isEqualTo(colours.argb(1));
        int last = 0;
        for (double value = 0.02; value <= 1; value += 0.02) {
            int rgb = colours.argb(value);
            int lightness = 30 * (rgb >> 16 & 0xff) + 59 * (rgb >> 8 & 0xff) + 11 * (rgb & 0xff);
            assertThat(lightness).as("lightness at %s", value).isGreaterThan(last);
            last = lightness;
        }
    }

    @Test
    void writesPicturesPixelForPixel() throws IOException {
        Slice slice = cone();
        String address = PngImage.grey(slice, value -> value / 12);
        byte[] png = Base64.getDecoder().decode(address.substring("data:image/png;base64,".length()));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(new int[] {image.getWidth(), image.getHeight()}).containsExactly(100, 30);
        assertThat(image.getRaster().getSample(59, 14, 0)).isEqualTo((int) Math.round(255 * slice.value(59, 14) / 12));
        assertThat(slice.value(59, 14)).isEqualTo(12);
    }

    @Test
    void framesWhatIsThereAtOneScaleForAllPlanes() {
        Grid grid = new Grid(60, 40, 30, Affine.scaling(2, 2, 2));
        double[] values = new double[grid.size()];
        for (int k = 10; k < 20; k++) {
            for (int j = 10; j < 30; j++) {
                for (int i = 10; i < 50; i++) {
                    values[grid.index(i, j, k)] = 5;
                }
            }
        }
        PictureFrame frame =
                new PictureFrame(SliceExtractor.through(grid, 30, 20, 15).extract(Field.owning(grid, values)), 0);
        assertThat(frame.of(Plane.AXIAL)).isEqualTo(new PictureFrame.Rectangle(15, 15, 90, 50));
        assertThat(frame.of(Plane.SAGITTAL)).isEqualTo(new PictureFrame.Rectangle(-5, 15, 90, 30));
        assertThat(frame.scaleBar()).isEqualTo(20);
    }

    @Test
    void putsTicksAtRoundValues() {
        assertThat(AxisTicks.between(0, 180, 10).labels())
                .containsExactly("0", "20", "40", "60", "80", "100", "120", "140", "160", "180");
        assertThat(AxisTicks.between(0, 0.3, 3).values()).containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(AxisTicks.roundUp(272, 5)).isEqualTo(300);
        assertThat(AxisTicks.roundUp(0.00031, 5)).isCloseTo(0.0004, within(1e-12));
    }

    @Test
    void escapesMarkupInChartData() {
        Line line = new Line("</script><!--&", ArmStyle.of(0), java.util.Arrays.asList(1.5, null));
        CurvesSection.Chart chart = new CurvesSection.Chart(
                "chart",
                "t",
                "u",
                "d",
                List.of(0.0, 1.0),
                List.of(line),
                List.of(),
                LineChart.of("t", List.of(0.0, 1.0), List.of(line), List.<Mark>of()));
        assertThat(ChartData.json(List.of(chart)))
                .contains("\\u003C/script\\u003E\\u003C!--\\u0026")
                .contains("[1.5,null]")
                .doesNotContain("<");
    }

    @Test
    void givesEachOfManyArmsItsOwnLook() {
        List<ArmStyle> styles = new ArrayList<>();
        for (int place = 0; place < 12; place++) {
            styles.add(ArmStyle.of(place));
        }
        assertThat(styles).doesNotHaveDuplicates();
    }
}
