package org.oncotwin.treatment.immunotherapy;

import java.util.List;
import java.util.Map;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.TreatmentModalityContractTest;

class ImmunotherapyContractTest extends TreatmentModalityContractTest {

    @Override
    protected TreatmentModality newModality() {
        return new ImmunotherapyModality();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    protected CourseRequest request() {
        return course(200, 3);
    }

    @Override
    protected List<CourseRequest> zeroDoses() {
        return List.of(course(0, 3), course(200, 0));
    }

    @Override
    protected List<CourseRequest> risingDoses() {
        return List.of(course(100, 3), course(200, 3), course(200, 4));
    }

    @Override
    protected Interval horizon() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(100));
    }

    private static CourseRequest course(double amount, double doses) {
        return new CourseRequest(
                SimulationTime.ofDays(2),
                StudyCalendar.MONDAY,
                Inputs.of(
                        Map.of("flat_dose", amount, "doses", doses, "interval", 21.0, "infusion_time", 0.5),
                        Map.of("drug", "pembrolizumab")),
                TwoCompartments.pharmacokinetics(1));
    }
}
