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
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.toxicity.ToxicityModelPlugin;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.ctcae.Grading;
import org.oncotwin.ctcae.Limits;
import org.osgi.service.component.annotations.Component;

/** Filtration by the kidneys that is lost for good with the cumulative dose of drugs such as cisplatin, and creatinine in serum, which rises as filtration falls. */
@Component(service = ToxicityModel.class)
@ToxicityModelPlugin("renal")
public final class RenalModel implements ToxicityModel {

    private static final String SECTION = "renal";
    private static final String TERM = "Creatinine increased";

    /** Below this share of filtration creatinine says no more; dialysis starts before. */
    private static final double LEAST_FILTRATION = 0.02;

    static final ParameterDescription LOSS = ParameterDescription.required(
            "filtration_loss", "m2/mg", 0, 0.1, "Relative loss of glomerular filtration with 1 mg/m2", "The drug file");

    static final ParameterDescription UPPER_LIMIT = ParameterDescription.optional(
            "creatinine_upper_limit",
            "mg/dL",
            1.2,
            0.1,
            5,
            "Upper limit of normal of creatinine in serum",
            "Assumption: a customary limit for adults; the laboratory's own belongs here");

    static final ParameterDescription USUAL = ParameterDescription.optional(
            "usual_creatinine",
            "mg/dL",
            0.9,
            0.1,
            5,
            "Creatinine in serum before treatment if that of the patient is not known",
            "Assumption: within the normal range of adults");

    private static final ToxicityModelDescription DESCRIPTION = new ToxicityModelDescription(
            new PluginDescription(
                    "renal",
                    "Loss of renal filtration",
                    "Research use: loss of glomerular filtration after cumulative doses of cisplatin with hydration.",
                    List.of(
                            "Filtration falls while a dose flows in and stays where it is: the days over which it falls, and what comes back, are left out.",
                            "Creatinine follows filtration at once and in inverse proportion; loss of muscle, which lowers it, is left out.",
                            "Single doses far above 100 mg/m2 harm more than the same dose in parts does: 200 mg/m2 per cycle took 38 % of filtration with 600 mg/m2 (Daugaard 1988), where 452 mg/m2 in usual cycles took 12.5 % (Fjeldborg 1986).",
                            "Electrolytes and tubules are left out."),
                    List.of(UPPER_LIMIT, USUAL),
                    List.of(
                            "Fjeldborg P, Sorensen J, Helkjaer PE 1986. The long-term effect of cisplatin on renal function. Cancer 58:2214-2217",
                            "Daugaard G, Rossing N, Rorth M 1988. Effects of cisplatin on different measures of glomerular function in the human kidney with special emphasis on high-dose. Cancer Chemother Pharmacol 21:163-167",
                            "Common Terminology Criteria for Adverse Events (CTCAE) v5.0. National Cancer Institute, 27 November 2017")),
            SECTION,
            List.of(LOSS),
            List.of(TERM),
            "filtration = before exp(-loss dose), creatinine = before / (filtration / before)",
            Set.of());

    /** Keeps nothing. */
    public RenalModel() {}

    @Override
    public ToxicityModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Toxicity assess(Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        List<String> remarks = new ArrayList<>();
        List<ToxicExposure> known =
                CumulativeDoses.known(exposures, DESCRIPTION.drugParameters(), "harm to kidneys", remarks);
        if (known.isEmpty()) {
            return new Toxicity(List.of(), List.of(), remarks);
        }
        context.cancellation().check();
        OptionalDouble measured = PatientCovariates.of(setting, Covariate.SERUM_CREATININE);
        if (measured.isEmpty()) {
            remarks.add("Creatinine before treatment is not known; " + checked.value(USUAL.name())
                    + " mg/dL is taken for it.");
        }
        double baseline = measured.orElse(checked.value(USUAL.name()));
        CumulativeDoses doses =
                CumulativeDoses.of(known, PatientCovariates.require(setting, Covariate.BODY_SURFACE_AREA));
        CumulativeDoses.Effect loss = (numbers, dose) -> numbers.value(LOSS.name()) * dose;
        Curve filtration = doses.curve(
                "filtration",
                "Glomerular filtration over that before treatment",
                "1",
                loss,
                RenalModel::share,
                context.horizon());
        Curve creatinine = doses.curve(
                "creatinine", "Creatinine in serum", "mg/dL", loss, sum -> baseline / share(sum), context.horizon());
        return new Toxicity(
                List.of(filtration, creatinine),
                Grading.events(TERM, creatinine, new Limits(0, checked.value(UPPER_LIMIT.name()), baseline)),
                remarks);
    }

    private static double share(double loss) {
        return Math.max(LEAST_FILTRATION, StrictMath.exp(-loss));
    }
}
