package org.oncotwin.treatment.radiation.lq;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.TreatmentModalityContractTest;

@Tag("SR-405")
class RadiationDoseMapContractTest extends TreatmentModalityContractTest {

    private static final Grid GRID = new Grid(4, 3, 2, Affine.scaling(2, 2, 2.5));

    @Override
    protected TreatmentModality newModality() {
        return new RadiationModality();
    }

    @Override
    protected Setting setting() {
        return Setting.of(new Anatomy(Mask.all(GRID), Optional.empty()));
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("alpha", 0.1, "alpha_beta", 3.0);
    }

    @Override
    protected CourseRequest request() {
        return course(5, 5, 25);
    }

    @Override
    protected List<CourseRequest> zeroDoses() {
        return List.of(course(5, 0, 0), course(0, 5, 0));
    }

    @Override
    protected List<CourseRequest> risingDoses() {
        return List.of(course(5, 1, 5), course(5, 5, 25), course(5, 5, 30));
    }

    @Override
    protected Interval horizon() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(20));
    }

    private static CourseRequest course(double fractions, double dose, double largest) {
        double[] map = new double[GRID.size()];
        for (int index = 0; index < map.length; index++) {
            map[index] = largest * (1 - index / 30.0);
        }
        return new CourseRequest(
                SimulationTime.ofDays(2),
                StudyCalendar.MONDAY,
                new Inputs(
                        new TreeMap<>(Map.of("fractions", fractions, "dose_per_fraction", dose)),
                        new TreeMap<>(Map.of("days", "every-other-day")),
                        new TreeMap<>(Map.of("dose_map", Field.of(GRID, map)))));
    }
}
