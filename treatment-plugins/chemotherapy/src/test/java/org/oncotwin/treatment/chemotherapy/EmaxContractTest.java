package org.oncotwin.treatment.chemotherapy;

import java.util.List;
import java.util.Map;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.TreatmentModalityContractTest;

class EmaxContractTest extends TreatmentModalityContractTest {

    @Override
    protected TreatmentModality newModality() {
        return new ChemotherapyModality();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("maximum_kill_rate", 2.0, "half_maximum_concentration", 0.5, "hill_exponent", 1.5);
    }

    @Override
    protected Setting setting() {
        return Courses.PATIENT;
    }

    @Override
    protected CourseRequest request() {
        return course(75, 4);
    }

    @Override
    protected List<CourseRequest> zeroDoses() {
        return List.of(course(0, 4), course(75, 0));
    }

    @Override
    protected List<CourseRequest> risingDoses() {
        return List.of(course(0, 4), course(25, 4), course(75, 4), course(10_000, 4));
    }

    @Override
    protected Interval horizon() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(90));
    }

    private static CourseRequest course(double dose, double cycles) {
        return Courses.request(
                "cisplatin",
                Map.of("dose_per_area", dose, "cycles", cycles, "infusion_time", 1.0),
                Map.of("kill_model", "emax"));
    }
}
