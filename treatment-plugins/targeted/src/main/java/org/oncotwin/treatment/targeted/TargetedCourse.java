package org.oncotwin.treatment.targeted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;

/** Doses of a targeted drug. Doses are known in advance and shares of clones depend on time alone: no state and no breakpoints. */
final class TargetedCourse implements Course {

    private final Drug drug;
    private final Prescription prescription;
    private final Optional<Disposition> disposition;
    private final Optional<Clones> clones;
    private final Effects effects;
    private final double probability;

    /**
     * A course.
     *
     * @param disposition concentrations; empty if nothing is given
     * @param clones response of the tumour; empty if it does not respond
     * @param probability that resistant cells are there before treatment
     */
    TargetedCourse(
            Drug drug,
            Prescription prescription,
            Optional<Disposition> disposition,
            Optional<Clones> clones,
            double probability) {
        this.drug = drug;
        this.prescription = prescription;
        this.disposition = disposition;
        this.clones = clones;
        this.probability = probability;
        this.effects = clones.map(
                        response -> Effects.of(EffectPort.PROLIFERATION_FACTOR, response.proliferationFactor())
                                .and(EffectPort.KILL_RATE, KillRate.uniform(response.killRate())))
                .orElse(Effects.none());
    }

    @Override
    public List<TreatmentEvent> events() {
        List<TreatmentEvent> events = new ArrayList<>();
        int number = 0;
        int count = prescription.administrations().size();
        for (Administration dose : prescription.administrations()) {
            number++;
            events.add(new TreatmentEvent(
                    dose.start(), drug.id() + ", dose " + number + " of " + count, dose.amount(), "mg"));
        }
        return events;
    }

    @Override
    public List<CourseFact> facts() {
        List<CourseFact> facts = new ArrayList<>();
        facts.add(new CourseFact("total_dose", "Total dose", prescription.totalDose(), "mg"));
        facts.add(new CourseFact(
                "pre_existing_resistance_probability",
                "Probability that resistant cells are there before treatment, by a branching process",
                probability,
                "1"));
        List<Administration> doses = prescription.administrations();
        if (!doses.isEmpty()) {
            facts.add(new CourseFact(
                    "end_day",
                    "Day of the last dose",
                    doses.get(doses.size() - 1).start().days(),
                    "d"));
        }
        clones.ifPresent(response -> addResponse(facts, response));
        return facts;
    }

    private void addResponse(List<CourseFact> facts, Clones response) {
        double start = prescription.administrations().get(0).start().days();
        double end = response.end();
        facts.add(new CourseFact(
                "average_concentration",
                "Average concentration in plasma from the first dose to the end of the run",
                plasma().integral(start, end) / (end - start),
                "mg/L"));
        facts.add(new CourseFact(
                "resistant_share_at_end",
                "Share of resistant cells at the end of the run",
                response.resistantShare(end),
                "1"));
        facts.add(new CourseFact(
                "acquired_share_at_end",
                "Share of cells that became resistant under treatment, at the end of the run",
                response.acquiredShare(end),
                "1"));
        response.dayOfHalf()
                .ifPresent(day -> facts.add(
                        new CourseFact("half_resistant_day", "Day from which on half of the cells resist", day, "d")));
    }

    private TimeFunction plasma() {
        return disposition.orElseThrow().concentration(Disposition.PLASMA);
    }

    @Override
    public List<Curve> curves(Interval interval) {
        List<Curve> curves = new ArrayList<>();
        String id = drug.id();
        if (disposition.isPresent()) {
            curves.add(Curve.of(id + ".plasma", drug.title() + " in plasma", "mg/L", plasma(), interval));
        }
        clones.ifPresent(response -> {
            curves.add(Curve.of(
                    id + ".proliferation-factor",
                    "Factor on proliferation by " + drug.title(),
                    "1",
                    effects.get(EffectPort.PROLIFERATION_FACTOR),
                    interval));
            curves.add(Curve.of(
                    id + ".kill-rate",
                    "Kill rate by " + drug.title(),
                    "/d",
                    effects.get(EffectPort.KILL_RATE).uniformRate(),
                    interval));
            curves.add(Curve.of(
                    id + ".resistant-share", "Share of resistant cells", "1", response.resistantShare(), interval));
            curves.add(Curve.of(
                    id + ".acquired-share",
                    "Share of cells that became resistant under treatment",
                    "1",
                    response.acquiredShare(),
                    interval));
        });
        return curves;
    }

    @Override
    public List<DrugExposure> exposures() {
        return disposition
                .map(known -> List.of(new DrugExposure(drug, "", prescription.administrations(), known)))
                .orElse(List.of());
    }

    @Override
    public List<SimulationTime> breakpoints(Interval interval) {
        return List.of();
    }

    @Override
    public Effects effects(State state, Interval interval) {
        return effects;
    }
}
