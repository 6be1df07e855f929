package org.oncotwin.model.qsp.immuno.oncology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.units.UcumUnitConverter;

/** What the form of the equations promises for ten years and any virtual patient: finite, never negative, below bounds that follow from the parameters. */
@Tag("SR-1607")
class BoundsTest {

    private static final int DRAWS = 200;

    /** Solutions lie within the bounds; the numbers of the solver do to its tolerance. */
    private static final double TOLERANCE = 1e-6;

    @Tag("slow")
    @Test
    void anyVirtualPatientStaysWithinBoundsForTenYears() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(20261124L);
        int refused = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Map<String, Double> values = draw(random);
            double volume = StrictMath.exp(5 * random.nextDouble() - 1);
            Effects drugs = Effects.none()
                    .and(EffectPort.PD1_BLOCKADE, blockade(random))
                    .and(EffectPort.PDL1_BLOCKADE, blockade(random));
            Tumour tumour = Tumour.of(values);
            Optional<State> start = startUnlessRefused(tumour, volume);
            if (start.isEmpty()) {
                refused++;
                continue;
            }
            assertBounded("draw " + draw + " without drugs", tumour, values, start.orElseThrow(), Effects.none());
            assertBounded("draw " + draw + " with drugs", tumour, values, start.orElseThrow(), drugs);
        }
        // Virtual patients whose immune system keeps the tumour small are refused; they must be few.
        assertThat(refused).isLessThanOrEqualTo(DRAWS / 10);
    }

    private static Optional<State> startUnlessRefused(Tumour tumour, double volume) {
        try {
            return Optional.of(tumour.start(volume));
        } catch (InvalidInputException refusal) {
            assertThat(refusal.field()).isEqualTo(Quantity.TUMOUR_VOLUME.name());
            assertThat(refusal.problem()).contains("grows from one cancer cell within 8000 d");
            return Optional.empty();
        }
    }

    private static void assertBounded(
            String what, Tumour tumour, Map<String, Double> values, State start, Effects effects) {
        State state = start;
        double pd1 = values.get("pd1_molecules") / (Math.PI * 6.94 * 6.94);
        // The platform spreads them over both surfaces and then starts with those on endosomes alone.
        double mhc = 2e6 / 915 * 15;
        for (double day : new double[] {30, 180, 365, 1000, 2000, 3650}) {
            state = tumour.advance(state, day, effects);
            for (Species species : Species.values()) {
                assertThat(Tumour.amount(state, species))
                        .as("%s: %s at day %s", what, species, day)
                        .isFinite()
                        .isBetween(0.0, species.quantity().maximum());
            }
            for (Map.Entry<Quantity, Double> seen :
                    tumour.process().observe(state).entrySet()) {
                assertThat(seen.getValue())
                        .as("%s: %s at day %s", what, seen.getKey().name(), day)
                        .isFinite()
                        .isBetween(seen.getKey().minimum(), seen.getKey().maximum());
            }
            assertThat(Tumour.amount(state, Species.CANCER))
                    .as("%s: cancer cells at day %s", what, day)
                    .isLessThanOrEqualTo(4188790204786.391 * (1 + TOLERANCE));
            assertThat(Tumour.amount(state, Species.PD1_PDL1)
                            + Tumour.amount(state, Species.PD1_PDL2)
                            + Tumour.amount(state, Species.PD1_ANTIBODY)
                            + 2 * Tumour.amount(state, Species.PD1_ANTIBODY_PD1))
                    .as("%s: bound PD-1 at day %s", what, day)
                    .isLessThanOrEqualTo(pd1 * (1 + TOLERANCE));
            double complexes = 15
                            * (Tumour.amount(state, Species.ENDOSOMAL_MHC)
                                    + Tumour.amount(state, Species.ENDOSOMAL_SELF_MHC)
                                    + Tumour.amount(state, Species.ENDOSOMAL_NEO_MHC))
                    + 900
                            * (Tumour.amount(state, Species.SURFACE_MHC)
                                    + Tumour.amount(state, Species.SURFACE_SELF_MHC)
                                    + Tumour.amount(state, Species.SURFACE_NEO_MHC));
            assertThat(Math.abs(complexes / mhc - 1))
                    .as("%s: major histocompatibility complexes are kept at day %s", what, day)
                    .isLessThan(1e-5);
        }
    }

    @Test
    void everyUnitIsUcum() {
        UcumUnitConverter units = new UcumUnitConverter();
        for (ParameterDescription parameter : QspParameter.descriptions()) {
            units.check(parameter.unit());
        }
        for (Quantity quantity : Species.quantities()) {
            units.check(quantity.unit());
        }
        units.check(Quantities.DIAMETER.unit());
        units.check(Quantities.T_CELL_DENSITY.unit());
        assertThat(units.convert(units.parse("1.34e-14 mol/{cells}"), "nmol/{cells}"))
                .isCloseTo(1.34e-5, within(1e-17));
    }

    /** Constant, up to 1e6, or given once and eliminated. */
    private static TimeFunction blockade(UniformRandomProvider random) {
        double x = StrictMath.pow(10, 9 * random.nextDouble() - 3);
        return random.nextBoolean() ? TimeFunction.constant(x) : new Decay(x, 0.04, 0);
    }

    /** Values from the priors, of those that have one; one outside the allowed range is drawn again. */
    private static Map<String, Double> draw(UniformRandomProvider random) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (ParameterDescription parameter : QspParameter.descriptions()) {
            if (parameter.prior().isPresent()) {
                double value;
                do {
                    value = draw(parameter.prior().orElseThrow(), random);
                } while (value < parameter.minimum() || value > parameter.maximum());
                values.put(parameter.name(), value);
            }
        }
        return values;
    }

    private static double draw(Prior prior, UniformRandomProvider random) {
        // Box and Muller 1958.
        double normal = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * Math.PI * random.nextDouble());
        return prior.kind() == Prior.Kind.NORMAL
                ? prior.first() + prior.second() * normal
                : prior.first() * StrictMath.exp(prior.second() * normal);
    }
}
