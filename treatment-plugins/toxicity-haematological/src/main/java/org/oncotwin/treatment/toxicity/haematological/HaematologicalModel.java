package org.oncotwin.treatment.toxicity.haematological;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.PatientCovariates;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.toxicity.ToxicityModelPlugin;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.ctcae.Grading;
import org.oncotwin.ctcae.Limits;
import org.osgi.service.component.annotations.Component;

/** Neutrophils and platelets under drugs that slow the division of their precursors. */
@Component(service = ToxicityModel.class)
@ToxicityModelPlugin("haematological")
public final class HaematologicalModel implements ToxicityModel {

    private static final String SECTION = "myelosuppression";
    private static final String UNIT = "10*9/L";

    private static final ToxicityModelDescription DESCRIPTION = new ToxicityModelDescription(
            new PluginDescription(
                    "haematological",
                    "Myelosuppression",
                    "Research use: time course of neutrophils and platelets under cytotoxic drugs, at doses like those from which the drug's numbers were estimated.",
                    List.of(
                            "Numbers are those of a typical patient: patients of the same exposure differ about twofold.",
                            "Growth factors, transfusions, infection, and marrow that is hurt for good are left out.",
                            "Feedback rises no further where less than a thousandth of the cells is left in blood: an assumption for doses far above any that patients survive.",
                            "The effect is linear in concentration; far above the doses studied it says that harm is severe, not how severe.",
                            "Of several drugs the effects add, and transit time, feedback and baseline are means of the drugs' numbers."),
                    List.of(Lineage.NEUTROPHILS.lowerLimit(), Lineage.PLATELETS.lowerLimit()),
                    List.of(
                            "Friberg LE, Henningsson A, Maas H, Nguyen L, Karlsson MO 2002. Model of chemotherapy-induced myelosuppression with parameter consistency across drugs. J Clin Oncol 20:4713-4721. https://doi.org/10.1200/JCO.2002.02.140",
                            "Common Terminology Criteria for Adverse Events (CTCAE) v5.0. National Cancer Institute, 27 November 2017")),
            SECTION,
            Stream.of(Lineage.values())
                    .flatMap(lineage -> lineage.numbers().stream())
                    .toList(),
            Stream.of(Lineage.values()).map(Lineage::term).toList(),
            "dp/dt = k p ((1 - sum of slope C) (c0/c)^gamma - 1), three stages of maturation dx/dt = k (x before - x), blood dc/dt = k (x3 - c), k = 4 / mean transit time",
            Set.of(SolverNeed.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)));

    /** Keeps nothing. */
    public HaematologicalModel() {}

    @Override
    public ToxicityModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Toxicity assess(Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        List<Curve> curves = new ArrayList<>();
        List<AdverseEvent> events = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<ToxicExposure> known = known(exposures, remarks);
        for (Lineage lineage : Lineage.values()) {
            context.cancellation().check();
            assess(lineage, setting, known, context, remarks).ifPresent(curve -> {
                curves.add(curve);
                double before = curve.values().get(0);
                double lowerLimit = checked.value(lineage.lowerLimit().name());
                Grading.events(lineage.term(), curve, new Limits(lowerLimit, Double.POSITIVE_INFINITY, before)).stream()
                        .filter(event -> isMoreThanError(event, lowerLimit, before))
                        .forEach(events::add);
            });
        }
        events.sort(Comparator.comparingDouble(AdverseEvent::fromDay));
        return new Toxicity(curves, events, remarks);
    }

    /** A count that is at its lower limit before treatment returns to it: what then is below the limit by less than the error of the curve is no finding. */
    private static boolean isMoreThanError(AdverseEvent event, double lowerLimit, double before) {
        return event.grade() > 1 || lowerLimit - event.value() > FineCurve.TOLERANCE * before;
    }

    /** When the first of some drugs begins to be given. */
    private static SimulationTime firstDose(List<ToxicExposure> known) {
        return known.stream()
                .flatMap(exposure -> exposure.exposure().administrations().stream())
                .filter(dose -> dose.amount() > 0)
                .map(Administration::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Drugs that are given and have numbers. */
    private static List<ToxicExposure> known(List<ToxicExposure> exposures, List<String> remarks) {
        List<ToxicExposure> known = new ArrayList<>();
        for (ToxicExposure exposure : exposures) {
            if (exposure.exposure().administrations().stream()
                    .mapToDouble(Administration::amount)
                    .anyMatch(amount -> amount > 0)) {
                String drug = exposure.exposure().drug().id();
                if (exposure.parameters().isEmpty()) {
                    String remark =
                            "No numbers for myelosuppression are known of " + drug + ": its harm to blood is left out.";
                    if (!remarks.contains(remark)) {
                        remarks.add(remark);
                    }
                } else {
                    Parameters numbers = Parameters.resolve(
                            DESCRIPTION.drugParameters(),
                            exposure.parameters().get().values());
                    known.add(new ToxicExposure(exposure.exposure(), Optional.of(numbers)));
                }
            }
        }
        return known;
    }

    private static Optional<Curve> assess(
            Lineage lineage, Setting setting, List<ToxicExposure> known, RunContext context, List<String> remarks) {
        List<Double> slopes = new ArrayList<>();
        List<TimeFunction> concentrations = new ArrayList<>();
        double transit = 0;
        double feedback = 0;
        double baseline = 0;
        for (ToxicExposure exposure : known) {
            Parameters numbers = exposure.parameters().orElseThrow();
            String drug = exposure.exposure().drug().id();
            lineage.missing(numbers::value).ifPresent(name -> {
                throw new InvalidInputException(
                        "drugs." + drug + "." + SECTION + "." + name,
                        "missing; the drug has a slope for " + lineage.curve());
            });
            if (numbers.value(lineage.number(Lineage.SLOPE)) > 0) {
                slopes.add(numbers.value(lineage.number(Lineage.SLOPE)));
                concentrations.add(exposure.exposure().disposition().concentration(Disposition.PLASMA));
                transit += numbers.value(lineage.number(Lineage.TRANSIT));
                feedback += numbers.value(lineage.number(Lineage.FEEDBACK));
                baseline += numbers.value(lineage.number(Lineage.BASELINE));
            } else {
                String remark = "No numbers for " + lineage.curve() + " are known of " + drug + ".";
                if (!remarks.contains(remark)) {
                    remarks.add(remark);
                }
            }
        }
        OptionalDouble measured = PatientCovariates.of(setting, lineage.covariate());
        int count = slopes.size();
        if (measured.isEmpty() && count == 0) {
            return Optional.empty();
        }
        double start = measured.orElse(baseline / Math.max(1, count));
        TimeFunction share = count == 0
                ? TimeFunction.constant(1)
                : new Myelosuppression(transit / count, feedback / count, slopes, concentrations)
                        .overHorizon(context, firstDose(known));
        return Optional.of(FineCurve.of(lineage.curve(), lineage.title(), UNIT, share, start, context.horizon()));
    }
}
