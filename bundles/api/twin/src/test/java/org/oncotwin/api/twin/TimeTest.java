package org.oncotwin.api.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SR-204")
class TimeTest {

    private static TimeFunction decay(double start, double rate) {
        return new TimeFunction() {
            @Override
            public double at(double day) {
                return start * Math.exp(-rate * day);
            }

            @Override
            public double integral(double from, double to) {
                return start / rate * (Math.exp(-rate * from) - Math.exp(-rate * to));
            }
        };
    }

    @Test
    void instantsAreWholeMilliseconds() {
        assertThat(SimulationTime.ofDays(0.1).plusMilliseconds(8_640_000 * 2)).isEqualTo(SimulationTime.ofDays(0.3));
        assertThat(SimulationTime.ofDays(9.0 / 24 + 0.001 / 86400).milliseconds())
                .isEqualTo(32_400_001);
        assertThat(SimulationTime.ofDays(39).days()).isEqualTo(39.0);
        assertThatThrownBy(() -> SimulationTime.ofDays(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> SimulationTime.ofDays(1e9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void intervalsHaveLength() {
        SimulationTime one = SimulationTime.ofDays(1);
        assertThatThrownBy(() -> new Interval(one, one)).hasMessageContaining("must end after its start");
        assertThat(new Interval(SimulationTime.ZERO, one).days()).isEqualTo(1.0);
    }

    @Test
    void sumsIntegrateExactlyAndLeaveOutWhatIsZero() {
        TimeFunction sum = TimeFunction.sum(List.of(decay(3, 9.24), TimeFunction.constant(0), decay(1, 0.5)));
        assertThat(sum.integral(0, 30))
                .isCloseTo(3 / 9.24 * (1 - Math.exp(-9.24 * 30)) + 2 * (1 - Math.exp(-15)), within(1e-15));
        TimeFunction alone = decay(3, 9.24);
        assertThat(TimeFunction.sum(List.of(TimeFunction.constant(0), alone))).isSameAs(alone);
        assertThat(TimeFunction.sum(List.of()).isConstant(0)).isTrue();
        assertThat(TimeFunction.sum(List.of(TimeFunction.constant(0.25), TimeFunction.constant(0.5)))
                        .isConstant(0.75))
                .isTrue();
    }

    @Test
    void productsOfDecaysIntegrateAsTheDecayOfTheirSum() {
        TimeFunction product = TimeFunction.product(List.of(decay(2, 4), TimeFunction.constant(1), decay(3, 5)));
        assertThat(product.at(0.1)).isCloseTo(6 * Math.exp(-0.9), within(1e-15));
        assertThat(product.integral(0.3, 7)).isCloseTo(decay(6, 9).integral(0.3, 7), within(1e-14));
        assertThat(TimeFunction.product(List.of(TimeFunction.constant(1))).isConstant(1))
                .isTrue();
    }

    /** 1 up to a day and 3 from it on. */
    private record Rise(double day) implements TimeFunction {

        @Override
        public double at(double time) {
            return time < day ? 1 : 3;
        }

        @Override
        public double integral(double from, double to) {
            return to - from + 2 * Math.max(0, to - Math.max(from, day));
        }

        @Override
        public double[] jumps(double from, double to) {
            return from < day && day < to ? new double[] {day} : new double[0];
        }
    }

    @Test
    void jumpsOfWhatIsCombinedAreThoseOfItsParts() {
        List<TimeFunction> rises = List.of(new Rise(2.1), decay(1, 1), new Rise(0.3), new Rise(2.1));
        TimeFunction sum = TimeFunction.sum(rises);
        TimeFunction product = TimeFunction.product(List.of(TimeFunction.constant(2), sum, new Rise(1.7)));
        assertThat(decay(1, 1).jumps(-10, 10)).isEmpty();
        assertThat(sum.jumps(0, 3)).containsExactly(0.3, 2.1);
        assertThat(sum.jumps(0.3, 2.1)).isEmpty();
        assertThat(product.jumps(0, 2)).containsExactly(0.3, 1.7);
    }

    /** Without the jumps a quadrature in panels of a quarter of a day would err by some percent. */
    @Test
    void productsIntegrateFromJumpToJump() {
        TimeFunction product = TimeFunction.product(List.of(new Rise(0.3), decay(2, 4), new Rise(1.7)));
        TimeFunction decay = decay(2, 4);
        assertThat(product.integral(0, 3))
                .isCloseTo(
                        decay.integral(0, 0.3) + 3 * decay.integral(0.3, 1.7) + 9 * decay.integral(1.7, 3),
                        within(1e-15));
    }

    @Test
    void spatialValuesMultiplyPlaceByPlace() {
        Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
        SpatialValue half = SpatialValue.uniform(0.5);
        SpatialValue map = SpatialValue.varying(Field.of(grid, new double[] {0.2, 0.4}));
        assertThat(half.times(map).at(1)).isEqualTo(0.2);
        assertThat(map.times(map).at(0)).isCloseTo(0.04, within(1e-17));
        assertThat(SpatialValue.uniform(1).times(map)).isSameAs(map);
        assertThat(map.times(SpatialValue.uniform(1))).isSameAs(map);
        Grid other = new Grid(1, 2, 1, Affine.scaling(1, 1, 1));
        assertThatThrownBy(() -> map.times(SpatialValue.varying(Field.constant(other, 1))))
                .hasMessageContaining("1 x 2 x 1");
    }

    @Test
    void stateReplacesOnlyWhatIsGiven() {
        Quantity volume = Quantity.TUMOUR_VOLUME;
        State before = State.at(SimulationTime.ZERO)
                .with(List.of(new ScalarComponent(volume, "a", 1, 1), new ScalarComponent(volume, "b", 1, 2)));
        State after = before.at(SimulationTime.ofDays(1), List.of(new ScalarComponent(volume, "b", 1, 3)));
        assertThat(before.scalar("b", volume)).isEqualTo(2);
        assertThat(after.scalar("b", volume)).isEqualTo(3);
        assertThat(after.scalar("a", volume)).isEqualTo(1);
        assertThatThrownBy(() -> after.scalar("c", volume))
                .hasMessageContaining("c/tumour.volume")
                .hasMessageContaining("a/tumour.volume");
        assertThatThrownBy(() -> after.field("a", volume)).isInstanceOf(ClassCastException.class);
    }
}
