package org.oncotwin.api.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

@Tag("SR-202")
class EffectsTest {

    @Test
    void portsThatNothingDrivesAreNeutral() {
        Effects none = Effects.combine(List.of(Effects.none(), Effects.none()));
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.get(EffectPort.SURVIVING_FRACTION).at(0)).isEqualTo(1);
        assertThat(none.get(EffectPort.KILL_RATE).terms()).isEmpty();
        assertThat(none.get(EffectPort.PROLIFERATION_FACTOR).isConstant(1)).isTrue();
        assertThat(none.get(EffectPort.CARRYING_CAPACITY_FACTOR).isConstant(1)).isTrue();
    }

    @Test
    void survivingFractionsMultiplyAndKillRatesAdd() {
        Effects one = Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.5))
                .and(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.25)));
        Effects other = Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.25))
                .and(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.5)))
                .and(EffectPort.PROLIFERATION_FACTOR, TimeFunction.constant(0.5));
        Effects both = Effects.combine(List.of(one, other));
        assertThat(both.get(EffectPort.SURVIVING_FRACTION).at(0)).isEqualTo(0.125);
        assertThat(both.get(EffectPort.KILL_RATE).uniformRate().integral(0, 2)).isEqualTo(1.5);
        assertThat(both.get(EffectPort.PROLIFERATION_FACTOR).at(3)).isEqualTo(0.5);
        assertThat(both.ports())
                .containsExactlyInAnyOrder(
                        EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE, EffectPort.PROLIFERATION_FACTOR);
    }

    @Test
    void whatIsZeroLeavesNoTrace() {
        Effects zero = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0)));
        Effects some = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.1)));
        assertThat(Effects.combine(List.of(zero, some)).get(EffectPort.KILL_RATE))
                .isEqualTo(some.get(EffectPort.KILL_RATE));
    }

    @Test
    void killRateInSpaceCannotServeAModelWithoutSpace() {
        Grid grid = new Grid(1, 1, 1, Affine.scaling(1, 1, 1));
        KillRate local = new KillRate(
                List.of(new KillRate.Term(TimeFunction.constant(1), SpatialValue.varying(Field.constant(grid, 0.5)))));
        assertThatThrownBy(local::uniformRate).hasMessageContaining("needs a model with space");
        KillRate weighted =
                new KillRate(List.of(new KillRate.Term(TimeFunction.constant(3), SpatialValue.uniform(0.5))));
        assertThat(weighted.uniformRate().integral(0, 4)).isCloseTo(6, within(1e-12));
    }

    @Test
    void wrongTypeAtAPortIsRefused() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        EffectPort<Object> untyped = (EffectPort) EffectPort.KILL_RATE;
        assertThatThrownBy(() -> Effects.of(untyped, "much")).isInstanceOf(ClassCastException.class);
    }
}
