package org.oncotwin.model.qsp.immuno.oncology;

import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * What acts on the tumour over an interval.
 *
 * @param proliferation factor on the proliferation of cancer cells
 * @param capacity factor on the carrying capacity
 * @param kill rate at which treatments kill cancer cells, in 1/d
 * @param pd1 antibody to PD-1 over its dissociation constant
 * @param pdl1 antibody to PD-L1 over its dissociation constant
 */
record TumourEffects(
        TimeFunction proliferation, TimeFunction capacity, TimeFunction kill, TimeFunction pd1, TimeFunction pdl1) {

    static TumourEffects of(Effects effects) {
        return new TumourEffects(
                effects.get(EffectPort.PROLIFERATION_FACTOR),
                effects.get(EffectPort.CARRYING_CAPACITY_FACTOR),
                uniformRate(effects.get(EffectPort.KILL_RATE)),
                effects.get(EffectPort.PD1_BLOCKADE),
                effects.get(EffectPort.PDL1_BLOCKADE));
    }

    /** Where in an interval something of it jumps, in days. */
    double[] jumps(Interval interval) {
        return TimeFunction.sum(List.of(proliferation, capacity, kill, pd1, pdl1))
                .jumps(interval.start().days(), interval.end().days());
    }

    /** A fraction that holds for the whole tumour. */
    static double uniform(EffectPort<SpatialValue> port, Effects effects) {
        if (effects.get(port) instanceof SpatialValue.Uniform everywhere) {
            return everywhere.value();
        }
        throw spatial(port);
    }

    private static TimeFunction uniformRate(KillRate rate) {
        if (!rate.terms().stream().allMatch(term -> term.weight() instanceof SpatialValue.Uniform)) {
            throw spatial(EffectPort.KILL_RATE);
        }
        return rate.uniformRate();
    }

    private static InvalidInputException spatial(EffectPort<?> port) {
        return new InvalidInputException(
                port.name(),
                "differs from voxel to voxel; the model has no space and takes one value for the whole tumour");
    }
}
