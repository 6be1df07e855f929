package org.oncotwin.treatment.chemotherapy;

import java.util.HashMap;
import java.util.Map;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;

/** Courses of tests. */
final class Courses {

    static final Setting PATIENT = TestDrugs.patient(1.62, 64, 90);

    private Courses() {}

    static CourseRequest request(
            String drug, Map<String, Double> numbers, Map<String, String> words, Pharmacokinetics pharmacokinetics) {
        Map<String, Double> all = new HashMap<>(Map.of("cycles", 6.0, "infusion_time", 0.0));
        all.putAll(numbers);
        Map<String, String> choices = new HashMap<>(Map.of(
                "drug", drug,
                "schedule", "every-3-weeks",
                "route", "intravenous",
                "phase", "none",
                "acting_site", "plasma",
                "kill_model", "log-kill"));
        choices.putAll(words);
        return new CourseRequest(
                SimulationTime.ofDays(2.375), StudyCalendar.MONDAY, Inputs.of(all, choices), pharmacokinetics);
    }

    static CourseRequest request(String drug, Map<String, Double> numbers, Map<String, String> words) {
        return request(drug, numbers, words, TestDrugs.TYPICAL);
    }

    static Parameters parameters(Map<String, Double> given) {
        return Parameters.resolve(
                new ChemotherapyModality().description().plugin().parameters(), given);
    }

    static Course plan(Setting patient, CourseRequest request, Map<String, Double> parameters) {
        return new ChemotherapyModality()
                .plan(patient, request, parameters(parameters), TestContext.of("course", DirectSolvers.none()));
    }

    static Course plan(CourseRequest request) {
        return plan(PATIENT, request, Map.of("kill_rate", 0.5));
    }

    static double fact(Course course, String name) {
        return course.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
