package org.oncotwin.api.growth;

import org.oncotwin.api.twin.Interval;
import org.osgi.annotation.versioning.ConsumerType;

/** The law by which a volume grows. */
@ConsumerType
@FunctionalInterface
public interface VolumeGrowth {

    /**
     * The volume at the end of an interval.
     *
     * @param volume volume in cm3 at its start, not negative
     * @param interval the interval
     * @param effects what acts over it
     */
    double volumeAfter(double volume, Interval interval, VolumeEffects effects);
}
