package org.oncotwin.api.treatment;

import org.oncotwin.api.twin.SimulationTime;

/**
 * Something on the treatment timeline.
 *
 * @param time when
 * @param label a few words, such as {@code fraction 3 of 30}
 * @param amount how much
 * @param unit UCUM unit of the amount
 */
public record TreatmentEvent(SimulationTime time, String label, double amount, String unit) {}
