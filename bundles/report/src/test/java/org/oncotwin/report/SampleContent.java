package org.oncotwin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.simulation.UsedParameter;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** A made-up comparison of two arms on a made-up head, for tests of the page and to look at. */
public final class SampleContent {

    /** 2 mm voxels, stored from left to right as many scanners do. */
    public static final Grid GRID = new Grid(91, 109, 91, Affine.of(-2, 0, 0, 90, 0, 2, 0, -126, 0, 0, 2, -72));

    private static final double GROWTH = 0.012;
    private static final double SURVIVAL = 0.91;
    private static final int FIRST_FRACTION = 30;
    private static final double THRESHOLD = 0.16;

    private SampleContent() {}

    /** Two arms over 180 days with weekly outputs. */
    public static ReportContent twoArms() {
        return twoArms("ONCO-2026-001");
    }

    /** Two arms of a patient. */
    public static ReportContent twoArms(String patientId) {
        LabelField tissue = tissue();
        SnapshotRecorder untreated = SnapshotRecorder.ofOutputs(weeks());
        SnapshotRecorder treated = SnapshotRecorder.ofOutputs(weeks());
        RunResult grown = run(List.of(), untreated);
        RunResult irradiated = run(List.of(radiation()), treated);
        AnatomySlices anatomy = AnatomySlices.cut(
                untreated.extractor().orElseThrow(),
                "T1-weighted MRI (made up)",
                Optional.of(image(tissue)),
                Optional.of(tissue));
        return new ReportContent(
                "Glioma: 60 Gy in 30 fractions against no treatment",
                "gbm-001",
                patientId,
                new TreeMap<>(
                        Map.of("Age", "62 a", "Grid", GRID.describe(), "Horizon", "180 d", "Outputs", "every 7 d")),
                List.of("The tumour is synthetic, and here the anatomy is too."),
                OptionalDouble.of(THRESHOLD),
                Optional.of(anatomy),
                List.of(
                        new Arm("No treatment", grown, untreated.snapshots()),
                        new Arm("Radiotherapy", irradiated, treated.snapshots())));
    }

    /** One arm of a model without space. */
    public static ReportContent withoutSpace() {
        return new ReportContent(
                "Logistic growth",
                "logistic-1",
                "",
                new TreeMap<>(),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(new Arm("Growth", run(List.of(), new SnapshotRecorder(List.of())), List.of())));
    }

    /** Weekly outputs to day 180. */
    public static List<SimulationTime> weeks() {
        List<SimulationTime> times = new ArrayList<>();
        for (int day = 0; day < 180; day += 7) {
            times.add(SimulationTime.ofDays(day));
        }
        times.add(SimulationTime.ofDays(180));
        return times;
    }

    private static RunResult run(List<CourseSummary> courses, SnapshotRecorder recorder) {
        List<Double> volumes = new ArrayList<>();
        List<Double> burdens = new ArrayList<>();
        State state = State.at(SimulationTime.ZERO);
        for (SimulationTime time : weeks()) {
            int fractions = 0;
            for (CourseSummary course : courses) {
                for (TreatmentEvent event : course.events()) {
                    fractions += event.time().isAfter(time) ? 0 : 1;
                }
            }
            double radius = 9 + 0.08 * time.days() - 0.2 * fractions;
            double peak = Math.min(0.95, 0.45 * Math.exp(GROWTH * time.days() + fractions * Math.log(SURVIVAL)));
            Field tumour = ellipsoid(radius, peak);
            double voxel = GRID.voxelVolume();
            double volume = 0;
            for (int n = 0; n < GRID.size(); n++) {
                volume += tumour.value(n) >= THRESHOLD ? voxel : 0;
            }
            volumes.add(volume);
            burdens.add(tumour.sum() * voxel);
            state = State.at(time)
                    .with(List.of(new FieldComponent(Quantity.TUMOUR_CELLULARITY, "reaction-diffusion", 1, tumour)));
            recorder.output(new Output(time, Map.of(), state));
        }
        Trajectory trajectory = new Trajectory(
                weeks(),
                List.of(new Series(Quantity.TUMOUR_BURDEN, burdens), new Series(Quantity.TUMOUR_VOLUME, volumes)));
        return new RunResult(
                trajectory,
                state,
                courses,
                List.of(),
                List.of(),
                List.of(
                        "No mass effect: tissue does not move when the tumour grows.",
                        "Diffusion is the same in all directions."),
                provenance(courses));
    }

    private static Provenance provenance(List<CourseSummary> courses) {
        List<UsedParameter> parameters = new ArrayList<>(List.of(
                new UsedParameter(
                        "reaction-diffusion",
                        "proliferation",
                        0.05,
                        "/d",
                        "case",
                        "Rate at which cells divide where there are few",
                        "Swanson et al. 2008, range for high-grade glioma"),
                new UsedParameter(
                        "reaction-diffusion",
                        "diffusion.white",
                        0.1,
                        "mm2/d",
                        "case",
                        "How fast cells spread in white matter",
                        "Swanson et al. 2000"),
                new UsedParameter(
                        "reaction-diffusion",
                        "volume_threshold",
                        THRESHOLD,
                        "1",
                        "default",
                        "Cellularity from which on tissue counts to the tumour's volume",
                        "T2 visibility, Swanson et al. 2008")));
        List<PluginIdentity> plugins = new ArrayList<>(List.of(new PluginIdentity(
                PluginKind.GROWTH,
                "reaction-diffusion",
                "1.0.0",
                "org.oncotwin.model.reaction.diffusion",
                "7d1e0c9b".repeat(8))));
        if (!courses.isEmpty()) {
            parameters.add(new UsedParameter(
                    "radiation-lq",
                    "alpha",
                    0.03,
                    "/Gy",
                    "case",
                    "Linear coefficient of the linear-quadratic model",
                    "Rockne et al. 2010"));
            plugins.add(new PluginIdentity(
                    PluginKind.TREATMENT,
                    "radiation-lq",
                    "1.0.0",
                    "org.oncotwin.treatment.radiation.lq",
                    "31af55e2".repeat(8)));
        }
        return new Provenance(
                "a4c3".repeat(16),
                plugins,
                "1.0.0",
                "90be".repeat(16),
                "17.0.17+10",
                1,
                parameters,
                new TreeMap<>(Map.of("tissue.nii.gz", "5f02".repeat(16))),
                List.of(
                        new SolverUse(
                                "grid", 54, 1860, 0, 1860, OptionalDouble.of(1e-4), OptionalDouble.of(3.1e-5), 0.1),
                        new SolverUse(
                                "fixed-steps",
                                2,
                                20,
                                0,
                                20,
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                0.5,
                                List.of("the equations seem stiff"))),
                (courses.isEmpty() ? "1122" : "3344").repeat(16));
    }

    private static CourseSummary radiation() {
        List<TreatmentEvent> events = new ArrayList<>();
        for (int day = FIRST_FRACTION; events.size() < 30; day++) {
            if (day % 7 < 5) {
                events.add(new TreatmentEvent(
                        SimulationTime.ofDays(day), "fraction " + (events.size() + 1) + " of 30", 2, "Gy"));
            }
        }
        return new CourseSummary(
                "radiation-lq",
                "Radiotherapy, linear-quadratic",
                events,
                List.of(
                        new CourseFact("total_dose", "Total dose", 60, "Gy"),
                        new CourseFact("bed", "Biologically effective dose", 72, "Gy"),
                        new CourseFact("eqd2", "Equivalent dose in 2 Gy fractions", 60, "Gy"),
                        new CourseFact("fractions", "Fractions", 30, "1")),
                List.of());
    }

    private static Field ellipsoid(double radius, double peak) {
        double[] values = new double[GRID.size()];
        int n = 0;
        for (int k = 0; k < GRID.nz(); k++) {
            for (int j = 0; j < GRID.ny(); j++) {
                for (int i = 0; i < GRID.nx(); i++) {
                    double[] p = GRID.affine().apply(i, j, k);
                    double distance =
                            Math.sqrt(square((p[0] - 30) / 1.2) + square((p[1] + 10) / 1.5) + square(p[2] - 20));
                    values[n++] = peak / (1 + Math.exp((distance - radius) / 3)) * (head(p) < 0.95 ? 1 : 0);
                }
            }
        }
        return Field.owning(GRID, values);
    }

    private static LabelField tissue() {
        byte[] labels = new byte[GRID.size()];
        int n = 0;
        for (int k = 0; k < GRID.nz(); k++) {
            for (int j = 0; j < GRID.ny(); j++) {
                for (int i = 0; i < GRID.nx(); i++) {
                    double[] p = GRID.affine().apply(i, j, k);
                    double depth = head(p) + 0.05 * Math.sin(p[0] / 5) * Math.sin(p[1] / 6) * Math.cos(p[2] / 5);
                    boolean ventricle =
                            square((Math.abs(p[0]) - 12) / 6) + square((p[1] + 15) / 32) + square(p[2] / 14) < 1;
                    labels[n++] = (byte) (head(p) > 1 ? 0 : ventricle || depth > 0.96 ? 1 : depth > 0.8 ? 2 : 3);
                }
            }
        }
        return LabelField.owning(GRID, labels, Map.of("csf", 1, "grey", 2, "white", 3));
    }

    private static Field image(LabelField tissue) {
        double[] values = new double[GRID.size()];
        for (int n = 0; n < values.length; n++) {
            values[n] = 60 * tissue.label(n) + (tissue.label(n) == 0 ? 0 : 8 * Math.sin(0.7 * n));
        }
        return Field.owning(GRID, values);
    }

    /** Below 1 inside the head. */
    private static double head(double[] p) {
        return Math.sqrt(square(p[0] / 68) + square((p[1] + 18) / 84) + square((p[2] - 10) / 66));
    }

    private static double square(double value) {
        return value * value;
    }
}
