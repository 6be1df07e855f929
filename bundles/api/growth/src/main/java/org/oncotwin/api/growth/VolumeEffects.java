package org.oncotwin.api.growth;

import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.TimeFunction;

/**
 * What acts on the volume of a tumour without space over an interval.
 *
 * @param proliferation factor on the proliferation rate, see {@link EffectPort#PROLIFERATION_FACTOR}
 * @param capacity factor on the carrying capacity, see {@link EffectPort#CARRYING_CAPACITY_FACTOR}
 * @param kill kill rate in 1/d, see {@link EffectPort#KILL_RATE}
 */
public record VolumeEffects(TimeFunction proliferation, TimeFunction capacity, TimeFunction kill) {

    /** True if nothing of it varies in time, so that a closed form may serve. */
    public boolean areConstant() {
        return isConstant(proliferation) && isConstant(capacity) && isConstant(kill);
    }

    /** Where in an interval something of it jumps, in days; the law is followed from one such time to the next. */
    double[] jumps(Interval interval) {
        return TimeFunction.sum(List.of(proliferation, capacity, kill))
                .jumps(interval.start().days(), interval.end().days());
    }

    private static boolean isConstant(TimeFunction function) {
        return function.isConstant(function.at(0));
    }
}
