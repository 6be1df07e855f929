package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.TimeFunction;

/**
 * What acts on the tumour over an interval.
 *
 * @param proliferation factor on proliferation
 * @param kill how treatments kill tumour cells, by cause
 * @param pd1 antibody to PD-1 over its dissociation constant
 * @param pdl1 antibody to PD-L1 over its dissociation constant
 * @param ctla4 antibody to CTLA-4 over its dissociation constant
 */
record Acting(
        TimeFunction proliferation, List<KillRate.Term> kill, TimeFunction pd1, TimeFunction pdl1, TimeFunction ctla4) {

    static Acting of(Effects effects) {
        return new Acting(
                effects.get(EffectPort.PROLIFERATION_FACTOR),
                effects.get(EffectPort.KILL_RATE).terms(),
                effects.get(EffectPort.PD1_BLOCKADE),
                effects.get(EffectPort.PDL1_BLOCKADE),
                effects.get(EffectPort.CTLA4_BLOCKADE));
    }

    /** Where in an interval something of it jumps, in days. */
    double[] jumps(Interval interval) {
        List<TimeFunction> all = new ArrayList<>(List.of(proliferation, pd1, pdl1, ctla4));
        kill.forEach(term -> all.add(term.rate()));
        return TimeFunction.sum(all)
                .jumps(interval.start().days(), interval.end().days());
    }
}
