package org.oncotwin.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** The drug of the course as a treatment, for measuring what the engine adds. */
final class DrugModality implements TreatmentModality {

    static final String ID = "benchmark-drug";
    static final String SENSITIVITY = "sensitivity";

    @Override
    public TreatmentModalityDescription description() {
        return new TreatmentModalityDescription(
                new PluginDescription(
                        ID,
                        "Drug of the benchmark",
                        "Benchmarks.",
                        List.of(),
                        List.of(ParameterDescription.required(
                                SENSITIVITY, "/d", 0, 10, "kill rate after the largest dose", "arXiv:2505.00670")),
                        List.of()),
                List.of(),
                List.of(),
                Set.of(EffectPort.KILL_RATE),
                1,
                "k(t) = sum_j k_j exp(-lambda (t - t_j))");
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        return new DrugCourse(GliomaCourse.drug(parameters.value(SENSITIVITY)));
    }

    private record DrugCourse(Doses doses, Effects effects) implements Course {

        DrugCourse(Doses doses) {
            this(doses, Effects.of(EffectPort.KILL_RATE, KillRate.uniform(doses)));
        }

        @Override
        public List<TreatmentEvent> events() {
            return Arrays.stream(doses.days())
                    .mapToObj(SimulationTime::ofDays)
                    .map(time -> new TreatmentEvent(time, "dose", 1, "1"))
                    .toList();
        }

        @Override
        public List<CourseFact> facts() {
            return List.of();
        }

        /** None: what the doses do to the rate is known beforehand, and the rate says where it jumps. */
        @Override
        public List<SimulationTime> breakpoints(Interval interval) {
            return List.of();
        }

        @Override
        public Effects effects(State state, Interval interval) {
            return effects;
        }
    }
}
