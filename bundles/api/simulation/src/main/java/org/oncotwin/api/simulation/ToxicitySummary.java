package org.oncotwin.api.simulation;

import org.oncotwin.api.toxicity.Toxicity;

/**
 * Harm that a run found.
 *
 * @param label id of the model
 * @param title title of the model
 * @param toxicity what it found
 */
public record ToxicitySummary(String label, String title, Toxicity toxicity) {}
