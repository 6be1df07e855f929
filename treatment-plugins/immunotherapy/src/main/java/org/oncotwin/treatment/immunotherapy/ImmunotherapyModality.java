package org.oncotwin.treatment.immunotherapy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.effect.DrivesEffect;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.NeedsPharmacokinetics;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.treatment.TreatmentModalityPlugin;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Antibodies against PD-1, PD-L1 or CTLA-4: what they do is the concentration at the tumour over the dissociation constant, over time. */
@Component(service = TreatmentModality.class)
@TreatmentModalityPlugin("immunotherapy")
@NeedsPharmacokinetics
@DrivesEffect(EffectNames.PD1_BLOCKADE)
@DrivesEffect(EffectNames.PDL1_BLOCKADE)
@DrivesEffect(EffectNames.CTLA4_BLOCKADE)
public final class ImmunotherapyModality implements TreatmentModality {

    static final ParameterDescription PENETRATION_FACTOR = ParameterDescription.optional(
                    "penetration_factor",
                    "1",
                    1,
                    0.01,
                    5,
                    "Factor on the tumour penetration ratio of the drug, for this tumour against an average one",
                    "1 is the drug file's ratio. Antibody uptake differs severalfold between lesions of one patient "
                            + "(Thurber et al 2008); that the spread is log-normal with sigma 0.5 is an assumption")
            .withPrior(Prior.logNormal(1, 0.5));

    static final InputDescription DRUG = InputDescription.drug(
            "drug", "The antibody; its file needs a section immunotherapy and one for the pharmacokinetic model");

    static final InputDescription DOSE_PER_WEIGHT = optional(
            "dose_per_weight",
            "mg/kg",
            50,
            "Dose per body weight; give either it or flat_dose. 0 is a course without drug");

    static final InputDescription FLAT_DOSE = optional(
            "flat_dose",
            "mg",
            5000,
            "Dose whatever the body weight; give either it or dose_per_weight. 0 is a course without drug");

    static final InputDescription INTERVAL = InputDescription.quantity(
            "interval", "d", 1, 365, "Time from the start of a dose to that of the next, such as 21 d");

    static final InputDescription DOSES =
            InputDescription.count("doses", 0, 200, "Number of doses; 0 is a course without drug");

    static final InputDescription INFUSION_TIME = InputDescription.quantity(
                    "infusion_time", "h", 0, 24, "How long each infusion takes; 0 h is at once")
            .withDefault("0.5 h");

    static final List<InputDescription> NUMBERS = List.of(DOSE_PER_WEIGHT, FLAT_DOSE, INTERVAL, DOSES, INFUSION_TIME);

    private static final TreatmentModalityDescription DESCRIPTION = new TreatmentModalityDescription(
            new PluginDescription(
                    "immunotherapy",
                    "Immunotherapy, checkpoint antibodies",
                    "Research use: blockade of PD-1, PD-L1 or CTLA-4 over time by approved antibodies given into a vein, at doses "
                            + "at which their disposition is linear; for growth models that say what T cells do when unblocked.",
                    List.of(
                            "Binding is at equilibrium and the antibody in excess: on and off rates, internalisation and the "
                                    + "amount of receptor are left out, so that the very first hours and troughs close to the "
                                    + "dissociation constant are approximate.",
                            "One-to-one binding with the dissociation constant of a cell-free assay: that an antibody has two arms "
                                    + "and ligands compete for the receptor is the growth model's matter or left out.",
                            "The tumour's concentration is a fixed share of that in plasma, without delay and the same everywhere, "
                                    + "unless the pharmacokinetic model has the tumour as a site of its own.",
                            "Clearance that falls over months as in the average patient is taken in where the drug's numbers say how "
                                    + "(nivolumab, ipilimumab); that it falls more in those who respond is left out.",
                            "Harm to healthy tissue and antibodies against the drug are left out."),
                    List.of(PENETRATION_FACTOR),
                    List.of(
                            "Ahamadi M et al 2017. Model-based characterization of the pharmacokinetics of pembrolizumab. CPT "
                                    + "Pharmacometrics Syst Pharmacol 6:49-57. https://doi.org/10.1002/psp4.12139",
                            "Bajaj G et al 2017. Model-based population pharmacokinetic analysis of nivolumab in patients with solid "
                                    + "tumors. CPT Pharmacometrics Syst Pharmacol 6:58-66. https://doi.org/10.1002/psp4.12143",
                            "Lindauer A et al 2017. Translational pharmacokinetic/pharmacodynamic modeling of tumor growth inhibition "
                                    + "supports dose-range selection of the anti-PD-1 antibody pembrolizumab. CPT Pharmacometrics "
                                    + "Syst Pharmacol 6:11-20. https://doi.org/10.1002/psp4.12130",
                            "Sanghavi K et al 2020. Population pharmacokinetics of ipilimumab in combination with nivolumab in patients "
                                    + "with advanced solid tumors. CPT Pharmacometrics Syst Pharmacol 9:29-39. "
                                    + "https://doi.org/10.1002/psp4.12477",
                            "Thurber GM, Schmidt MM, Wittrup KD 2008. Factors determining antibody distribution in tumors. Trends "
                                    + "Pharmacol Sci 29:57-61. https://doi.org/10.1016/j.tips.2007.11.004")),
            List.of(DRUG, DOSE_PER_WEIGHT, FLAT_DOSE, INTERVAL, DOSES, INFUSION_TIME),
            List.of(),
            Set.of(EffectPort.PD1_BLOCKADE, EffectPort.PDL1_BLOCKADE, EffectPort.CTLA4_BLOCKADE),
            1,
            "x(t) = C(t) R / (M Kd) with the concentration C in plasma, the tumour penetration ratio R, the molar mass M and the "
                    + "dissociation constant Kd; receptor occupancy x / (1 + x)");

    private static InputDescription optional(String name, String unit, double maximum, String description) {
        return new InputDescription(
                name,
                InputDescription.Kind.QUANTITY,
                unit,
                false,
                Optional.empty(),
                0,
                maximum,
                List.of(),
                description);
    }

    /** Keeps nothing. */
    public ImmunotherapyModality() {}

    @Override
    public TreatmentModalityDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else plans a course must not get around their bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        Prescription prescription = Prescription.of(setting, request);
        Drug drug = request.pharmacokinetics().drug(request.inputs().choice(DRUG.name()));
        CheckpointAntibody antibody = CheckpointAntibody.of(drug, setting);
        if (prescription.administrations().isEmpty()) {
            return new NoDrugCourse();
        }
        return ImmunotherapyCourse.of(
                drug,
                antibody,
                prescription,
                request.pharmacokinetics().disposition(drug.id(), prescription.administrations()),
                checked.value(PENETRATION_FACTOR.name()),
                context.horizon().end().days());
    }
}
