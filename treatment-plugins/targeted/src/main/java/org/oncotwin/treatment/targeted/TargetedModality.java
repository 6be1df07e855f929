package org.oncotwin.treatment.targeted;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.effect.DrivesEffect;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.pharmacokinetics.Disposition;
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
import org.oncotwin.api.twin.TimeFunction;
import org.osgi.service.component.annotations.Component;

/** Drugs that inhibit the product of an altered gene: they slow and kill cells with the alteration, until those that resist have taken over. */
@Component(service = TreatmentModality.class)
@TreatmentModalityPlugin("targeted")
@NeedsPharmacokinetics
@DrivesEffect(EffectNames.PROLIFERATION_FACTOR)
@DrivesEffect(EffectNames.KILL_RATE)
public final class TargetedModality implements TreatmentModality {

    static final ParameterDescription PROLIFERATION = ParameterDescription.required(
            "proliferation",
            "/d",
            0,
            5,
            "Rate at which the untreated tumour proliferates at the start of the course; give that of the growth model",
            "No default: it is the growth model's, which a course cannot ask");

    static final ParameterDescription MAXIMUM_KILL = ParameterDescription.optional(
                    "maximum_kill",
                    "/d",
                    0.04,
                    0,
                    5,
                    "Rate at which cells are killed when their target is fully inhibited",
                    "Assumption: with proliferation stopped it leaves a third of the volume, a partial response, after four weeks. Fit "
                            + "it to the patient's first scans")
            .withPrior(Prior.logNormal(0.04, 0.5));

    static final ParameterDescription DEPENDENCE = ParameterDescription.optional(
                    "pathway_dependence",
                    "1",
                    0.95,
                    0,
                    0.999,
                    "Share of the proliferation that stops when the target is fully inhibited",
                    "Assumption: tumours with these alterations are addicted to them (Chmielecki et al 2011 and references there); "
                            + "the number is not measured")
            .withPrior(Prior.uniform(0.7, 0.999));

    static final ParameterDescription HALF_ACTIVITY = ParameterDescription.optional(
                    "pathway_half_activity",
                    "1",
                    0.5,
                    0.01,
                    1,
                    "Activity of the target around which the pathway's signal falls",
                    "Assumption: signalling tolerates the loss of some of the target's activity, so that half of the signal is lost "
                            + "when more than half of the target is inhibited")
            .withPrior(Prior.uniform(0.1, 1));

    static final ParameterDescription HILL = ParameterDescription.optional(
                    "pathway_hill",
                    "1",
                    2,
                    0.5,
                    8,
                    "Steepness of the pathway's signal against the activity of the target",
                    "Assumption: kinase cascades respond more steeply than binding, with Hill numbers of about 1 to 5 (Huang and "
                            + "Ferrell 1996, Proc Natl Acad Sci USA 93:10078)")
            .withPrior(Prior.uniform(1, 5));

    static final ParameterDescription RESISTANT_FRACTION = ParameterDescription.optional(
                    "resistant_fraction",
                    "1",
                    1e-4,
                    0,
                    0.999,
                    "Share of cells that resist at the start of the course",
                    "Assumption: resistant cells are found before treatment in many tumours, at shares from below 1e-5 to some percent, which "
                            + "depend on the assay")
            .withPrior(Prior.logNormal(1e-4, 2.3));

    static final ParameterDescription MUTATION_RATE = ParameterDescription.optional(
                    "mutation_rate",
                    "1",
                    1e-7,
                    0,
                    1e-2,
                    "Probability that a division of a sensitive cell leads to a resistant one",
                    "Assumption: about 1e-9 for each base and division, times some ways to resist and their instability; models of "
                            + "resistance use 1e-8 to 1e-6 (Foo and Michor 2009)")
            .withPrior(Prior.logNormal(1e-7, 2.3));

    static final ParameterDescription COST = ParameterDescription.optional(
                    "resistance_cost",
                    "1",
                    0.1,
                    0,
                    0.9,
                    "Share of their proliferation that resistant cells lose without drug",
                    "Assumption: cells with T790M grow more slowly than their sensitive parents (Chmielecki et al 2011, abstract); "
                            + "by how much differs between lines")
            .withPrior(Prior.uniform(0, 0.5));

    static final ParameterDescription CELLS = ParameterDescription.optional(
            "cells",
            "1",
            1e9,
            1,
            1e13,
            "Number of cells at the start, for the probability that resistance is there already",
            "1e9 cells for each cm3 is the customary order of magnitude; the kill and the shares do not depend on it");

    static final ParameterDescription DEATH_BIRTH_RATIO = ParameterDescription.optional(
            "death_birth_ratio",
            "1",
            0.5,
            0,
            0.999,
            "Rate of death over that of division of untreated cells, for the probability that resistance is there already",
            "Assumption; solid tumours lose a large part of the cells that they make. The kill and the shares do not depend on it");

    static final InputDescription DRUG = InputDescription.drug(
            "drug", "The drug; its file needs a section targeted and one for the pharmacokinetic model");

    static final InputDescription DOSE =
            InputDescription.quantity("dose", "mg", 0, 5000, "Each dose; 0 mg gives pulses alone, or nothing");

    static final InputDescription DOSE_INTERVAL = InputDescription.quantity(
                    "dose_interval",
                    "d",
                    0.25,
                    90,
                    "Time from a dose to the next, such as 1 d, 0.5 d for twice a day, or 21 d")
            .withDefault("1 d");

    static final InputDescription DAYS = InputDescription.count(
            "days", 0, 3650, "Days over which doses are given, from start_day on; 0 is a course without drug");

    static final InputDescription PULSE_DOSE = InputDescription.quantity(
                    "pulse_dose", "mg", 0, 20_000, "Dose in place of dose on the days of a pulse; 0 mg is no pulses")
            .withDefault("0 mg");

    static final InputDescription PULSE_INTERVAL = InputDescription.count(
                    "pulse_interval", 1, 90, "Days from the first day of a pulse to that of the next")
            .withDefault("7");

    static final InputDescription PULSE_DAYS = InputDescription.count("pulse_days", 1, 90, "Days that a pulse takes")
            .withDefault("1");

    static final InputDescription ROUTE =
            InputDescription.choice("route", List.of("oral", "intravenous"), "How the drug is given");

    static final InputDescription INFUSION_TIME = InputDescription.quantity(
                    "infusion_time", "h", 0, 24, "How long each infusion into a vein takes; 0 h is at once")
            .withDefault("0 h");

    static final List<InputDescription> NUMBERS =
            List.of(DOSE, DOSE_INTERVAL, DAYS, PULSE_DOSE, PULSE_INTERVAL, PULSE_DAYS, INFUSION_TIME);

    private static final TreatmentModalityDescription DESCRIPTION = new TreatmentModalityDescription(
            new PluginDescription(
                    "targeted",
                    "Targeted drugs and resistance",
                    "Research use: response to, and relapse under, a drug against an altered EGFR, ALK, KRAS or HER2 in a tumour whose markers "
                            + "are known.",
                    List.of(
                            "Shares of clones follow from rates for each cell that do not depend on the tumour's volume or place, so that they are "
                                    + "functions of time alone: growth that slows in a large tumour slows selection as well, which is left out, "
                                    + "and so is competition between places.",
                            "The clones share what other treatments of the run do to the tumour: those select for no clone.",
                            "One kind of resistant cell with one half-inhibitory concentration, mixed evenly with the sensitive ones. Other ways to "
                                    + "resist, persisters and reversible adaptation are left out.",
                            "Mutants arise at their mean rate: when the first one arises by chance in a small tumour is left out.",
                            "Binding is at equilibrium with the unbound concentration, which is a fixed share of that in plasma: drugs that bind "
                                    + "irreversibly act longer than this says.",
                            "One step from the activity of the target to killing and proliferation stands for the pathway; feedback and delay are left out.",
                            "A tumour without the alteration is not affected at all, whatever the dose.",
                            "maximum_kill, resistant_fraction and mutation_rate differ between tumours by orders of magnitude; defaults are "
                                    + "assumptions, and times to progression follow from them."),
                    List.of(
                            PROLIFERATION,
                            MAXIMUM_KILL,
                            DEPENDENCE,
                            HALF_ACTIVITY,
                            HILL,
                            RESISTANT_FRACTION,
                            MUTATION_RATE,
                            COST,
                            CELLS,
                            DEATH_BIRTH_RATIO),
                    List.of(
                            "Chmielecki J et al 2011. Optimization of dosing for EGFR-mutant non-small cell lung cancer with evolutionary "
                                    + "cancer modeling. Sci Transl Med 3:90ra59. https://doi.org/10.1126/scitranslmed.3002356",
                            "Foo J, Michor F 2009. Evolution of resistance to targeted anti-cancer therapies during continuous and pulsed "
                                    + "administration strategies. PLoS Comput Biol 5:e1000557. https://doi.org/10.1371/journal.pcbi.1000557",
                            "Iwasa Y, Nowak MA, Michor F 2006. Evolution of resistance during clonal expansion. Genetics 172:2557-2566. "
                                    + "https://doi.org/10.1534/genetics.105.049791",
                            "Yu HA et al 2017. Phase 1 study of twice weekly pulse dose and daily low-dose erlotinib as initial treatment for "
                                    + "patients with EGFR-mutant lung cancers. Ann Oncol 28:278-284. "
                                    + "https://doi.org/10.1093/annonc/mdw556",
                            "Lampson BL et al 2016. Activity of erlotinib when dosed below the maximum tolerated dose for EGFR-mutant lung "
                                    + "cancer. Cancer 122:3456-3463. https://doi.org/10.1002/cncr.30270")),
            List.of(DRUG, DOSE, DOSE_INTERVAL, DAYS, PULSE_DOSE, PULSE_INTERVAL, PULSE_DAYS, ROUTE, INFUSION_TIME),
            List.of(),
            Set.of(EffectPort.PROLIFERATION_FACTOR, EffectPort.KILL_RATE),
            1,
            "a = 1 / (1 + C / IC50); lost signal l = h^n (1 - a^n) / (a^n + h^n); kill k l, proliferation factor 1 - d l, for sensitive and "
                    + "resistant cells; share w of resistant cells: dw/dt = w (1 - w) (r - s) + u b (1 - w); effects are the means over the shares");

    /** Keeps nothing. */
    public TargetedModality() {}

    @Override
    public TreatmentModalityDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else plans a course must not get around their bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        Prescription prescription = Prescription.of(request);
        Drug drug = request.pharmacokinetics().drug(request.inputs().choice(DRUG.name()));
        TargetedDrug target = TargetedDrug.of(drug, setting);
        Optional<Double> halfInhibition = target.halfInhibition(setting);
        double probability = PreExistingResistance.probability(
                checked.value(CELLS.name()),
                checked.value(MUTATION_RATE.name()),
                checked.value(DEATH_BIRTH_RATIO.name()));
        if (prescription.administrations().isEmpty()) {
            return new TargetedCourse(drug, prescription, Optional.empty(), Optional.empty(), probability);
        }
        Disposition disposition = request.pharmacokinetics().disposition(drug.id(), prescription.administrations());
        double start = prescription.administrations().get(0).start().days();
        double end = context.horizon().end().days();
        if (halfInhibition.isEmpty() || start >= end) {
            return new TargetedCourse(drug, prescription, Optional.of(disposition), Optional.empty(), probability);
        }
        TimeFunction unbound = TimeFunction.product(List.of(
                disposition.concentration(Disposition.PLASMA),
                TimeFunction.constant(target.unboundPerConcentration())));
        Clones clones = new Clones(biology(checked), unbound, halfInhibition.get(), target.resistant(), start, end);
        return new TargetedCourse(drug, prescription, Optional.of(disposition), Optional.of(clones), probability);
    }

    private static Clones.Biology biology(Parameters parameters) {
        return new Clones.Biology(
                parameters.value(PROLIFERATION.name()),
                parameters.value(RESISTANT_FRACTION.name()),
                parameters.value(MUTATION_RATE.name()),
                parameters.value(COST.name()),
                new Pathway(
                        parameters.value(HALF_ACTIVITY.name()),
                        parameters.value(HILL.name()),
                        parameters.value(MAXIMUM_KILL.name()),
                        parameters.value(DEPENDENCE.name())));
    }
}
