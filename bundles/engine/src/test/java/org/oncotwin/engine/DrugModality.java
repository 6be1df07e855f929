package org.oncotwin.engine;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** One dose of 100 mg that kills at a rate equal to its concentration in mg/L, per day. */
final class DrugModality implements TreatmentModality {

    static final String ID = "drug-course";

    @Override
    public TreatmentModalityDescription description() {
        return new TreatmentModalityDescription(
                new PluginDescription(ID, "Drug", "Tests of the engine.", List.of(), List.of(), List.of()),
                List.of(InputDescription.drug("drug", "which")),
                List.of(),
                Set.of(EffectPort.KILL_RATE),
                1,
                "");
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        String id = request.inputs().choice("drug");
        List<Administration> doses = List.of(new Administration(request.start(), 0, 100, Route.INTRAVENOUS));
        Disposition disposition = request.pharmacokinetics().disposition(id, doses);
        return new Course() {
            @Override
            public List<TreatmentEvent> events() {
                return List.of(new TreatmentEvent(request.start(), "dose", 100, "mg"));
            }

            @Override
            public List<CourseFact> facts() {
                return List.of();
            }

            @Override
            public List<Curve> curves(Interval interval) {
                return List.of(
                        Curve.of(id + ".plasma", id, "mg/L", disposition.concentration(Disposition.PLASMA), interval));
            }

            @Override
            public List<DrugExposure> exposures() {
                return List.of(new DrugExposure(request.pharmacokinetics().drug(id), "", doses, disposition));
            }

            @Override
            public List<SimulationTime> breakpoints(Interval interval) {
                return interval.contains(request.start()) ? List.of(request.start()) : List.of();
            }

            @Override
            public Effects effects(State state, Interval interval) {
                return Effects.of(
                        EffectPort.KILL_RATE, KillRate.uniform(disposition.concentration(Disposition.PLASMA)));
            }
        };
    }
}
