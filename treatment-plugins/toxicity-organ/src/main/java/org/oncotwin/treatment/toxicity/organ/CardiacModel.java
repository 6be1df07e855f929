package org.oncotwin.treatment.toxicity.organ;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.oncotwin.api.pharmacokinetics.PatientCovariates;
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
import org.osgi.service.component.annotations.Component;

/** Probability of heart failure by the cumulative dose of drugs such as doxorubicin. */
@Component(service = ToxicityModel.class)
@ToxicityModelPlugin("cardiac")
public final class CardiacModel implements ToxicityModel {

    private static final String SECTION = "cardiac";
    private static final String TERM = "Heart failure";
    private static final String CURVE = "heart-failure.probability";
    private static final int GRADE = 3;

    static final ParameterDescription MEDIAN = ParameterDescription.required(
            "median_dose",
            "mg/m2",
            1,
            1e5,
            "Cumulative dose at which half of the patients have heart failure",
            "The drug file");

    static final ParameterDescription STEEPNESS = ParameterDescription.required(
            "steepness", "1", 0.1, 50, "Slope of the log odds over the natural logarithm of the dose", "The drug file");

    static final ParameterDescription THRESHOLD = ParameterDescription.optional(
            "reported_probability",
            "1",
            0.5,
            0.01,
            0.99,
            "Probability from which on heart failure is reported as an adverse event",
            "0.5: more likely than not in a patient of whom no more is known; a choice, not a finding");

    private static final ToxicityModelDescription DESCRIPTION = new ToxicityModelDescription(
            new PluginDescription(
                    "cardiac",
                    "Heart failure by cumulative dose",
                    "Research use: probability of heart failure in adults who get doxorubicin every three weeks.",
                    List.of(
                            "A probability among patients of the same dose, not a course of disease: when it breaks out, years later too, is left out.",
                            "Age, earlier heart disease, radiation of the chest, trastuzumab and dexrazoxane change the risk and are left out; so are doses before the run.",
                            "Heart failure is reported as grade 3, symptoms at rest or with minimal exertion, from a probability on that the case may choose."),
                    List.of(THRESHOLD),
                    List.of(
                            "Swain SM, Whaley FS, Ewer MS 2003. Congestive heart failure in patients treated with doxorubicin: a retrospective analysis of three trials. Cancer 97:2869-2879. https://doi.org/10.1002/cncr.11407",
                            "Common Terminology Criteria for Adverse Events (CTCAE) v5.0. National Cancer Institute, 27 November 2017")),
            SECTION,
            List.of(MEDIAN, STEEPNESS),
            List.of(TERM),
            "probability = 1 / (1 + (median dose / dose)^steepness); of several drugs, 1 - product of (1 - probability)",
            Set.of());

    /** Keeps nothing. */
    public CardiacModel() {}

    @Override
    public ToxicityModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Toxicity assess(Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        List<String> remarks = new ArrayList<>();
        List<ToxicExposure> known =
                CumulativeDoses.known(exposures, DESCRIPTION.drugParameters(), "harm to the heart", remarks);
        if (known.isEmpty()) {
            return new Toxicity(List.of(), List.of(), remarks);
        }
        context.cancellation().check();
        Curve probability = Incidence.curve(
                CumulativeDoses.of(known, PatientCovariates.require(setting, Covariate.BODY_SURFACE_AREA)),
                CURVE,
                "Probability of heart failure",
                (numbers, dose) -> Incidence.of(dose, numbers.value(MEDIAN.name()), numbers.value(STEEPNESS.name())),
                context.horizon());
        return new Toxicity(List.of(probability), events(probability, checked.value(THRESHOLD.name())), remarks);
    }

    private static List<AdverseEvent> events(Curve curve, double threshold) {
        OptionalDouble start = Incidence.firstDay(curve, threshold);
        if (start.isEmpty()) {
            return List.of();
        }
        int last = curve.days().size() - 1;
        return List.of(new AdverseEvent(
                TERM,
                GRADE,
                false,
                start.getAsDouble(),
                curve.days().get(last),
                curve.values().get(last),
                "1",
                CURVE + " at least " + threshold,
                "Swain et al. 2003, Cancer 97:2869-2879; grade of symptomatic heart failure by CTCAE v5.0"));
    }
}
