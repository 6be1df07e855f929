package org.oncotwin.treatment.radiation.lq;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;

/** Fractions at their times. It has no state: what survives is the growth model's. */
final class RadiationCourse implements Course {

    private final Prescription prescription;
    private final LinearQuadratic cells;
    private final Effects fraction;

    private RadiationCourse(Prescription prescription, LinearQuadratic cells, Effects fraction) {
        this.prescription = prescription;
        this.cells = cells;
        this.fraction = fraction;
    }

    static RadiationCourse of(Prescription prescription, LinearQuadratic cells) {
        Effects fraction = prescription.times().isEmpty()
                ? Effects.none()
                : Effects.of(EffectPort.SURVIVING_FRACTION, survivors(prescription, cells));
        return new RadiationCourse(prescription, cells, fraction);
    }

    private static SpatialValue survivors(Prescription prescription, LinearQuadratic cells) {
        return prescription
                .doseMap()
                .map(map -> SpatialValue.varying(survivors(map, prescription.fractions(), cells)))
                .orElseGet(() -> SpatialValue.uniform(cells.survivingFraction(prescription.dosePerFraction())));
    }

    private static Field survivors(Field map, int fractions, LinearQuadratic cells) {
        double[] values = map.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] = cells.survivingFraction(values[index] / fractions);
        }
        return Field.owning(map.grid(), values);
    }

    @Override
    public List<TreatmentEvent> events() {
        List<TreatmentEvent> events = new ArrayList<>();
        int number = 0;
        for (SimulationTime time : prescription.times()) {
            number++;
            events.add(new TreatmentEvent(
                    time,
                    "fraction " + number + " of " + prescription.fractions(),
                    prescription.dosePerFraction(),
                    "Gy"));
        }
        return events;
    }

    @Override
    public List<CourseFact> facts() {
        int n = prescription.fractions();
        double d = prescription.dosePerFraction();
        List<CourseFact> facts = new ArrayList<>();
        facts.add(new CourseFact("total_dose", "Prescribed dose", n * d, "Gy"));
        facts.add(new CourseFact(
                "biologically_effective_dose",
                "Biologically effective dose (BED) of the prescription",
                cells.biologicallyEffectiveDose(n, d),
                "Gy"));
        facts.add(new CourseFact(
                "equivalent_dose_in_2_gy_fractions",
                "Equivalent dose in 2 Gy fractions (EQD2) of the prescription",
                cells.equivalentDoseInTwoGray(n, d),
                "Gy"));
        facts.add(new CourseFact(
                "surviving_fraction_per_fraction",
                "Surviving fraction after one prescribed fraction",
                cells.survivingFraction(d),
                "1"));
        facts.add(new CourseFact("beta", "Quadratic radiosensitivity beta", cells.beta(), "/Gy2"));
        prescription
                .doseMap()
                .ifPresent(map -> facts.add(new CourseFact(
                        "largest_planned_dose", "Largest dose of the dose map", Prescription.largest(map), "Gy")));
        // A course without dose has no end.
        if (!prescription.times().isEmpty()) {
            SimulationTime last = prescription.times().get(prescription.times().size() - 1);
            facts.add(new CourseFact("end_day", "Day of the last fraction", last.days(), "d"));
        }
        return facts;
    }

    @Override
    public List<SimulationTime> breakpoints(Interval interval) {
        return prescription.times().stream().filter(interval::contains).toList();
    }

    @Override
    public Effects instantEffects(State state) {
        boolean now = Collections.binarySearch(prescription.times(), state.time()) >= 0;
        return now ? fraction : Effects.none();
    }
}
