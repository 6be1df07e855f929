package org.oncotwin.model.checkpoint.inhibitor.tme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.tumour.immune.Quantities;

/**
 * The whole model with its default parameters against the equations of the README written down again in another language and solved by the classical Runge-Kutta method with a step of 0.01 d (halving
 * the step changes less than 3e-9 of any value). From V 12, D 0.5, O 1.5 cm3, E 4e6, R 2e6, A 5e6 cells and C 2 pmol/L.
 *
 * <pre>
 * quantity                              | reference, day 30 and day 120        | tolerance
 * V, E, R, A, C, D, O without effects   | below                                | 1e-7
 *   with PD-1 blockade of 200           | below                                | 1e-7
 *   with all continuous effects at once | below                                | 1e-7
 * </pre>
 */
class TrajectoryTest {

    private static final List<Quantity> ORDER = List.of(
            Quantities.VIABLE,
            Quantities.EFFECTORS,
            Quantities.REGULATORY,
            Quantities.PRESENTING,
            Quantities.INTERFERON,
            Quantities.DYING,
            Quantities.INFLAMED);

    @Test
    void withoutEffects() {
        assertCourse(
                Effects.none(),
                new double[] {16.90861, 3590116.54, 1994654.01, 4992267.42, 1.52913276, 0.352698713, 1.22580411},
                new double[] {47.6099467, 3676031.39, 1997247.3, 4992071.64, 0.782541635, 0.44273811, 1.62112045});
    }

    @Test
    void underBlockadeOfPd1() {
        assertCourse(
                Lesion.PD1,
                new double[] {15.2115546, 15378480.5, 1994375.47, 4992176.5, 12.6796408, 1.44627816, 4.07583437},
                new double[] {8.51834115, 52209173.9, 1990531.91, 4987433.42, 20.9015103, 8.11116863, 5.3887536});
    }

    @Test
    void underEverythingAtOnce() {
        assertCourse(
                Effects.of(EffectPort.PROLIFERATION_FACTOR, TimeFunction.constant(0.8))
                        .and(EffectPort.CARRYING_CAPACITY_FACTOR, TimeFunction.constant(0.01))
                        .and(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.01)))
                        .and(EffectPort.PD1_BLOCKADE, TimeFunction.constant(50))
                        .and(EffectPort.PDL1_BLOCKADE, TimeFunction.constant(3))
                        .and(EffectPort.CTLA4_BLOCKADE, TimeFunction.constant(20)),
                new double[] {8.70419263, 23818532.8, 1071532.36, 4991039.58, 18.2749478, 3.78927319, 2.38040326},
                new double[] {0.204073544, 57675353.1, 881319.191, 4951795.99, 22.8405969, 2.19150737, 0.384682223});
    }

    private static void assertCourse(Effects effects, double[] day30, double[] day120) {
        Lesion lesion = Lesion.of(Map.of(), Map.of(), 1e-9);
        TmeState start = new TmeState(12, 0.5, 1.5, 4e6, 2e6, 5e6, 2, 0, 0, 0);
        State state = lesion.advance(State.at(SimulationTime.ZERO).with(start.components(Lesion.OWNER)), 30, effects);
        assertState(state, day30);
        assertState(lesion.advance(state, 120, effects), day120);
    }

    private static void assertState(State state, double[] expected) {
        for (int n = 0; n < expected.length; n++) {
            assertThat(state.scalar(Lesion.OWNER, ORDER.get(n)))
                    .as("%s at %s", ORDER.get(n).name(), state.time())
                    .isCloseTo(expected[n], within(1e-7 * expected[n]));
        }
    }
}
