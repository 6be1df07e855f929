package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.report.AnatomySlices;
import org.oncotwin.report.Arm;
import org.oncotwin.report.Plane;
import org.oncotwin.report.ReportContent;
import org.oncotwin.report.Slice;
import org.oncotwin.report.Slices;
import org.oncotwin.report.Snapshot;

/**
 * The tumour in space: for each arm a matrix of pictures, planes by times.
 *
 * @param groundTitle what lies behind the tumour
 * @param point where the planes cross, in words
 * @param grounds pictures behind the tumour, drawn once and used again
 * @param matrices one per arm with snapshots
 * @param bar colour bar
 * @param threshold cellularity of the contour, if drawn
 * @param clearBelow cellularity below which nothing is drawn
 * @param tissue tissue classes, if known
 */
record PicturesSection(
        String groundTitle,
        String point,
        List<Ground> grounds,
        List<Matrix> matrices,
        ColourBar bar,
        Optional<String> threshold,
        String clearBelow,
        Optional<TissueFigure> tissue) {

    /**
     * A picture behind the tumour.
     *
     * @param id identifier in the page
     * @param address the picture itself
     * @param width width in mm
     * @param height height in mm
     */
    record Ground(String id, String address, String width, String height) {}

    /**
     * Pictures of an arm.
     *
     * @param style how the arm is drawn
     * @param arm name of the arm
     * @param columns times
     * @param rows planes
     * @param count number of columns
     */
    record Matrix(ArmStyle style, String arm, List<Column> columns, List<Row> rows, int count) {}

    /**
     * A time.
     *
     * @param day when
     * @param volume volume of the whole tumour then, where observed
     */
    record Column(String day, Optional<String> volume) {}

    /**
     * A plane.
     *
     * @param plane name of the plane
     * @param pictures one per time
     */
    record Row(String plane, List<Picture> pictures) {}

    /**
     * One picture.
     *
     * @param viewBox part shown, in mm
     * @param groundId picture behind; empty for none
     * @param overlay the tumour or the tissue
     * @param width width of the slice in mm
     * @param height height of the slice in mm
     * @param contour line around the visible tumour; empty for none
     * @param marks letters and scale bar
     * @param description what a reader who cannot see it must know
     */
    record Picture(
            String viewBox,
            Optional<String> groundId,
            String overlay,
            String width,
            String height,
            Optional<String> contour,
            Marks marks,
            String description) {}

    /**
     * Letters at the edges and the scale bar, in the coordinates of the picture.
     *
     * @param size height of the letters
     * @param line width of lines
     * @param left letter at the left
     * @param right letter at the right
     * @param leftX where
     * @param rightX where
     * @param middleY where both stand
     * @param barX start of the scale bar
     * @param barEnd end of the scale bar
     * @param barY height of the scale bar
     * @param barTextY where its length stands
     * @param barText its length
     */
    record Marks(
            String size,
            String line,
            String left,
            String right,
            String leftX,
            String rightX,
            String middleY,
            String barX,
            String barEnd,
            String barY,
            String barTextY,
            String barText) {}

    /**
     * Colour bar.
     *
     * @param stops colours with their place
     * @param ticks values with their place
     * @param threshold place of the contour's value, if it is on the scale
     */
    record ColourBar(List<Stop> stops, List<LineChart.Tick> ticks, Optional<String> threshold) {}

    /**
     * A colour.
     *
     * @param offset where, in percent
     * @param colour which
     */
    record Stop(String offset, String colour) {}

    /**
     * Tissue classes that the run used.
     *
     * @param pictures one per plane
     * @param classes names and colours
     */
    record TissueFigure(List<Picture> pictures, List<TissueClass> classes) {}

    /**
     * A tissue class.
     *
     * @param name its name
     * @param colour its colour
     */
    record TissueClass(String name, String colour) {}

    /** Soft colours that differ in lightness too. */
    private static final int[] TISSUE_COLOURS = {0x4f86c6, 0x9d8ec7, 0xe9dcc0, 0x7fb685, 0xd98f6c, 0xc9c9c9};

    private static final double BAR_LEFT = 6;
    private static final double BAR_WIDTH = 260;

    /** The section, if any arm has snapshots or there is anatomy to show. */
    static Optional<PicturesSection> of(ReportContent content) {
        List<Slices> tumours = content.arms().stream()
                .flatMap(arm -> arm.snapshots().stream())
                .map(Snapshot::cellularity)
                .toList();
        if (tumours.isEmpty()) {
            return Optional.empty();
        }
        double largest = tumours.stream()
                .flatMap(s -> s.all().stream())
                .flatMapToDouble(s -> Arrays.stream(s.toArray()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        CellularityColours colours = CellularityColours.upTo(largest);
        Optional<Slices> image = content.anatomy().flatMap(AnatomySlices::image);
        Optional<Slices> tissue = content.anatomy().flatMap(AnatomySlices::tissue);
        Optional<Slices> ground = image.or(() -> tissue);
        double empty = ground.map(PicturesSection::smallest).orElse(Double.NEGATIVE_INFINITY);
        PictureFrame frame = new PictureFrame(ground.orElse(tumours.get(0)), empty);

        List<Ground> grounds = ground.map(g -> grounds(g, window(g))).orElse(List.of());
        List<Matrix> matrices = new ArrayList<>();
        for (int place = 0; place < content.arms().size(); place++) {
            Arm arm = content.arms().get(place);
            if (!arm.snapshots().isEmpty()) {
                matrices.add(
                        matrix(arm, ArmStyle.of(place), frame, colours, content.volumeThreshold(), ground.isPresent()));
            }
        }
        String groundTitle = image.isPresent()
                ? content.anatomy().orElseThrow().title()
                : tissue.isPresent() ? "Tissue classes" : "No image";
        Slices any = tumours.get(0);
        String point = "x\u00a0=\u00a0" + Text.number(any.sagittal().position()) + ", y\u00a0=\u00a0"
                + Text.number(any.coronal().position()) + ", z\u00a0=\u00a0"
                + Text.number(any.axial().position()) + "\u00a0mm";
        return Optional.of(new PicturesSection(
                groundTitle,
                point,
                grounds,
                matrices,
                bar(colours, content.volumeThreshold()),
                content.volumeThreshold().isPresent()
                        ? Optional.of(Text.number(content.volumeThreshold().getAsDouble()))
                        : Optional.empty(),
                Text.number(CellularityColours.CLEAR_SHARE * colours.upper()),
                tissue.map(t -> tissue(t, content.anatomy().orElseThrow().tissueNames(), image.isPresent(), frame))));
    }

    private static Matrix matrix(
            Arm arm,
            ArmStyle style,
            PictureFrame frame,
            CellularityColours colours,
            OptionalDouble threshold,
            boolean ground) {
        List<Column> columns = new ArrayList<>();
        for (Snapshot snapshot : arm.snapshots()) {
            columns.add(new Column(
                    Text.day(snapshot.time().days()),
                    Observed.value(arm.result().trajectory(), Quantity.TUMOUR_VOLUME, snapshot.time())
                            .map(v -> Text.quantity(v, Quantity.TUMOUR_VOLUME.unit()))));
        }
        List<Row> rows = new ArrayList<>();
        for (Plane plane : PictureFrame.planes()) {
            List<Picture> pictures = new ArrayList<>();
            for (Snapshot snapshot : arm.snapshots()) {
                Slice slice = snapshot.cellularity().of(plane);
                double peak = Arrays.stream(slice.toArray()).max().orElse(0);
                String what = plane.title() + " slice, " + arm.name() + ", day "
                        + Text.day(snapshot.time().days()) + ": largest cellularity " + Text.number(peak);
                if (threshold.isPresent()) {
                    what += ", " + Text.number(area(slice, threshold.getAsDouble())) + " cm² above the threshold";
                }
                pictures.add(picture(
                        slice,
                        frame,
                        ground ? Optional.of(groundId(plane)) : Optional.empty(),
                        PngImage.colour(slice, colours::argb),
                        threshold.isPresent()
                                ? Optional.of(Contour.path(slice, threshold.getAsDouble()))
                                : Optional.empty(),
                        what + "."));
            }
            rows.add(new Row(plane.title(), pictures));
        }
        return new Matrix(style, arm.name(), columns, rows, columns.size());
    }

    private static TissueFigure tissue(Slices tissue, Map<String, Integer> names, boolean image, PictureFrame frame) {
        List<TissueClass> classes = new ArrayList<>();
        int[] colourOf = new int[256];
        names.forEach((name, label) -> {
            int colour = TISSUE_COLOURS[classes.size() % TISSUE_COLOURS.length];
            colourOf[label] = (image ? 0xd0 : 0xff) << 24 | colour;
            classes.add(new TissueClass(name, CellularityColours.css(colour)));
        });
        List<Picture> pictures = new ArrayList<>();
        for (Plane plane : PictureFrame.planes()) {
            Slice slice = tissue.of(plane);
            pictures.add(picture(
                    slice,
                    frame,
                    Optional.of(groundId(plane)),
                    PngImage.colour(slice, label -> colourOf[(int) label]),
                    Optional.empty(),
                    plane.title() + " slice of the tissue classes " + String.join(", ", names.keySet()) + "."));
        }
        return new TissueFigure(pictures, classes);
    }

    private static Picture picture(
            Slice slice,
            PictureFrame frame,
            Optional<String> groundId,
            String overlay,
            Optional<String> contour,
            String description) {
        PictureFrame.Rectangle box = frame.of(slice.plane());
        return new Picture(
                Coordinates.of(box.left()) + " " + Coordinates.of(box.top()) + " " + Coordinates.of(box.width()) + " "
                        + Coordinates.of(box.height()),
                groundId,
                overlay,
                Coordinates.of(slice.width()),
                Coordinates.of(slice.height()),
                contour.filter(path -> !path.isEmpty()),
                marks(slice.plane(), box, frame.scaleBar()),
                description);
    }

    private static Marks marks(Plane plane, PictureFrame.Rectangle box, double bar) {
        double size = 0.075 * box.width();
        double line = 0.0075 * box.width();
        double inset = 0.035 * box.width();
        double barY = box.top() + box.height() - inset;
        return new Marks(
                Coordinates.of(size),
                Coordinates.of(line),
                plane.left(),
                plane.right(),
                Coordinates.of(box.left() + inset),
                Coordinates.of(box.left() + box.width() - inset),
                Coordinates.of(box.top() + inset + 0.75 * size),
                Coordinates.of(box.left() + inset),
                Coordinates.of(box.left() + inset + bar),
                Coordinates.of(barY),
                Coordinates.of(barY - 0.45 * size),
                Text.number(bar) + " mm");
    }

    private static List<Ground> grounds(Slices slices, DoubleUnaryOperator lightness) {
        List<Ground> grounds = new ArrayList<>();
        for (Slice slice : slices.all()) {
            grounds.add(new Ground(
                    groundId(slice.plane()),
                    PngImage.grey(slice, lightness),
                    Coordinates.of(slice.width()),
                    Coordinates.of(slice.height())));
        }
        return grounds;
    }

    private static String groundId(Plane plane) {
        return "ground-" + plane.normal();
    }

    /** Grey window from the smallest value to the 99.5th percentile of what is above it, so that a few bright voxels do not darken the rest. */
    private static DoubleUnaryOperator window(Slices ground) {
        double low = smallest(ground);
        double[] above = ground.all().stream()
                .flatMapToDouble(s -> Arrays.stream(s.toArray()))
                .filter(v -> Double.isFinite(v) && v > low)
                .sorted()
                .toArray();
        double high = above.length == 0 ? low + 1 : above[(int) (0.995 * (above.length - 1))];
        return value -> Double.isNaN(value) ? 0 : (value - low) / (high - low);
    }

    private static double smallest(Slices slices) {
        return slices.all().stream()
                .flatMapToDouble(s -> Arrays.stream(s.toArray()))
                .filter(Double::isFinite)
                .min()
                .orElse(0);
    }

    /** Area in cm2 of the pixels at or above a value. */
    private static double area(Slice slice, double threshold) {
        long pixels = Arrays.stream(slice.toArray()).filter(v -> v >= threshold).count();
        return pixels * slice.columnSpacing() * slice.rowSpacing() / 100;
    }

    private static ColourBar bar(CellularityColours colours, OptionalDouble threshold) {
        List<String> css = colours.stops();
        List<Stop> stops = new ArrayList<>();
        for (int n = 0; n < css.size(); n++) {
            stops.add(new Stop(Coordinates.of(100.0 * n / (css.size() - 1)) + "%", css.get(n)));
        }
        AxisTicks ticks = colours.ticks();
        List<LineChart.Tick> places = new ArrayList<>();
        for (int n = 0; n < ticks.values().size(); n++) {
            places.add(new LineChart.Tick(
                    Coordinates.of(BAR_LEFT + BAR_WIDTH * ticks.values().get(n) / colours.upper()),
                    ticks.labels().get(n)));
        }
        Optional<String> at = threshold.isPresent() && threshold.getAsDouble() <= colours.upper()
                ? Optional.of(Coordinates.of(BAR_LEFT + BAR_WIDTH * threshold.getAsDouble() / colours.upper()))
                : Optional.empty();
        return new ColourBar(stops, places, at);
    }
}
