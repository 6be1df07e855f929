package org.oncotwin.treatment.chemotherapy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.DifferentiableCourse;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;

/** Doses that are known in advance, so that the rate at which they kill is a function of time alone: no state, no breakpoints. */
final class ChemotherapyCourse implements DifferentiableCourse {

    private static final double HOURS = 24;
    private static final double LN_10 = StrictMath.log(10);

    /**
     * What the doses lead to, if there are any within the run.
     *
     * @param disposition concentrations
     * @param rate of killing, 1/d
     */
    private record Action(Disposition disposition, TimeFunction rate) {}

    private final Prescription prescription;
    private final Parameters parameters;
    private final Interval horizon;
    private final Optional<Action> action;

    private ChemotherapyCourse(
            Prescription prescription, Parameters parameters, Interval horizon, Optional<Action> action) {
        this.prescription = prescription;
        this.parameters = parameters;
        this.horizon = horizon;
        this.action = action;
    }

    static ChemotherapyCourse of(
            Prescription prescription, Parameters parameters, Pharmacokinetics pharmacokinetics, Interval horizon) {
        prescription.killModel().check(parameters);
        List<Administration> doses = prescription.administrations();
        Optional<Action> action = Optional.empty();
        if (!doses.isEmpty() && doses.get(0).start().isBefore(horizon.end())) {
            Disposition disposition =
                    pharmacokinetics.disposition(prescription.drug().id(), doses);
            TimeFunction rate = prescription
                    .killModel()
                    .rate(
                            disposition.concentration(prescription.site()),
                            parameters,
                            doses.get(0).start().days(),
                            horizon.end().days());
            action = Optional.of(new Action(disposition, rate));
        }
        return new ChemotherapyCourse(prescription, parameters, horizon, action);
    }

    @Override
    public List<TreatmentEvent> events() {
        List<TreatmentEvent> events = new ArrayList<>();
        int count = prescription.administrations().size();
        for (Administration dose : prescription.administrations()) {
            events.add(new TreatmentEvent(
                    dose.start(),
                    prescription.drug().id() + ", dose " + (events.size() + 1) + " of " + count,
                    dose.amount(),
                    "mg"));
        }
        return events;
    }

    @Override
    public List<CourseFact> facts() {
        int count = prescription.administrations().size();
        List<CourseFact> facts = new ArrayList<>();
        facts.add(new CourseFact("dose", "Dose", prescription.dose(), "mg"));
        prescription.basis().ifPresent(facts::add);
        facts.add(new CourseFact("doses", "Number of doses", count, "1"));
        facts.add(new CourseFact("cumulative_dose", "Cumulative dose", count * prescription.dose(), "mg"));
        action.ifPresent(acting -> {
            facts.add(new CourseFact(
                    "exposure",
                    "Area under the concentration in plasma until the end of the run",
                    HOURS * untilTheEnd(acting.disposition().concentration(Disposition.PLASMA)),
                    "mg.h/L"));
            facts.add(new CourseFact(
                    "log_kill",
                    "Log kill until the end of the run: decimal logarithm of the fraction of cells that the drug alone would leave, "
                            + "without its sign",
                    untilTheEnd(acting.rate()) / LN_10,
                    "1"));
            SimulationTime last = prescription.administrations().get(count - 1).start();
            facts.add(new CourseFact("last_dose_day", "Day of the last dose", last.days(), "d"));
        });
        return facts;
    }

    private double untilTheEnd(TimeFunction function) {
        double first = prescription.administrations().get(0).start().days();
        return function.integral(
                Math.min(first, horizon.start().days()), horizon.end().days());
    }

    @Override
    public List<Curve> curves(Interval interval) {
        return action.map(acting -> {
                    String drug = prescription.drug().id();
                    String title = prescription.drug().title();
                    List<Curve> curves = new ArrayList<>();
                    for (String site : acting.disposition().sites()) {
                        if (site.equals(Disposition.PLASMA) || site.equals(prescription.site())) {
                            curves.add(Curve.of(
                                    drug + "." + site,
                                    title + ", concentration in " + site,
                                    "mg/L",
                                    acting.disposition().concentration(site),
                                    interval));
                        }
                    }
                    curves.add(
                            Curve.of(drug + ".kill-rate", title + ", rate of killing", "/d", acting.rate(), interval));
                    return curves;
                })
                .orElse(List.of());
    }

    @Override
    public List<DrugExposure> exposures() {
        return action.map(acting -> List.of(new DrugExposure(
                        prescription.drug(),
                        prescription.phase(),
                        prescription.administrations(),
                        acting.disposition())))
                .orElse(List.of());
    }

    @Override
    public List<SimulationTime> breakpoints(Interval interval) {
        return List.of();
    }

    @Override
    public Effects effects(State state, Interval interval) {
        return action.map(acting -> Effects.of(EffectPort.KILL_RATE, KillRate.uniform(acting.rate())))
                .orElse(Effects.none());
    }

    @Override
    public Set<String> differentiableParameters() {
        return prescription.killModel().factors();
    }

    @Override
    public EffectsDerivative effectsDerivative(State state, Interval interval, String parameter) {
        // The rate is proportional to each of these, none of which is 0.
        return action.map(acting -> EffectsDerivative.of(
                        EffectPort.KILL_RATE,
                        KillRate.uniform(TimeFunction.product(
                                List.of(acting.rate(), TimeFunction.constant(1 / parameters.value(parameter)))))))
                .orElse(EffectsDerivative.none());
    }
}
