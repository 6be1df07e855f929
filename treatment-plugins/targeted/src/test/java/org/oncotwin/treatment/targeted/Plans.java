package org.oncotwin.treatment.targeted;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;

/** Courses for tests, from day 0 of a run. */
final class Plans {

    private static final Map<String, Double> NUMBERS = Map.of(
            "dose", 150.0,
            "dose_interval", 1.0,
            "days", 365.0,
            "pulse_dose", 0.0,
            "pulse_interval", 7.0,
            "pulse_days", 1.0,
            "infusion_time", 0.0);

    private Plans() {}

    static Inputs inputs(String drug, String route, Map<String, Double> numbers) {
        Map<String, Double> all = new HashMap<>(NUMBERS);
        all.putAll(numbers);
        return Inputs.of(all, Map.of("drug", drug, "route", route));
    }

    static Setting marked(String gene, String finding) {
        return new Setting(Optional.empty(), new TreeMap<>(), new TreeMap<>(Map.of(gene, finding)));
    }

    /** Erlotinib for a tumour with L858R. */
    static Course erlotinib(Map<String, Double> numbers, Map<String, Double> parameters) {
        return plan(marked("EGFR", "L858R"), "erlotinib", numbers, parameters);
    }

    static Course plan(Setting setting, String drug, Map<String, Double> numbers, Map<String, Double> parameters) {
        return plan(setting, inputs(drug, "oral", numbers), parameters, Exponentials.pharmacokinetics(1), 365);
    }

    static Course plan(
            Setting setting, Inputs inputs, Map<String, Double> given, Pharmacokinetics drugs, double horizon) {
        TargetedModality modality = new TargetedModality();
        Map<String, Double> all = new HashMap<>(Map.of("proliferation", 0.02));
        all.putAll(given);
        Parameters parameters =
                Parameters.resolve(modality.description().plugin().parameters(), all);
        return modality.plan(
                setting,
                new CourseRequest(SimulationTime.ZERO, StudyCalendar.MONDAY, inputs, drugs),
                parameters,
                TestContext.of(
                        "targeted",
                        DirectSolvers.none(),
                        Cancellation.NEVER,
                        new Interval(SimulationTime.ZERO, SimulationTime.ofDays(horizon)),
                        java.util.OptionalDouble.empty()));
    }

    static Map<String, Double> facts(Course course) {
        return course.facts().stream().collect(Collectors.toMap(CourseFact::name, CourseFact::value));
    }

    static Effects effects(Course course) {
        return course.effects(
                State.at(SimulationTime.ZERO), new Interval(SimulationTime.ZERO, SimulationTime.ofDays(1)));
    }

    /** Logarithm of the cells over those on day 0, of a tumour that grows exponentially at a rate. */
    static double logCells(Course course, double proliferation, double day) {
        Effects effects = effects(course);
        return proliferation * effects.get(EffectPort.PROLIFERATION_FACTOR).integral(0, day)
                - effects.get(EffectPort.KILL_RATE).uniformRate().integral(0, day);
    }

    /**
     * Day on which an exponentially growing tumour's diameter is a fifth above its smallest one (Response Evaluation Criteria in Solid Tumours, Eisenhauer et al 2009, Eur J Cancer 45:228): its volume is 1.2^3 of the smallest.
     */
    static double progression(Course course, double proliferation, double last) {
        double least = 0;
        for (double day = 0.25; day <= last; day += 0.25) {
            double log = logCells(course, proliferation, day);
            least = Math.min(least, log);
            if (log >= least + 3 * Math.log(1.2)) {
                return day;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
