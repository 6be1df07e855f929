package org.oncotwin.report;

import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.twin.SimulationTime;

/**
 * The tumour in space at a time, as slices; an {@link Output} holds the whole field and is too large to keep.
 *
 * @param time when
 * @param cellularity tumour cell density as a fraction of the density of fully packed tumour
 */
public record Snapshot(SimulationTime time, Slices cellularity) {}
