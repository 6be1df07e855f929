package org.oncotwin.treatment.radiation.lq;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.DifferentiableCourse;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;

/** Fractions at their times. It has no state: what survives is the growth model's. */
final class RadiationCourse implements DifferentiableCourse {

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
                : Effects.of(EffectPort.SURVIVING_FRACTION, byDose(prescription, cells::survivingFraction));
        return new RadiationCourse(prescription, cells, fraction);
    }

    /** A function of the dose of one fraction in Gy, in space. */
    private static SpatialValue byDose(Prescription prescription, DoubleUnaryOperator function) {
        return prescription
                .doseMap()
                .map(map -> SpatialValue.varying(byDose(map, prescription.fractions(), function)))
                .orElseGet(() -> SpatialValue.uniform(function.applyAsDouble(prescription.dosePerFraction())));
    }

    private static Field byDose(Field map, int fractions, DoubleUnaryOperator function) {
        double[] values = map.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] = function.applyAsDouble(values[index] / fractions);
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
        return isFraction(state.time()) ? fraction : Effects.none();
    }

    @Override
    public Set<String> differentiableParameters() {
        return Set.of(RadiationModality.ALPHA.name(), RadiationModality.ALPHA_BETA.name());
    }

    @Override
    public EffectsDerivative instantEffectsDerivative(State state, String parameter) {
        if (!isFraction(state.time())) {
            return EffectsDerivative.none();
        }
        DoubleUnaryOperator derivative = parameter.equals(RadiationModality.ALPHA.name())
                ? cells::survivingFractionByAlpha
                : cells::survivingFractionByAlphaBeta;
        return EffectsDerivative.of(EffectPort.SURVIVING_FRACTION, byDose(prescription, derivative));
    }

    private boolean isFraction(SimulationTime time) {
        return Collections.binarySearch(prescription.times(), time) >= 0;
    }
}
