package org.oncotwin.treatment.pbpk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.PatientCovariates;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelPlugin;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Pharmacokinetics of the whole body: organs in which drug is mixed at once, joined by blood (perfusion-limited). The equations are linear and are solved exactly, by their modes. */
@Component(service = PharmacokineticModel.class)
@PharmacokineticModelPlugin("pbpk")
public final class PbpkModel implements PharmacokineticModel {

    static final ParameterDescription TUMOUR_VOLUME = ParameterDescription.optional(
            "tumour_volume",
            "cm3",
            10,
            0,
            2000,
            "Volume of the tumour; 0 leaves the tumour out, and with it the site 'tumour'",
            "Assumption: a tumour of 27 mm across. It takes so little drug that its size hardly matters to other organs; it does not follow the growth model");

    static final ParameterDescription TUMOUR_BLOOD_FLOW = ParameterDescription.optional(
            "tumour_blood_flow",
            "mL/min/mL",
            0.2,
            0.001,
            2,
            "Blood flow of the tumour per volume; it is taken from that of the rest of the body",
            "Assumption, within the 0.01 to 1 mL/min/g of tumours in man that Vaupel, Kallinowski and Okunieff 1989 (Cancer Res 49:6449-6465) put together; give that of the patient if perfusion was measured");

    static final ParameterDescription CLEARANCE_FACTOR = ParameterDescription.optional(
            "clearance_factor",
            "1",
            1,
            0.01,
            100,
            "Factor on metabolism, filtration and degradation, for what-if questions and interactions between drugs",
            "1 is the drug as its file has it");

    /** No partition coefficient between octanol and water. */
    private static final double NO_LOG_P = -10;

    static final ParameterDescription LOG_P = ParameterDescription.optional(
            "log_p",
            "1",
            NO_LOG_P,
            NO_LOG_P,
            12,
            "Decadic logarithm of the octanol:water partition coefficient of the neutral form",
            "-10 is not known: every organ then needs a partition coefficient of its own");

    static final ParameterDescription UNBOUND_FRACTION = ParameterDescription.required(
            "unbound_fraction", "1", 1e-4, 1, "Fraction unbound in plasma", "The drug file");

    static final ParameterDescription BLOOD_PLASMA_RATIO = ParameterDescription.required(
            "blood_plasma_ratio", "1", 0.3, 100, "Concentration in blood over that in plasma", "The drug file");

    static final ParameterDescription HEPATIC_CLEARANCE = ParameterDescription.optional(
            "hepatic_intrinsic_clearance",
            "L/h",
            0,
            0,
            1e6,
            "Amount that the liver metabolises and excretes with bile in a time, over the total concentration in plasma at equilibrium with the liver",
            "0 is a drug that the liver leaves alone");

    static final ParameterDescription RENAL_FILTRATION_FACTOR = ParameterDescription.optional(
            "renal_filtration_factor",
            "1",
            1,
            0,
            1000,
            "Renal clearance over glomerular filtration rate times unbound fraction: above 1 with secretion, below 1 with reabsorption",
            "1 is filtration alone");

    static final ParameterDescription DEGRADATION_RATE = ParameterDescription.optional(
            "degradation_rate",
            "/h",
            0,
            0,
            100,
            "Rate at which the drug decays of itself, in every organ and in blood",
            "0 is a stable drug");

    static final ParameterDescription ABSORPTION_RATE = ParameterDescription.optional(
            "absorption_rate",
            "/h",
            0,
            0,
            100,
            "Rate of absorption from the lumen of the gut; 0 for drugs that are not given by mouth",
            "0 refuses oral doses");

    static final ParameterDescription ABSORBED_FRACTION = ParameterDescription.optional(
            "absorbed_fraction",
            "1",
            1,
            0,
            1,
            "Fraction of an oral dose that is absorbed, before what the liver takes at the first pass",
            "1 is complete absorption");

    /** An acid that is neutral at every pH of the body. */
    private static final double NEVER_ACID = 20;

    /** A base that is neutral at every pH of the body. */
    private static final double NEVER_BASE = -10;

    private static final double HOURS_PER_DAY = 24;

    private static final PharmacokineticModelDescription DESCRIPTION = new PharmacokineticModelDescription(
            new PluginDescription(
                    "pbpk",
                    "Whole-body physiologically based pharmacokinetics",
                    "Research use: concentrations of small molecules in plasma, organs and tumour of adults, from physiology and from properties of the drug.",
                    List.of(
                            "Perfusion-limited: drug in an organ is mixed at once and leaves in equilibrium with tissue; slow permeation, such as through the blood-brain barrier, can only be given as a partition coefficient.",
                            "Linear: saturable metabolism and binding are left out.",
                            "Volumes and flows are those of an average adult, scaled by body weight; pregnancy, children, obesity and organ failure other than of filtration are left out.",
                            "Partition computed from tissue composition is known to be within a factor of three in about three of four cases (Schmitt 2008).",
                            "The spleen is part of the rest, and its blood goes round the liver.",
                            "Tumours without a partition coefficient of their own are taken to be made as the mean of organs."),
                    List.of(TUMOUR_VOLUME, TUMOUR_BLOOD_FLOW, CLEARANCE_FACTOR),
                    List.of(
                            "Davies B, Morris T 1993. Physiological parameters in laboratory animals and humans. Pharm Res 10:1093-1095. https://doi.org/10.1023/A:1018943613122",
                            "ILSI Risk Science Institute 1994. Physiological parameter values for PBPK models. Washington DC",
                            "Schmitt W 2008. General approach for the calculation of tissue to plasma partition coefficients. Toxicol In Vitro 22:457-467. https://doi.org/10.1016/j.tiv.2007.09.010",
                            "Yun YE, Edginton AN 2013. Correlation-based prediction of tissue-to-plasma partition coefficients using readily available input parameters. Xenobiotica 43:839-852. https://doi.org/10.3109/00498254.2013.770182",
                            "Pearce RG et al 2017. httk: R package for high-throughput toxicokinetics. J Stat Softw 79(4). https://doi.org/10.18637/jss.v079.i04")),
            "pbpk",
            drugParameters(),
            "d(V_i C_i)/dt = Q_i (C_arterial - R C_i / K_i) for each organ i, less what is eliminated in it; the gut drains into the liver, all others into venous blood, which goes through the lung",
            Set.of());

    private static List<ParameterDescription> drugParameters() {
        List<ParameterDescription> all = new ArrayList<>(List.of(
                LOG_P,
                UNBOUND_FRACTION,
                BLOOD_PLASMA_RATIO,
                HEPATIC_CLEARANCE,
                RENAL_FILTRATION_FACTOR,
                DEGRADATION_RATE,
                ABSORPTION_RATE,
                ABSORBED_FRACTION));
        for (int group = 1; group <= 2; group++) {
            all.add(ParameterDescription.optional(
                    "acid_pka_" + group,
                    "1",
                    NEVER_ACID,
                    -10,
                    NEVER_ACID,
                    "Dissociation constant of an acidic group",
                    "20 is no such group: never charged in the body"));
        }
        for (int group = 1; group <= 4; group++) {
            all.add(ParameterDescription.optional(
                    "base_pka_" + group,
                    "1",
                    NEVER_BASE,
                    NEVER_BASE,
                    20,
                    "Dissociation constant of the conjugate acid of a basic group",
                    "-10 is no such group: never charged in the body"));
        }
        Set<String> organs = new TreeSet<>(Body.all());
        organs.add(Disposition.TUMOUR);
        for (String organ : organs) {
            all.add(ParameterDescription.optional(
                    "partition_" + organ,
                    "1",
                    0,
                    0,
                    1e5,
                    "Concentration in " + organ + " over total concentration in plasma, at equilibrium",
                    "0 has it computed from tissue composition (Schmitt 2008)"));
        }
        return all;
    }

    /** Keeps nothing. */
    public PbpkModel() {}

    @Override
    public PharmacokineticModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Disposition disposition(Setting setting, Dosing dosing, Parameters parameters, RunContext context) {
        Parameters model = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        Parameters drug = Parameters.resolve(
                DESCRIPTION.drugParameters(), dosing.parameters().values());
        refuseOral(dosing, drug);
        double weight = PatientCovariates.require(setting, Covariate.WEIGHT);
        double filtration = PatientCovariates.of(setting, Covariate.GLOMERULAR_FILTRATION_RATE)
                        .orElse(Body.usualFiltration(weight) / Body.LITRES_PER_DAY)
                * Body.LITRES_PER_DAY;
        double tumour = model.value(TUMOUR_VOLUME.name()) * 1e-3;
        double tumourFlow = tumour * 1e3 * model.value(TUMOUR_BLOOD_FLOW.name()) * Body.LITRES_PER_DAY;
        Substance substance = substance(drug);
        Body body =
                Body.of(weight, filtration, Body.all(), tumour, tumourFlow, organ -> partition(organ, drug, substance));
        return new BodyDisposition(
                body,
                substance,
                elimination(drug, body, model.value(CLEARANCE_FACTOR.name())),
                dosing.administrations(),
                context.cancellation());
    }

    private static void refuseOral(Dosing dosing, Parameters drug) {
        boolean oral =
                dosing.administrations().stream().anyMatch(dose -> dose.route() == Route.ORAL && dose.amount() > 0);
        if (oral && !(drug.value(ABSORPTION_RATE.name()) > 0)) {
            throw new InvalidInputException(
                    "drugs." + dosing.drug().id() + ".pbpk." + ABSORPTION_RATE.name(),
                    "missing; the drug is given by mouth");
        }
    }

    private static Substance substance(Parameters drug) {
        List<Double> acids = new ArrayList<>();
        List<Double> bases = new ArrayList<>();
        for (int group = 1; group <= 2; group++) {
            acids.add(drug.value("acid_pka_" + group));
        }
        for (int group = 1; group <= 4; group++) {
            bases.add(drug.value("base_pka_" + group));
        }
        return new Substance(
                drug.value(UNBOUND_FRACTION.name()),
                drug.value(BLOOD_PLASMA_RATIO.name()),
                drug.value(LOG_P.name()),
                acids,
                bases);
    }

    private static double partition(String organ, Parameters drug, Substance substance) {
        double given = drug.value("partition_" + organ);
        if (given > 0) {
            return given;
        }
        if (substance.logP() == NO_LOG_P) {
            throw new InvalidInputException("pbpk." + LOG_P.name(), "missing; give it or partition_" + organ);
        }
        return TissueComposition.of(organ).partition(substance, Body.plasmaProtein());
    }

    private static Elimination elimination(Parameters drug, Body body, double factor) {
        return new Elimination(
                factor * drug.value(HEPATIC_CLEARANCE.name()) * HOURS_PER_DAY,
                factor
                        * drug.value(RENAL_FILTRATION_FACTOR.name())
                        * body.filtration()
                        * drug.value(UNBOUND_FRACTION.name()),
                factor * drug.value(DEGRADATION_RATE.name()) * HOURS_PER_DAY,
                drug.value(ABSORPTION_RATE.name()) * HOURS_PER_DAY,
                drug.value(ABSORBED_FRACTION.name()));
    }
}
