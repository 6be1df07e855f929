package ${package};

import java.util.List;
import java.util.Map;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.TreatmentModalityContractTest;

/** The laws that every treatment obeys, for a typical course. */
class LogKillContractTest extends TreatmentModalityContractTest {

    private static CourseRequest course(double doses, double dose) {
        return new CourseRequest(
                SimulationTime.ofDays(3),
                StudyCalendar.MONDAY,
                Inputs.of(Map.of("doses", doses, "dose", dose, "every", 7.0), Map.of()));
    }

    @Override
    protected TreatmentModality newModality() {
        return new LogKillModality();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("log_kill_per_dose", 0.05);
    }

    @Override
    protected CourseRequest request() {
        return course(3, 20);
    }

    @Override
    protected List<CourseRequest> zeroDoses() {
        return List.of(course(3, 0), course(0, 20));
    }

    @Override
    protected List<CourseRequest> risingDoses() {
        return List.of(course(3, 0), course(3, 10), course(3, 20), course(3, 100));
    }

    @Override
    protected Interval horizon() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(30));
    }
}
