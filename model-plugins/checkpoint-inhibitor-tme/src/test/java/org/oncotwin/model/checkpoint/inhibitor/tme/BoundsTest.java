package org.oncotwin.model.checkpoint.inhibitor.tme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.tumour.immune.Quantities;
import org.oncotwin.tumour.immune.TmeParameter;
import org.oncotwin.units.UcumUnitConverter;

/** What the form of the equations promises: finite, never negative, below the stated bounds, and no lesion above the carrying capacity. */
@Tag("SR-1607")
class BoundsTest {

    private static final int DRAWS = 1000;
    private static final double DAYS = 3650;

    /** Solutions lie within the bounds; the numbers of the solver do to its tolerance. */
    private static final double TOLERANCE = 1e-6;

    @Test
    void anyDrawFromThePriorsStaysWithinBoundsForTenYears() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(20261123L);
        for (int draw = 0; draw < DRAWS; draw++) {
            Map<String, Double> values = draw(random);
            double volume =
                    Math.min(0.9 * values.get("carrying_capacity"), StrictMath.exp(6 * random.nextDouble() - 2));
            Effects drugs = Effects.none()
                    .and(EffectPort.PD1_BLOCKADE, blockade(random))
                    .and(EffectPort.PDL1_BLOCKADE, blockade(random))
                    .and(EffectPort.CTLA4_BLOCKADE, blockade(random));
            assertBounded("draw " + draw + " without drugs", values, volume, Effects.none());
            assertBounded("draw " + draw + " with drugs", values, volume, drugs);
        }
    }

    private static void assertBounded(String what, Map<String, Double> values, double volume, Effects effects) {
        Lesion lesion = Lesion.of(values, Map.of());
        State state = lesion.start(volume);
        for (double day : new double[] {30, 180, 365, 1000, 2000, DAYS}) {
            state = lesion.advance(state, day, effects);
            for (Quantity quantity : TmeState.OWNED) {
                double value = state.scalar(Lesion.OWNER, quantity);
                assertThat(value)
                        .as("%s: %s at day %s", what, quantity.name(), day)
                        .isFinite()
                        .isBetween(0.0, quantity.maximum());
            }
            double capacity = values.get("carrying_capacity");
            assertThat(lesion.volume(state))
                    .as("%s: lesion at day %s", what, day)
                    .isLessThanOrEqualTo(capacity * (1 + TOLERANCE));
            double effectorBound = Math.max(
                    values.get("initial_effector_density") * volume,
                    Math.max(
                            1 / values.get("effector_crowding"),
                            (values.get("effector_influx")
                                            + values.get("priming")
                                                    * values.get("apc_maturation")
                                                    / values.get("apc_death"))
                                    / values.get("effector_death")));
            assertThat(state.scalar(Lesion.OWNER, Quantities.EFFECTORS))
                    .as("%s: effectors at day %s", what, day)
                    .isLessThanOrEqualTo(effectorBound * (1 + TOLERANCE));
            assertThat(state.scalar(Lesion.OWNER, Quantities.INTERFERON))
                    .isLessThanOrEqualTo(values.get("interferon_maximum") * (1 + TOLERANCE));
        }
    }

    @Test
    void lesionDoesNotOutgrowTheCapacity() {
        Lesion lesion =
                Lesion.of(Map.of("carrying_capacity", 20.0, "proliferation", 1.0, "inflammation", 10.0), Map.of());
        for (State state : lesion.course(14, 10, 365, Lesion.PD1)) {
            assertThat(lesion.volume(state)).isLessThanOrEqualTo(20 * (1 + TOLERANCE));
        }
    }

    @Test
    void everyUnitIsUcum() {
        UcumUnitConverter units = new UcumUnitConverter();
        TmeParameter[] parameters = TmeParameter.values();
        for (TmeParameter parameter : parameters) {
            units.check(parameter.description().unit());
        }
        for (Quantity quantity : TmeState.OWNED) {
            units.check(quantity.unit());
        }
        units.check(Quantities.EFFECTOR_DENSITY.unit());
        units.check(Quantities.DIAMETER.unit());
        assertThat(units.convert(
                        units.parse("1.101e-7 /{cells}/d"),
                        TmeParameter.EFFECTOR_KILL.description().unit()))
                .isEqualTo(1.101e-7);
    }

    /** Constant, up to 1e12, or given every three weeks and eliminated. */
    private static TimeFunction blockade(UniformRandomProvider random) {
        double x = StrictMath.pow(10, 15 * random.nextDouble() - 3);
        return random.nextBoolean() ? TimeFunction.constant(x) : new Decay(x, 0.04, 0);
    }

    /** Values from the priors; one outside the allowed range is drawn again. */
    static Map<String, Double> draw(UniformRandomProvider random) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (ParameterDescription parameter : TmeParameter.descriptions()) {
            double value;
            do {
                value = draw(parameter.prior().orElseThrow(), random);
            } while (value < parameter.minimum() || value > parameter.maximum());
            values.put(parameter.name(), value);
        }
        return new TreeMap<>(values);
    }

    private static double draw(Prior prior, UniformRandomProvider random) {
        if (prior.kind() == Prior.Kind.UNIFORM) {
            return prior.first() + (prior.second() - prior.first()) * random.nextDouble();
        }
        // Box and Muller 1958.
        double normal = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * Math.PI * random.nextDouble());
        return prior.kind() == Prior.Kind.NORMAL
                ? prior.first() + prior.second() * normal
                : prior.first() * StrictMath.exp(prior.second() * normal);
    }
}
