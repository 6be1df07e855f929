package org.oncotwin.treatment.targeted;

import java.util.List;
import java.util.Map;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.TreatmentModalityContractTest;

class TargetedContractTest extends TreatmentModalityContractTest {

    @Override
    protected TreatmentModality newModality() {
        return new TargetedModality();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("proliferation", 0.05);
    }

    @Override
    protected Setting setting() {
        return Plans.marked("EGFR", "L858R");
    }

    @Override
    protected CourseRequest request() {
        return course(150, 300, 8);
    }

    @Override
    protected List<CourseRequest> zeroDoses() {
        return List.of(course(0, 0, 8), course(150, 300, 0));
    }

    @Override
    protected List<CourseRequest> risingDoses() {
        return List.of(course(50, 0, 8), course(150, 0, 8), course(150, 300, 8), course(150, 300, 10));
    }

    @Override
    protected Interval horizon() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(20));
    }

    private static CourseRequest course(double dose, double pulse, double days) {
        return new CourseRequest(
                SimulationTime.ofDays(2),
                StudyCalendar.MONDAY,
                Plans.inputs(
                        "erlotinib",
                        "oral",
                        Map.of("dose", dose, "pulse_dose", pulse, "days", days, "pulse_interval", 4.0)),
                Exponentials.pharmacokinetics(1));
    }
}
