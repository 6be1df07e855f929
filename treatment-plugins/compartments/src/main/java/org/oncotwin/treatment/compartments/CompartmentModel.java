package org.oncotwin.treatment.compartments;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelPlugin;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** One to three compartments, as population pharmacokinetics describes drugs: closed forms where everything is linear with constant rates, a solver where elimination or distribution is saturable or clearance changes over time. */
@Component(service = PharmacokineticModel.class)
@PharmacokineticModelPlugin("compartments")
public final class CompartmentModel implements PharmacokineticModel {

    static final String SECTION = "compartments";

    private static final String FROM_DRUG = "No default: the drug's paper gives it";
    private static final String NONE = "0: a drug has it only where its paper gives it";

    static final ParameterDescription CLEARANCE = ParameterDescription.optional(
            "clearance", "L/h", 0, 0, 10_000, "Linear clearance from the central compartment", NONE);

    static final ParameterDescription CLEARANCE_CHANGE = ParameterDescription.optional(
            "clearance_change_maximum",
            "1",
            0,
            -5,
            5,
            "Natural logarithm of the factor that linear clearance approaches long after the first dose; negative where it falls",
            "0: clearance is constant unless the drug's paper says how it changes");

    static final ParameterDescription CLEARANCE_CHANGE_TIME = ParameterDescription.optional(
            "clearance_change_half_time", "h", 0, 0, 100_000, "Time from the first dose to half of that change", NONE);

    static final ParameterDescription CLEARANCE_CHANGE_HILL = ParameterDescription.optional(
            "clearance_change_hill",
            "1",
            1,
            1,
            20,
            "Hill exponent of the change over time: the larger, the more at once",
            "1: a simple saturation over time");

    static final ParameterDescription VOLUME = ParameterDescription.required(
            "central_volume", "L", 0.1, 100_000, "Volume of the central compartment", FROM_DRUG);

    static final ParameterDescription FIRST_EXCHANGE = ParameterDescription.optional(
            "intercompartmental_clearance",
            "L/h",
            0,
            0,
            10_000,
            "Clearance between the central and the first peripheral compartment",
            NONE);

    static final ParameterDescription FIRST_VOLUME = ParameterDescription.optional(
            "peripheral_volume", "L", 0, 0, 100_000, "Volume of the first peripheral compartment", NONE);

    static final ParameterDescription SECOND_EXCHANGE = ParameterDescription.optional(
            "second_intercompartmental_clearance",
            "L/h",
            0,
            0,
            10_000,
            "Clearance between the central and the second peripheral compartment",
            NONE);

    static final ParameterDescription SECOND_VOLUME = ParameterDescription.optional(
            "second_peripheral_volume", "L", 0, 0, 100_000, "Volume of the second peripheral compartment", NONE);

    static final ParameterDescription ABSORPTION = ParameterDescription.optional(
            "absorption_rate",
            "/h",
            0,
            0,
            100,
            "Rate of absorption from the gut; without one the drug cannot be given by mouth",
            NONE);

    static final ParameterDescription BIOAVAILABILITY = ParameterDescription.optional(
            "bioavailability",
            "1",
            1,
            0,
            1,
            "Fraction of a dose by mouth that reaches the blood",
            "1: papers that know oral doses alone give clearance and volume over it");

    static final ParameterDescription LAG = ParameterDescription.optional(
            "absorption_lag", "h", 0, 0, 24, "Time from a dose by mouth to its absorption", NONE);

    static final ParameterDescription LARGEST_ELIMINATION = ParameterDescription.optional(
            "maximum_elimination_rate", "mg/h", 0, 0, 100_000, "Largest rate of saturable elimination", NONE);

    static final ParameterDescription HALF_ELIMINATION = ParameterDescription.optional(
            "elimination_half_saturation",
            "mg/L",
            0,
            0,
            10_000,
            "Concentration at half the largest rate of saturable elimination",
            NONE);

    static final ParameterDescription LARGEST_DISTRIBUTION = ParameterDescription.optional(
            "maximum_distribution_rate", "mg/h", 0, 0, 100_000, "Largest rate of saturable distribution", NONE);

    static final ParameterDescription HALF_DISTRIBUTION = ParameterDescription.optional(
            "distribution_half_saturation",
            "mg/L",
            0,
            0,
            10_000,
            "Concentration at half the largest rate of saturable distribution",
            NONE);

    static final ParameterDescription BACK = ParameterDescription.optional(
            "distribution_return_rate",
            "/h",
            0,
            0,
            100,
            "Rate at which the drug returns from saturable distribution",
            NONE);

    static final ParameterDescription TUMOUR_RATIO = ParameterDescription.optional(
            "tumour_plasma_ratio",
            "1",
            0,
            0,
            1000,
            "Concentration in the tumour over that in plasma, at equilibrium; without one the tumour is no site of the drug",
            NONE);

    static final ParameterDescription CLEARANCE_FACTOR = factor(
            "clearance_factor",
            "Factor by which the patient's clearance differs from that of others of equal covariates");

    static final ParameterDescription VOLUME_FACTOR = factor(
            "volume_factor", "Factor by which the patient's volumes differ from those of others of equal covariates");

    private static ParameterDescription factor(String name, String description) {
        return ParameterDescription.optional(
                        name,
                        "1",
                        1,
                        0.05,
                        20,
                        description,
                        "1 is the typical patient. Prior: papers of cytotoxic drugs give coefficients of variation between patients of 15 to 35 "
                                + "% (cisplatin 15 %, carboplatin 19 %, docetaxel 29 %, doxorubicin 25 %, fluorouracil 23 %)")
                .withPrior(Prior.logNormal(1, 0.25));
    }

    private static final List<ParameterDescription> DRUG_PARAMETERS = List.of(
            CLEARANCE,
            CLEARANCE_CHANGE,
            CLEARANCE_CHANGE_TIME,
            CLEARANCE_CHANGE_HILL,
            VOLUME,
            FIRST_EXCHANGE,
            FIRST_VOLUME,
            SECOND_EXCHANGE,
            SECOND_VOLUME,
            ABSORPTION,
            BIOAVAILABILITY,
            LAG,
            LARGEST_ELIMINATION,
            HALF_ELIMINATION,
            LARGEST_DISTRIBUTION,
            HALF_DISTRIBUTION,
            BACK,
            TUMOUR_RATIO);

    private static final PharmacokineticModelDescription DESCRIPTION = new PharmacokineticModelDescription(
            new PluginDescription(
                    "compartments",
                    "Compartments (population pharmacokinetics)",
                    "Research use: concentrations in plasma of drugs whose population pharmacokinetics were published, in patients like "
                            + "those of the paper, at doses and infusion times like its own.",
                    List.of(
                            "Compartments are no organs: what a peripheral compartment holds says nothing of a tissue.",
                            "The concentration in the tumour, where known, is that in plasma times a ratio; the time that it takes to follow is left "
                                    + "out.",
                            "Metabolites are not followed; what becomes a metabolite counts as eliminated.",
                            "Drugs do not act on the pharmacokinetics of one another.",
                            "Clearance changes with the time since the first dose of a course, where the drug's paper says how, as in its average patient; "
                                    + "how the disease goes on does not change it, and a second course begins anew."),
                    List.of(CLEARANCE_FACTOR, VOLUME_FACTOR),
                    List.of(
                            "Gibaldi M, Perrier D 1982. Pharmacokinetics. 2nd edition. Marcel Dekker, New York.",
                            "Bajaj G et al 2017. Model-based population pharmacokinetic analysis of nivolumab in patients with solid tumors. CPT "
                                    + "Pharmacometrics Syst Pharmacol 6:58-66 (clearance that changes over time).",
                            "Rescigno A, Segre G 1966. Drug and Tracer Kinetics. Blaisdell, Waltham.",
                            "Golub GH, Van Loan CF 2013. Matrix Computations. 4th edition, section 8.5. Johns Hopkins University Press.")),
            SECTION,
            DRUG_PARAMETERS,
            "V dC/dt = input - CL C - Vmax C / (Km + C) - sum of Q_i (C - A_i / V_i) - (Tmax C / (Kt + C) - k S), dA_i/dt = Q_i (C - A_i / V_i), "
                    + "dS/dt = Tmax C / (Kt + C) - k S, input by mouth = ka G, dG/dt = -ka G, CL = CL0 exp(Emax t^h / (T50^h + t^h)) at time t after the first dose",
            Set.of(SolverNeed.of(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS)));

    /** Keeps nothing. */
    public CompartmentModel() {}

    @Override
    public PharmacokineticModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Disposition disposition(Setting setting, Dosing dosing, Parameters parameters, RunContext context) {
        // The engine has checked them; whoever else asks must not get around their bounds.
        Parameters own = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        Parameters numbers =
                Parameters.resolve(DRUG_PARAMETERS, dosing.parameters().values());
        String id = dosing.drug().id();
        DrugKinetics drug = DrugKinetics.of(id, numbers, own);
        Doses doses = Doses.of(id, dosing.administrations(), drug);
        if (doses.isEmpty()) {
            return Sites.empty(drug.tumourRatio());
        }
        return drug.isSumOfExponentials()
                ? new LinearDisposition(drug, doses)
                : SolvedDisposition.of(drug, doses, context);
    }
}
