package org.oncotwin.model.checkpoint.inhibitor.tme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.tumour.immune.Quantities;

class TreatmentTest {

    private static final Lesion LESION = Lesion.of(Map.of(), Map.of());

    @Test
    void untreatedTumourGrowsAndNothingIsOccupied() {
        List<State> course = LESION.course(14, 30, 360, Effects.none());
        double last = 0;
        for (State state : course) {
            assertThat(LESION.burden(state)).isGreaterThan(last);
            last = LESION.burden(state);
            for (Quantity occupancy :
                    List.of(Quantities.PD1_OCCUPANCY, Quantities.PDL1_OCCUPANCY, Quantities.CTLA4_OCCUPANCY)) {
                assertThat(state.scalar(Lesion.OWNER, occupancy)).isZero();
            }
        }
    }

    @Test
    void imageShowsTheVolumeItStartsFrom() {
        for (double volume : new double[] {0, 1e-6, 0.5, 14, 1000, 5000}) {
            State start = LESION.start(volume);
            assertThat(LESION.volume(start)).isCloseTo(volume, within(1e-12 * volume));
            assertThat(LESION.burden(start)).isLessThanOrEqualTo(volume);
        }
    }

    /** Nothing jumps at the start: what is not the tumour and its effectors is where it settles. */
    @Test
    void startIsSettled() {
        State start = LESION.start(14);
        State soon = LESION.advance(start, 0.01, Effects.none());
        for (Quantity quantity : TmeState.OWNED) {
            double before = start.scalar(Lesion.OWNER, quantity);
            assertThat(soon.scalar(Lesion.OWNER, quantity))
                    .as(quantity.name())
                    .isCloseTo(before, within(2e-3 * before));
        }
    }

    @Test
    void occupancyFollowsTheDrug() {
        Decay drug = new Decay(500, 0.04, 0);
        for (double day : new double[] {1, 21, 100}) {
            double x = drug.at(day);
            State state = LESION.after(
                    14,
                    day,
                    Effects.of(EffectPort.PD1_BLOCKADE, (TimeFunction) drug)
                            .and(EffectPort.CTLA4_BLOCKADE, TimeFunction.constant(3)));
            assertThat(LESION.process().observe(state).get(Quantities.PD1_OCCUPANCY))
                    .isEqualTo(x / (1 + x));
            assertThat(LESION.process().observe(state).get(Quantities.PDL1_OCCUPANCY))
                    .isZero();
            assertThat(LESION.process().observe(state).get(Quantities.CTLA4_OCCUPANCY))
                    .isEqualTo(0.75);
        }
    }

    @Test
    void moreOfEachAntibodyLeavesLessTumour() {
        for (EffectPort<TimeFunction> port :
                List.of(EffectPort.PD1_BLOCKADE, EffectPort.PDL1_BLOCKADE, EffectPort.CTLA4_BLOCKADE)) {
            double last = LESION.burden(LESION.after(14, 180, Effects.none()));
            for (double x : new double[] {0.3, 3, 30, 300}) {
                double burden = LESION.burden(LESION.after(14, 180, Effects.of(port, TimeFunction.constant(x))));
                assertThat(burden).as("%s of %s", port, x).isLessThan(last);
                last = burden;
            }
        }
    }

    /** Radiation, operation, drugs that kill or slow, and less room: more of each leaves less tumour three months later. */
    @Test
    void moreOfEveryOtherTreatmentLeavesLessTumour() {
        for (EffectPort<SpatialValue> port : List.of(EffectPort.SURVIVING_FRACTION, EffectPort.REMAINING_FRACTION)) {
            double last = LESION.burden(LESION.after(14, 90, Effects.none()));
            for (double fraction : new double[] {0.9, 0.5, 0.1}) {
                State start = LESION.start(14);
                State treated =
                        start.with(LESION.process().respond(start, Effects.of(port, SpatialValue.uniform(fraction))));
                double burden = LESION.burden(LESION.advance(treated, 90, Effects.none()));
                assertThat(burden).as("%s of %s", port, fraction).isLessThan(last);
                last = burden;
            }
        }
        double last = LESION.burden(LESION.after(14, 90, Effects.none()));
        for (double rate : new double[] {0.005, 0.02, 0.1}) {
            KillRate kill = KillRate.uniform(TimeFunction.constant(rate));
            double burden = LESION.burden(LESION.after(14, 90, Effects.of(EffectPort.KILL_RATE, kill)));
            assertThat(burden).as("kill rate of %s", rate).isLessThan(last);
            last = burden;
        }
        for (EffectPort<TimeFunction> port :
                List.of(EffectPort.PROLIFERATION_FACTOR, EffectPort.CARRYING_CAPACITY_FACTOR)) {
            last = LESION.burden(LESION.after(14, 90, Effects.none()));
            for (double factor : new double[] {0.8, 0.3, 0.01}) {
                double burden = LESION.burden(LESION.after(14, 90, Effects.of(port, TimeFunction.constant(factor))));
                assertThat(burden).as("%s of %s", port, factor).isLessThan(last);
                last = burden;
            }
        }
    }

    /** The tumour is gone on the same day whether the time is cut before, after or not at all. */
    @Test
    void extinctionDoesNotDependOnHowTimeIsCut() {
        Effects effects = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(1)));
        State whole = LESION.after(14, 40, effects);
        State cut = LESION.start(14);
        for (double day : new double[] {5, 21.5, 22.5, 23, 40}) {
            cut = LESION.advance(cut, day, effects);
        }
        for (Quantity quantity : TmeState.OWNED) {
            double expected = whole.scalar(Lesion.OWNER, quantity);
            assertThat(cut.scalar(Lesion.OWNER, quantity))
                    .as(quantity.name())
                    .isCloseTo(expected, within(1e-6 * expected));
        }
    }

    /** Each of the mechanisms around the published model acts in its direction on the treated tumour. */
    @Test
    void mechanismsActInTheirDirection() {
        double usual = burdenWith(Map.of());
        assertThat(burdenWith(Map.of("regulatory_suppression", 4e-7))).isGreaterThan(usual);
        assertThat(burdenWith(Map.of("regulatory_influx", 2e5))).isGreaterThan(usual);
        assertThat(burdenWith(Map.of("pd1_density", 2000.0))).isGreaterThan(usual);
        assertThat(burdenWith(Map.of("priming", 0.2))).isLessThan(usual);
        assertThat(burdenWith(Map.of("effector_kill", 2e-9))).isLessThan(usual);
        assertThat(burdenWith(Map.of("kill_saturation", 1e-9))).isGreaterThan(usual);
        assertThat(burdenWith(Map.of("effector_crowding", 1e-7))).isGreaterThan(usual);
        assertThat(burdenWith(Map.of("initial_effector_density", 1e6))).isLessThan(usual);
    }

    private static double burdenWith(Map<String, Double> parameters) {
        Lesion lesion = Lesion.of(parameters, Map.of());
        return lesion.burden(lesion.after(14, 150, Effects.of(EffectPort.PD1_BLOCKADE, TimeFunction.constant(20))));
    }

    @Test
    void antibodiesTogetherDoMoreThanEachAlone() {
        Effects both = Lesion.PD1.and(EffectPort.CTLA4_BLOCKADE, TimeFunction.constant(20));
        assertThat(LESION.burden(LESION.after(14, 180, both)))
                .isLessThan(LESION.burden(LESION.after(14, 180, Lesion.PD1)))
                .isLessThan(LESION.burden(LESION.after(14, 180, Lesion.CTLA4)));
    }

    /** Antibodies to receptor and ligand of one pair meet in the product of both. */
    @Test
    void blockadeOfReceptorOrLigandIsTheSame() {
        assertThat(LESION.burden(LESION.after(14, 90, Lesion.PDL1)))
                .isCloseTo(LESION.burden(LESION.after(14, 90, Lesion.PD1)), within(1e-9));
    }

    /**
     * Pseudoprogression: under blockade the image shows more for weeks, because infiltrate and dying cells add to it, while the viable tumour shrinks from the start; then the image follows.
     * The lesion is inflamed and of high microsatellite instability, with 3e6 effectors per cm3.
     */
    @Test
    void imageRisesThenFallsWhileTheTumourShrinks() {
        Lesion lesion = Lesion.of(Map.of("initial_effector_density", 3e6), Map.of("MSI", "MSI-H"));
        List<State> course = lesion.course(14, 7, 182, Lesion.PD1);
        double peak = 0;
        int week = 0;
        for (int n = 1; n < course.size(); n++) {
            assertThat(lesion.burden(course.get(n)))
                    .as("viable tumour in week %d", n)
                    .isLessThan(lesion.burden(course.get(n - 1)));
            if (lesion.volume(course.get(n)) > peak) {
                peak = lesion.volume(course.get(n));
                week = n;
            }
        }
        assertThat(peak).as("largest image, in week %d", week).isGreaterThan(1.1 * 14);
        assertThat(week).isBetween(2, 12);
        assertThat(lesion.volume(course.get(course.size() - 1))).isLessThan(0.5 * 14);
    }

    @Test
    void whatIsKilledStaysOnTheImageUntilItIsCleared() {
        State start = LESION.start(14);
        State after = start.with(
                LESION.process().respond(start, Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.25))));
        assertThat(LESION.volume(after)).isCloseTo(14, within(1e-12));
        assertThat(LESION.burden(after)).isCloseTo(LESION.burden(start) / 4, within(1e-12));
        assertThat(LESION.volume(LESION.advance(after, 60, Effects.none()))).isLessThan(14);
    }

    @Test
    void whatIsRemovedIsGone() {
        State start = LESION.start(14);
        State after = start.with(
                LESION.process().respond(start, Effects.of(EffectPort.REMAINING_FRACTION, SpatialValue.uniform(0.1))));
        assertThat(LESION.volume(after)).isCloseTo(1.4, within(1e-12));
        assertThat(after.scalar(Lesion.OWNER, Quantities.EFFECTORS))
                .isCloseTo(0.1 * start.scalar(Lesion.OWNER, Quantities.EFFECTORS), within(1e-6));
        assertThat(after.scalar(Lesion.OWNER, Quantities.PRESENTING))
                .isEqualTo(start.scalar(Lesion.OWNER, Quantities.PRESENTING));
    }

    /** Without immune cells and growth a rate that decays within hours acts by its integral, and what it killed is cleared exponentially. */
    @Test
    void killRateThatDecaysWithinHoursActsFully() {
        Lesion lesion = Lesion.of(
                Map.of("proliferation", 0.0, "effector_kill", 0.0, "inflammation", 0.0, "extinction", 0.0), Map.of());
        TimeFunction rate = new Decay(50, 200, 0);
        State end = lesion.after(5, 30, Effects.of(EffectPort.KILL_RATE, KillRate.uniform(rate)));
        double expected = 5 * StrictMath.exp(-rate.integral(0, 30));
        assertThat(lesion.burden(end)).isCloseTo(expected, within(1e-12 * expected));
        double dying = (5 - expected) * StrictMath.exp(-0.03 * 30);
        assertThat(lesion.volume(end) - expected).isCloseTo(dying, within(2e-4 * dying));
    }

    @Test
    void tumourOfLessThanACellIsGoneForGood() {
        KillRate rate = KillRate.uniform(TimeFunction.constant(1));
        State gone = LESION.after(14, 40, Effects.of(EffectPort.KILL_RATE, rate));
        assertThat(LESION.burden(gone)).isZero();
        State years = LESION.advance(gone, 3650, Effects.none());
        assertThat(LESION.burden(years)).isZero();
        assertThat(LESION.volume(years)).isCloseTo(0, within(1e-12));
        Lesion lasting = Lesion.of(Map.of("extinction", 0.0), Map.of());
        assertThat(lasting.burden(lasting.after(14, 40, Effects.of(EffectPort.KILL_RATE, rate))))
                .isPositive();
        State start = LESION.start(14);
        Effects nothing = Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(1e-11));
        assertThat(LESION.burden(start.with(LESION.process().respond(start, nothing))))
                .isZero();
    }

    @Test
    void effectsThatDifferFromVoxelToVoxelAreRefusedByPort() {
        SpatialValue field = SpatialValue.varying(Field.constant(new Grid(2, 2, 2, Affine.scaling(1, 1, 1)), 0.5));
        State start = LESION.start(14);
        for (EffectPort<SpatialValue> port : List.of(EffectPort.SURVIVING_FRACTION, EffectPort.REMAINING_FRACTION)) {
            assertThatThrownBy(() -> LESION.process().respond(start, Effects.of(port, field)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(port.name() + ": differs from voxel to voxel");
        }
        KillRate rate = new KillRate(List.of(new KillRate.Term(TimeFunction.constant(1), field)));
        assertThatThrownBy(() -> LESION.advance(start, 1, Effects.of(EffectPort.KILL_RATE, rate)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("kill-rate: differs from voxel to voxel");
    }

    @Test
    void volumeBeyondABodyIsRefused() {
        assertThatThrownBy(() -> LESION.start(2e6))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("allowed is 0 to 1000000 cm3");
    }

    @Test
    void diameterIsThatOfTheSphere() {
        State start = LESION.start(4.0 / 3 * Math.PI);
        assertThat(LESION.process().observe(start).get(Quantities.DIAMETER)).isCloseTo(2, within(1e-9));
    }
}
