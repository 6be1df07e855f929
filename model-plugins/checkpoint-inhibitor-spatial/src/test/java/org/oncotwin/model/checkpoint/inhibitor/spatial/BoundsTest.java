package org.oncotwin.model.checkpoint.inhibitor.spatial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.units.UcumUnitConverter;

/** Finite, never negative, within the stated ranges and no voxel above the carrying capacity, for any draw from the priors. */
@Tag("SR-1607")
class BoundsTest {

    private static final int DRAWS = 60;
    private static final double DAYS = 3650;
    private static final Grid GRID = new Grid(6, 6, 5, Affine.scaling(4, 4, 4));
    private static final double ROUNDING = 1e-9;

    @Test
    void anyDrawFromThePriorsStaysWithinBoundsForTenYears() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(20261124L);
        String[] phenotypes = {"inflamed", "excluded", "desert"};
        for (int draw = 0; draw < DRAWS; draw++) {
            Map<String, Double> values = draw(random);
            String phenotype = phenotypes[draw % phenotypes.length];
            double radius = 2 + 8 * random.nextDouble();
            Effects drugs = Effects.none()
                    .and(EffectPort.PD1_BLOCKADE, blockade(random))
                    .and(EffectPort.PDL1_BLOCKADE, blockade(random))
                    .and(EffectPort.CTLA4_BLOCKADE, blockade(random));
            assertBounded("draw " + draw + " without drugs", values, phenotype, radius, Effects.none());
            assertBounded("draw " + draw + " with drugs", values, phenotype, radius, drugs);
        }
    }

    private static Field ball(double radius) {
        double[] values = new double[GRID.size()];
        for (int index = 0; index < values.length; index++) {
            double x = 4 * (index % 6 - 2.5);
            double y = 4 * (index / 6 % 6 - 2.5);
            double z = 4 * (index / 36 - 2);
            values[index] = 0.95 / (1 + StrictMath.exp(Math.sqrt(x * x + y * y + z * z) - radius));
        }
        return Field.owning(GRID, values);
    }

    private static void assertBounded(
            String what, Map<String, Double> values, String phenotype, double radius, Effects effects) {
        Grown tumour = Grown.over(
                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(DAYS)),
                GRID,
                values,
                Map.of("immune-phenotype", phenotype),
                OptionalDouble.of(1e-4),
                Execution.sequential());
        State state = tumour.start(ball(radius));
        for (double day : new double[] {30, 365, DAYS}) {
            state = tumour.advance(state, day, effects);
            for (Quantity quantity : SpatialState.OWNED) {
                double[] numbers = quantity.kind() == QuantityKind.FIELD
                        ? state.field(Grown.OWNER, quantity).toArray()
                        : new double[] {state.scalar(Grown.OWNER, quantity)};
                for (double number : numbers) {
                    assertThat(number)
                            .as("%s: %s on day %s", what, quantity.name(), day)
                            .isFinite()
                            .isBetween(0.0, quantity.maximum());
                }
            }
            for (double voxel :
                    state.field(Grown.OWNER, SpatialState.CELLULARITY).toArray()) {
                assertThat(voxel).as("%s on day %s", what, day).isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }

    @Test
    void everyUnitIsUcum() {
        UcumUnitConverter units = new UcumUnitConverter();
        SpatialParameters.DESCRIPTIONS.forEach(parameter -> units.check(parameter.unit()));
        SpatialState.OWNED.forEach(quantity -> units.check(quantity.unit()));
        assertThat(SpatialParameters.DESCRIPTIONS)
                .extracting(ParameterDescription::name)
                .doesNotHaveDuplicates();
    }

    /** Constant, up to 1e12, or given once and eliminated. */
    private static TimeFunction blockade(UniformRandomProvider random) {
        double x = StrictMath.pow(10, 15 * random.nextDouble() - 3);
        return random.nextBoolean() ? TimeFunction.constant(x) : new Decay(x, 0.04, 0);
    }

    /** Values from the priors; one outside the allowed range is drawn again. What has no prior has its default. */
    private static Map<String, Double> draw(UniformRandomProvider random) {
        Map<String, Double> values = new LinkedHashMap<>();
        List<ParameterDescription> drawn = SpatialParameters.DESCRIPTIONS.stream()
                .filter(parameter -> parameter.prior().isPresent())
                .toList();
        for (ParameterDescription parameter : drawn) {
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
