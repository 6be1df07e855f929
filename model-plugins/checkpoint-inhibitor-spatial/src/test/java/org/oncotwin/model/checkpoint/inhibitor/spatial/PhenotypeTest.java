package org.oncotwin.model.checkpoint.inhibitor.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.tumour.immune.Markers;

/** What it does to the response where T cells are. */
@Tag("SR-1607")
class PhenotypeTest {

    private static final Field TUMOUR = Grown.ball(7);

    private static Grown tumour(String phenotype) {
        return Grown.of(Map.of(), Map.of("immune-phenotype", phenotype));
    }

    private static double burden(Grown tumour, double days, Effects effects) {
        return tumour.burden(tumour.advance(tumour.start(TUMOUR), days, effects));
    }

    @Test
    void inflamedRespondMoreThanExcludedAndThoseMoreThanDeserts() {
        for (double days : new double[] {60, 180, 365}) {
            List<Double> gained = new ArrayList<>();
            List<Double> left = new ArrayList<>();
            for (String phenotype : List.of("inflamed", "excluded", "desert")) {
                Grown tumour = tumour(phenotype);
                double treated = burden(tumour, days, Grown.PD1);
                left.add(treated);
                gained.add(treated / burden(tumour, days, Effects.none()));
            }
            if (days > 60) {
                assertThat(left.get(0)).isLessThan(left.get(1));
                assertThat(gained.get(0)).as("day %s", days).isLessThan(0.5 * gained.get(1));
            }
            assertThat(left.get(1)).isLessThan(0.9 * left.get(2));
            assertThat(gained.get(1)).as("day %s", days).isLessThan(0.9 * gained.get(2));
            assertThat(gained.get(2)).as("day %s", days).isLessThan(1);
        }
    }

    @Test
    void withoutAFindingItIsInflamedAndOthersAreRefused() {
        assertThat(burden(Grown.of(Map.of(), Map.of()), 60, Grown.PD1))
                .isEqualTo(burden(tumour("inflamed"), 60, Grown.PD1));
        assertThatThrownBy(() -> tumour("cold"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("inflamed, excluded or desert");
    }

    /** The weight differs from 1 by at most the radius over the depth, and the response by less than 1 mm over it, up to the tolerance. */
    @Test
    void excludedReachedToAnyDepthIsInflamed() {
        double inflamed = burden(tumour("inflamed"), 180, Grown.PD1);
        for (double depth : new double[] {100, 1e4, 1e6}) {
            Grown excluded = Grown.of(Map.of("infiltration_depth", depth), Map.of("immune-phenotype", "excluded"));
            double difference = Math.abs(burden(excluded, 180, Grown.PD1) / inflamed - 1);
            assertThat(difference).as("depth %s mm", depth).isLessThan(1 / depth + 2e-6);
        }
    }

    @Test
    void weightHasAMeanOfOneOverTheTumourAndFallsInward() {
        Infiltration excluded = new Infiltration(Markers.Phenotype.EXCLUDED, 1.5, 0.05, 0.2);
        Field depths = excluded.depths(TUMOUR);
        SpatialValue weight = excluded.weight(depths);
        double sum = 0;
        int count = 0;
        for (int index = 0; index < depths.grid().size(); index++) {
            if (depths.value(index) > 0) {
                sum += weight.at(index);
                count++;
                assertThat(weight.at(index)).isLessThanOrEqualTo(weight.at(0));
            } else {
                assertThat(weight.at(index)).isEqualTo(weight.at(0));
            }
        }
        assertThat(sum / count).isCloseTo(1, within(1e-12));
        int middle = depths.grid().index(5, 5, 3);
        int rim = depths.grid().index(5, 2, 3);
        assertThat(depths.value(middle)).isGreaterThan(depths.value(rim)).isGreaterThan(4);
        assertThat(weight.at(middle) / weight.at(rim))
                .isCloseTo(Math.exp((depths.value(rim) - depths.value(middle)) / 1.5), within(1e-12));
    }

    /** What is left of an excluded tumour lies deep in it, of an inflamed one everywhere. */
    @Test
    void coreOfAnExcludedTumourSurvives() {
        int middle = Grown.GRID.index(5, 5, 3);
        int rim = Grown.GRID.index(5, 2, 3);
        for (String phenotype : List.of("inflamed", "excluded")) {
            Grown tumour = tumour(phenotype);
            Field after =
                    tumour.advance(tumour.start(TUMOUR), 120, Grown.PD1).field(Grown.OWNER, SpatialState.CELLULARITY);
            double core = after.value(middle) / TUMOUR.value(middle);
            double edge = after.value(rim) / TUMOUR.value(rim);
            if (phenotype.equals("excluded")) {
                assertThat(core).isGreaterThan(3 * edge);
            } else {
                assertThat(core).isLessThan(1.5 * edge);
            }
        }
    }

    @Test
    void blockadeOfZeroIsNone() {
        Effects zero = Effects.of(EffectPort.PD1_BLOCKADE, TimeFunction.constant(0))
                .and(EffectPort.PDL1_BLOCKADE, TimeFunction.constant(0))
                .and(EffectPort.CTLA4_BLOCKADE, TimeFunction.constant(0));
        for (String phenotype : List.of("inflamed", "excluded", "desert")) {
            Grown tumour = tumour(phenotype);
            State start = tumour.start(TUMOUR);
            assertThat(tumour.advance(start, 90, zero)).isEqualTo(tumour.advance(start, 90, Effects.none()));
        }
    }

    @Test
    void threadsChangeNothing() {
        State one = null;
        for (int threads : new int[] {1, 2, 5}) {
            Grown tumour = Grown.of(
                    Map.of(),
                    Map.of("immune-phenotype", "excluded"),
                    OptionalDouble.empty(),
                    new Execution(threads, Cancellation.NEVER));
            State end = tumour.advance(tumour.start(TUMOUR), 90, Grown.PD1);
            assertThat(one == null ? end : one).isEqualTo(end);
            one = end;
        }
    }

    /** A tumour that falls below one cell is gone and stays gone, at the same time however the days are divided. */
    @Test
    void tumourOfLessThanACellIsGone() {
        Grown tumour = Grown.of(Map.of("effector_kill", 1e-6), Map.of());
        State start = tumour.start(TUMOUR);
        assertThat(tumour.burden(tumour.advance(start, 24, Grown.PD1))).isGreaterThan(0);
        State whole = tumour.advance(start, 40, Grown.PD1);
        assertThat(tumour.burden(whole)).isZero();
        State parts = start;
        for (double day : new double[] {13, 25.5, 26, 27, 27.5, 40}) {
            parts = tumour.advance(parts, day, Grown.PD1);
        }
        assertThat(tumour.burden(parts)).isZero();
        assertThat(tumour.volume(whole)).isPositive();
        assertThat(tumour.volume(parts)).isCloseTo(tumour.volume(whole), within(1e-6 * tumour.volume(whole)));
    }
}
