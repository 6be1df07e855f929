package org.oncotwin.treatment.chemotherapy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.effect.DrivesEffect;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.NeedsPharmacokinetics;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.treatment.TreatmentModalityPlugin;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** A cytotoxic drug on a calendar, whose concentration kills tumour cells. */
@Component(service = TreatmentModality.class)
@TreatmentModalityPlugin("chemotherapy")
@NeedsPharmacokinetics
@DrivesEffect(EffectNames.KILL_RATE)
public final class ChemotherapyModality implements TreatmentModality {

    static final String NO_PHASE = "none";

    private static final String NO_DEFAULT =
            "No default, 0 stands for not given: sensitivity differs by orders of magnitude between tumours and drugs, and is fitted to the response or "
                    + "taken from a paper on the tumour at hand";

    static final ParameterDescription KILL_RATE =
            sensitivity("kill_rate", "L/mg/d", 1e6, "Rate of killing for each mg/L of drug (kill_model log-kill)");

    static final ParameterDescription LARGEST_RATE =
            sensitivity("maximum_kill_rate", "/d", 1000, "Largest rate of killing (kill_model emax and cell-cycle)");

    static final ParameterDescription HALF_CONCENTRATION = sensitivity(
            "half_maximum_concentration",
            "mg/L",
            1e6,
            "Concentration at half the largest rate of killing (kill_model emax and cell-cycle)");

    static final ParameterDescription SENSITIVE_FRACTION = sensitivity(
            "sensitive_fraction",
            "1",
            1,
            "Fraction of the cells that are in the phase of the cell cycle on which the drug acts (kill_model cell-cycle)");

    static final ParameterDescription HILL_EXPONENT = ParameterDescription.optional(
            "hill_exponent",
            "1",
            1,
            0.1,
            20,
            "Exponent of the concentration (kill_model emax and cell-cycle)",
            "1 is the law of mass action for one binding site (Holford and Sheiner 1981)");

    static final List<ParameterDescription> SENSITIVITIES =
            List.of(KILL_RATE, LARGEST_RATE, HALF_CONCENTRATION, SENSITIVE_FRACTION);

    private static ParameterDescription sensitivity(String name, String unit, double maximum, String description) {
        return ParameterDescription.optional(name, unit, 0, 0, maximum, description, NO_DEFAULT);
    }

    static final InputDescription DRUG = InputDescription.drug("drug", "The drug, of the library or of the case");

    static final InputDescription DOSE_PER_AREA = optional(
            "dose_per_area",
            InputDescription.Kind.QUANTITY,
            "mg/m2",
            0,
            1e6,
            "Each dose, per body surface area; 0 is no treatment");

    static final InputDescription DOSE_PER_WEIGHT = optional(
            "dose_per_weight",
            InputDescription.Kind.QUANTITY,
            "mg/kg",
            0,
            1e5,
            "Each dose, per body weight; 0 is no treatment");

    static final InputDescription FLAT_DOSE = optional(
            "flat_dose",
            InputDescription.Kind.QUANTITY,
            "mg",
            0,
            1e7,
            "Each dose, the same for every patient; 0 is no treatment");

    static final InputDescription TARGET_AUC = optional(
            "target_auc",
            InputDescription.Kind.QUANTITY,
            "mg.min/mL",
            0,
            1000,
            "Each dose by the exposure that it shall reach, from the glomerular filtration rate: dose = AUC (GFR + 25 mL/min); 0 is no treatment");

    static final InputDescription LARGEST_AREA = optional(
            "dose_cap_area",
            InputDescription.Kind.QUANTITY,
            "m2",
            0.1,
            5,
            "Largest body surface area that a dose per area counts; without it every area counts");

    static final InputDescription SCHEDULE = InputDescription.choice(
            "schedule",
            Schedule.words(),
            "Days with a dose, from start_day on and at its time of day; for weekly, daily and weekdays a cycle is one dose, for custom see "
                    + "cycle_length and doses_per_cycle");

    static final InputDescription CYCLES =
            InputDescription.count("cycles", 0, 2000, "Number of cycles; 0 is no treatment");

    static final InputDescription CYCLE_LENGTH = optional(
            "cycle_length", InputDescription.Kind.QUANTITY, "d", 0.01, 365, "Length of a cycle of schedule custom");

    static final InputDescription DOSES_PER_CYCLE = optional(
            "doses_per_cycle",
            InputDescription.Kind.COUNT,
            "1",
            1,
            365,
            "Number of doses in a cycle of schedule custom, on consecutive days from its start");

    static final InputDescription INFUSION_TIME = InputDescription.quantity(
                    "infusion_time", "h", 0, 2000, "How long a dose takes to run in; 0 h is at once")
            .withDefault("0 h");

    static final InputDescription ROUTE = InputDescription.choice(
            "route", List.of(Route.INTRAVENOUS.word(), Route.ORAL.word()), "How the drug is given");

    static final InputDescription PHASE = InputDescription.word(
            "phase",
            NO_PHASE,
            "Part of the treatment, to which rules of the drug's label may be tied, such as concomitant or maintenance");

    static final InputDescription SITE = InputDescription.choice(
            "acting_site",
            List.of(Disposition.PLASMA, Disposition.TUMOUR),
            "Where the concentration acts: plasma, or tumour where the pharmacokinetic model knows it");

    static final InputDescription KILL_MODEL = InputDescription.choice(
            "kill_model",
            KillModel.words(),
            "How the concentration kills: log-kill (in proportion), emax (saturating), or cell-cycle (saturating, and only cells in the sensitive "
                    + "phase)");

    /** Ways to give the dose, of which a case takes one. */
    static final List<InputDescription> DOSES = List.of(DOSE_PER_AREA, DOSE_PER_WEIGHT, FLAT_DOSE, TARGET_AUC);

    static final List<InputDescription> INPUTS = List.of(
            DRUG,
            DOSE_PER_AREA,
            DOSE_PER_WEIGHT,
            FLAT_DOSE,
            TARGET_AUC,
            LARGEST_AREA,
            SCHEDULE,
            CYCLES,
            CYCLE_LENGTH,
            DOSES_PER_CYCLE,
            INFUSION_TIME,
            ROUTE,
            PHASE,
            SITE,
            KILL_MODEL);

    private static InputDescription optional(
            String name, InputDescription.Kind kind, String unit, double minimum, double maximum, String description) {
        return new InputDescription(
                name, kind, unit, false, Optional.empty(), minimum, maximum, List.of(), description);
    }

    private static final TreatmentModalityDescription DESCRIPTION = new TreatmentModalityDescription(
            new PluginDescription(
                    "chemotherapy",
                    "Chemotherapy",
                    "Research use: effect of a cytotoxic drug on tumour cells, given as doses that are known in advance, from its concentration "
                            + "over time and a sensitivity of the tumour that was fitted or published.",
                    List.of(
                            "Tumour cells alone: harm to healthy tissue is computed by toxicity models from the concentrations.",
                            "Sensitivity does not change during treatment: resistance is left out.",
                            "The effect follows the concentration at once: repair, delayed death and memory of past exposure are left out.",
                            "The fraction of cells in the sensitive phase stays what it is; synchronisation by the drug is left out.",
                            "Combined drugs add their rates of killing; synergy and antagonism are left out.",
                            "Doses are given as prescribed, whatever their toxicity; rules of the label are reported, not obeyed.",
                            "Absurd doses are computed, not refused: neither pharmacokinetics nor sensitivity hold for them."),
                    List.of(KILL_RATE, LARGEST_RATE, HALF_CONCENTRATION, HILL_EXPONENT, SENSITIVE_FRACTION),
                    List.of(
                            "Skipper HE, Schabel FM, Wilcox WS 1964. Experimental evaluation of potential anticancer agents XIII. Cancer Chemother "
                                    + "Rep 35:1-111.",
                            "Jusko WJ 1971. Pharmacodynamics of chemotherapeutic effects: dose-time-response relationships for phase-nonspecific "
                                    + "agents. J Pharm Sci 60:892-895. https://doi.org/10.1002/jps.2600600618",
                            "Jusko WJ 1973. A pharmacodynamic model for cell-cycle-specific chemotherapeutic agents. J Pharmacokinet Biopharm "
                                    + "1:175-200. https://doi.org/10.1007/BF01060041",
                            "Holford NH, Sheiner LB 1981. Understanding the dose-effect relationship. Clin Pharmacokinet 6:429-453. "
                                    + "https://doi.org/10.2165/00003088-198106060-00002",
                            "Calvert AH et al 1989. Carboplatin dosage: prospective evaluation of a simple formula based on renal function. J Clin "
                                    + "Oncol 7:1748-1756. https://doi.org/10.1200/JCO.1989.7.11.1748")),
            INPUTS,
            List.of(),
            Set.of(EffectPort.KILL_RATE),
            1,
            "log-kill: rate = k C; emax: rate = k_max C^h / (C50^h + C^h); cell-cycle: rate = f k_max C^h / (C50^h + C^h)");

    /** Keeps nothing. */
    public ChemotherapyModality() {}

    @Override
    public TreatmentModalityDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else plans a course must not get around their bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        return ChemotherapyCourse.of(
                Prescription.of(setting, request), checked, request.pharmacokinetics(), context.horizon());
    }
}
