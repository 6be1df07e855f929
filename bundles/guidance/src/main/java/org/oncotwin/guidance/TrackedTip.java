package org.oncotwin.guidance;

/**
 * Where a tracker sees the tip of an instrument.
 *
 * @param seconds time of the sample on the clock of the tracker in s
 * @param x in the frame of the tracker in mm
 * @param y in mm
 * @param z in mm
 * @param visible false if the tracker has lost sight of the instrument; then the place means nothing
 */
public record TrackedTip(double seconds, double x, double y, double z, boolean visible) {}
