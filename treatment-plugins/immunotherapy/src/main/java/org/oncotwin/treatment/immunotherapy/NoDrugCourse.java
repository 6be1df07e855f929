package org.oncotwin.treatment.immunotherapy;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** A course without drug: it changes no bit of a run. */
final class NoDrugCourse implements Course {

    @Override
    public List<TreatmentEvent> events() {
        return List.of();
    }

    @Override
    public List<CourseFact> facts() {
        return List.of(new CourseFact("total_dose", "Total dose", 0, "mg"));
    }

    @Override
    public Set<EffectPort<?>> idlePorts() {
        return Checkpoint.portsWithout(Set.of());
    }

    @Override
    public List<SimulationTime> breakpoints(Interval interval) {
        return List.of();
    }
}
