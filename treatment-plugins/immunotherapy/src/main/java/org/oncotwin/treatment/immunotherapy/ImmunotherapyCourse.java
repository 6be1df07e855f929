package org.oncotwin.treatment.immunotherapy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.PiecewisePolynomial;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;

/** Doses of an antibody. Doses are known in advance, so that the blockade is a function of time alone: no state and no breakpoints. */
final class ImmunotherapyCourse implements Course {

    private static final double OCCUPANCY_TOLERANCE = 1e-9;

    private final Drug drug;
    private final Prescription prescription;
    private final Disposition disposition;
    private final TimeFunction plasma;
    private final Map<Checkpoint, TimeFunction> blockades;
    private final Effects effects;
    private final double lastDay;

    private ImmunotherapyCourse(
            Drug drug,
            Prescription prescription,
            Disposition disposition,
            Map<Checkpoint, TimeFunction> blockades,
            double lastDay) {
        this.drug = drug;
        this.prescription = prescription;
        this.disposition = disposition;
        this.plasma = disposition.concentration(Disposition.PLASMA);
        this.blockades = blockades;
        this.lastDay = lastDay;
        Effects all = Effects.none();
        for (Map.Entry<Checkpoint, TimeFunction> blockade : blockades.entrySet()) {
            all = all.and(blockade.getKey().port(), blockade.getValue());
        }
        this.effects = all;
    }

    /**
     * Of a drug that is given at least once.
     *
     * @param lastDay end of the run, up to which concentrations are known
     */
    static ImmunotherapyCourse of(
            Drug drug,
            CheckpointAntibody antibody,
            Prescription prescription,
            Disposition disposition,
            double penetrationFactor,
            double lastDay) {
        boolean tumour = disposition.sites().contains(Disposition.TUMOUR);
        TimeFunction concentration = disposition.concentration(tumour ? Disposition.TUMOUR : Disposition.PLASMA);
        double penetration = penetrationFactor * (tumour ? 1 : antibody.penetration());
        Map<Checkpoint, TimeFunction> blockades = new EnumMap<>(Checkpoint.class);
        for (Checkpoint checkpoint : antibody.dissociationConstants().keySet()) {
            double factor = penetration * antibody.blockadePerConcentration(checkpoint);
            blockades.put(checkpoint, TimeFunction.product(List.of(concentration, TimeFunction.constant(factor))));
        }
        return new ImmunotherapyCourse(drug, prescription, disposition, blockades, lastDay);
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
        List<Administration> doses = prescription.administrations();
        List<CourseFact> facts = new ArrayList<>();
        facts.add(new CourseFact("dose", "Each dose", prescription.amount(), "mg"));
        facts.add(new CourseFact("total_dose", "Total dose", prescription.amount() * doses.size(), "mg"));
        facts.add(new CourseFact(
                "end_day",
                "Day of the last dose",
                doses.get(doses.size() - 1).start().days(),
                "d"));
        double first = doses.get(0).start().days();
        if (first >= lastDay) {
            return facts;
        }
        double peakDay = peakDay(doses);
        facts.add(new CourseFact(
                "peak_concentration",
                "Highest concentration in plasma at the end of a dose",
                plasma.at(peakDay),
                "mg/L"));
        addOccupancies(facts, "peak", "at the highest concentration", peakDay);
        double firstTrough = Math.nextDown(first + prescription.interval());
        if (firstTrough <= lastDay) {
            facts.add(new CourseFact(
                    "first_trough_concentration",
                    "Concentration in plasma one interval after the first dose",
                    plasma.at(firstTrough),
                    "mg/L"));
            double trough = lastTrough(doses);
            facts.add(new CourseFact(
                    "trough_concentration",
                    "Concentration in plasma one interval after the last dose of the run",
                    plasma.at(trough),
                    "mg/L"));
            addOccupancies(facts, "trough", "one interval after the last dose of the run", trough);
        }
        double end = Math.min(lastDay, doses.get(doses.size() - 1).start().days() + prescription.interval());
        blockades.forEach((checkpoint, blockade) -> facts.add(new CourseFact(
                checkpoint.key() + "_average_occupancy",
                "Average occupancy of " + checkpoint.title() + " from the first dose to one interval after the last",
                occupancy(blockade, first, end).integral(first, end) / (end - first),
                "1")));
        return facts;
    }

    private void addOccupancies(List<CourseFact> facts, String name, String when, double day) {
        blockades.forEach((checkpoint, blockade) -> facts.add(new CourseFact(
                checkpoint.key() + "_" + name + "_occupancy",
                "Occupancy of " + checkpoint.title() + " " + when,
                occupancy(blockade.at(day)),
                "1")));
    }

    private double peakDay(List<Administration> doses) {
        double best = Math.min(doses.get(0).endDay(), lastDay);
        for (Administration dose : doses) {
            if (dose.endDay() <= lastDay && plasma.at(dose.endDay()) > plasma.at(best)) {
                best = dose.endDay();
            }
        }
        return best;
    }

    /** Just before the next dose would be due, for the last dose after which the run goes on that long. */
    private double lastTrough(List<Administration> doses) {
        double trough = Double.NaN;
        for (Administration dose : doses) {
            double day = Math.nextDown(dose.start().days() + prescription.interval());
            if (day <= lastDay) {
                trough = day;
            }
        }
        return trough;
    }

    @Override
    public List<Curve> curves(Interval interval) {
        List<Curve> curves = new ArrayList<>();
        curves.add(Curve.of(drug.id() + ".plasma", drug.title() + " in plasma", "mg/L", plasma, interval));
        double first = prescription.administrations().get(0).start().days();
        double end = interval.end().days();
        blockades.forEach((checkpoint, blockade) -> curves.add(Curve.of(
                drug.id() + "." + checkpoint.key() + "-occupancy",
                "Occupancy of " + checkpoint.title() + " by " + drug.title(),
                "1",
                first < end ? occupancy(blockade, first, end) : TimeFunction.constant(0),
                interval)));
        return curves;
    }

    @Override
    public List<DrugExposure> exposures() {
        return List.of(new DrugExposure(drug, "", prescription.administrations(), disposition));
    }

    @Override
    public List<SimulationTime> breakpoints(Interval interval) {
        return List.of();
    }

    /** What the antibody does not bind. */
    @Override
    public Set<EffectPort<?>> idlePorts() {
        return Checkpoint.portsWithout(blockades.keySet());
    }

    @Override
    public Effects effects(State state, Interval interval) {
        return effects;
    }

    /** Occupancy over time, which is a bent function of the concentration. */
    private static TimeFunction occupancy(TimeFunction blockade, double from, double to) {
        return PiecewisePolynomial.approximating(
                day -> occupancy(blockade.at(day)), blockade.jumps(from, to), from, to, OCCUPANCY_TOLERANCE);
    }

    /** Share of the receptor that is bound at equilibrium when nothing else binds: x / (1 + x). */
    static double occupancy(double blockade) {
        return blockade / (1 + blockade);
    }
}
