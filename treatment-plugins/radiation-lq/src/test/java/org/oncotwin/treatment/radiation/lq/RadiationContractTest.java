package org.oncotwin.treatment.radiation.lq;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.TreatmentModalityContractTest;

@Tag("SR-405")
class RadiationContractTest extends TreatmentModalityContractTest {

    @Override
    protected TreatmentModality newModality() {
        return new RadiationModality();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("alpha", 0.03);
    }

    @Override
    protected CourseRequest request() {
        return course(30, 2);
    }

    @Override
    protected List<CourseRequest> zeroDoses() {
        return List.of(course(0, 2), course(30, 0), course(0, 0));
    }

    @Override
    protected List<CourseRequest> risingDoses() {
        return List.of(course(30, 0), course(30, 1), course(30, 2), course(30, 20));
    }

    @Override
    protected Interval horizon() {
        return new Interval(SimulationTime.ofDays(3), SimulationTime.ofDays(60));
    }

    private static CourseRequest course(double fractions, double dose) {
        return new CourseRequest(
                SimulationTime.ofDays(7.375),
                StudyCalendar.MONDAY,
                Inputs.of(Map.of("fractions", fractions, "dose_per_fraction", dose), Map.of("days", "weekdays")));
    }
}
