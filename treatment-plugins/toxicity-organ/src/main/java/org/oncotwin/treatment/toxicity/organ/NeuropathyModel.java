package org.oncotwin.treatment.toxicity.organ;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.oncotwin.api.pharmacokinetics.PatientCovariates;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.toxicity.ToxicityModelPlugin;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.ctcae.DescribedGrade;
import org.osgi.service.component.annotations.Component;

/** Probability of peripheral sensory neuropathy, by grade and cumulative dose, of drugs such as oxaliplatin. */
@Component(service = ToxicityModel.class)
@ToxicityModelPlugin("neuropathy")
public final class NeuropathyModel implements ToxicityModel {

    private static final String SECTION = "neuropathy";
    private static final String TERM = "Peripheral sensory neuropathy";
    private static final int MODERATE = 2;
    private static final int SEVERE = 3;

    static final ParameterDescription MODERATE_MEDIAN = ParameterDescription.required(
            "median_dose_grade_2",
            "mg/m2",
            1,
            1e5,
            "Cumulative dose at which half of the patients have had neuropathy of grade 2 or more",
            "The drug file");

    static final ParameterDescription SEVERE_MEDIAN = ParameterDescription.required(
            "median_dose_grade_3",
            "mg/m2",
            1,
            1e5,
            "Cumulative dose at which half of the patients have had neuropathy of grade 3 or more; not below that of grade 2",
            "The drug file");

    static final ParameterDescription STEEPNESS = ParameterDescription.required(
            "steepness",
            "1",
            0.1,
            50,
            "Slope of the log odds over the natural logarithm of the dose, one for both grades",
            "The drug file");

    static final ParameterDescription THRESHOLD = ParameterDescription.optional(
            "reported_probability",
            "1",
            0.5,
            0.01,
            0.99,
            "Probability from which on neuropathy of a grade is reported as an adverse event",
            "0.5: more likely than not in a patient of whom no more is known; a choice, not a finding");

    private static final ToxicityModelDescription DESCRIPTION = new ToxicityModelDescription(
            new PluginDescription(
                    "neuropathy",
                    "Peripheral sensory neuropathy by cumulative dose",
                    "Research use: probability of peripheral sensory neuropathy in adults who get adjuvant oxaliplatin every two or three weeks.",
                    List.of(
                            "A probability, among patients for whom the same dose was planned, that neuropathy of the grade has occurred by the end of treatment; not a course of disease.",
                            "Doses are those that were planned. In the trials doses were reduced or left out in those who had symptoms; a patient in whom none is left out is at higher risk than is computed.",
                            "Trials differ: the same three months of treatment gave grade 2 or more in 9 % to 36 % of patients (TOSCA, IDEA France).",
                            "Recovery is left out: most of it goes back (grade 3 in 12.4 % during treatment and in 1.1 % one year later, Andre 2004). So are worsening in the months after the last dose, the acute symptoms that cold brings about, and neuropathy before treatment.",
                            "Diabetes, age, genes, infusion time and breaks between cycles are left out; so are doses before the run.",
                            "Grade 1 and grade 4 are not told apart from no neuropathy and grade 3.",
                            "Several drugs are taken to harm independently of each other."),
                    List.of(THRESHOLD),
                    List.of(
                            "Grothey A et al 2018. Duration of adjuvant chemotherapy for stage III colon cancer. N Engl J Med 378:1177-1188. https://doi.org/10.1056/NEJMoa1713709",
                            "Andre T et al 2004. Oxaliplatin, fluorouracil, and leucovorin as adjuvant treatment for colon cancer. N Engl J Med 350:2343-2351. https://doi.org/10.1056/NEJMoa032709",
                            "Staff NP et al 2019. Platinum-induced peripheral neurotoxicity: from pathogenesis to treatment. J Peripher Nerv Syst 24(Suppl 2):S26-S39. https://doi.org/10.1111/jns.12335",
                            "Common Terminology Criteria for Adverse Events (CTCAE) v5.0. National Cancer Institute, 27 November 2017")),
            SECTION,
            List.of(MODERATE_MEDIAN, SEVERE_MEDIAN, STEEPNESS),
            List.of(TERM),
            "probability of a grade or more = 1 / (1 + (median dose of the grade / dose)^steepness); of several drugs, 1 - product of (1 - probability)",
            Set.of());

    /** Keeps nothing. */
    public NeuropathyModel() {}

    @Override
    public ToxicityModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Toxicity assess(Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        List<String> remarks = new ArrayList<>();
        List<ToxicExposure> known =
                CumulativeDoses.known(exposures, DESCRIPTION.drugParameters(), "harm to peripheral nerves", remarks);
        known.forEach(NeuropathyModel::refuseGradesOutOfOrder);
        if (known.isEmpty()) {
            return new Toxicity(List.of(), List.of(), remarks);
        }
        context.cancellation().check();
        CumulativeDoses doses =
                CumulativeDoses.of(known, PatientCovariates.require(setting, Covariate.BODY_SURFACE_AREA));
        Curve moderate = probability(doses, MODERATE, MODERATE_MEDIAN, context);
        Curve severe = probability(doses, SEVERE, SEVERE_MEDIAN, context);
        return new Toxicity(
                List.of(moderate, severe), events(moderate, severe, checked.value(THRESHOLD.name())), remarks);
    }

    private static void refuseGradesOutOfOrder(ToxicExposure exposure) {
        Parameters numbers = exposure.parameters().orElseThrow();
        double moderate = numbers.value(MODERATE_MEDIAN.name());
        double severe = numbers.value(SEVERE_MEDIAN.name());
        if (severe < moderate) {
            throw new InvalidInputException(
                    "drugs." + exposure.exposure().drug().id() + "." + SECTION + "." + SEVERE_MEDIAN.name(),
                    severe + " mg/m2 is not allowed; allowed is at least " + MODERATE_MEDIAN.name() + ", " + moderate
                            + " mg/m2");
        }
    }

    private static Curve probability(
            CumulativeDoses doses, int grade, ParameterDescription median, RunContext context) {
        return Incidence.curve(
                doses,
                "neuropathy.grade-" + grade + ".probability",
                "Probability of peripheral sensory neuropathy of grade " + grade + " or more",
                (numbers, dose) -> Incidence.of(dose, numbers.value(median.name()), numbers.value(STEEPNESS.name())),
                context.horizon());
    }

    /** Grade 2 from the day on which it is likely enough until grade 3 is, and grade 3 until the end of the run. */
    private static List<AdverseEvent> events(Curve moderate, Curve severe, double threshold) {
        double end = moderate.days().get(moderate.days().size() - 1);
        OptionalDouble first = Incidence.firstDay(moderate, threshold);
        OptionalDouble second = Incidence.firstDay(severe, threshold);
        List<AdverseEvent> events = new ArrayList<>();
        if (first.isPresent() && first.getAsDouble() < second.orElse(Double.POSITIVE_INFINITY)) {
            events.add(event(MODERATE, moderate, first.getAsDouble(), second.orElse(end), threshold));
        }
        if (second.isPresent()) {
            events.add(event(SEVERE, severe, second.getAsDouble(), end, threshold));
        }
        return events;
    }

    private static AdverseEvent event(int grade, Curve curve, double from, double to, double threshold) {
        DescribedGrade described = DescribedGrade.of(TERM, grade);
        return new AdverseEvent(
                TERM,
                grade,
                described.haematological(),
                from,
                to,
                curve.at(to),
                "1",
                curve.name() + " at least " + threshold + " (" + described.wording() + ")",
                DescribedGrade.SOURCE);
    }
}
