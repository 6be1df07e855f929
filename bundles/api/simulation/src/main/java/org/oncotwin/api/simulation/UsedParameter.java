package org.oncotwin.api.simulation;

/**
 * A parameter as a run used it.
 *
 * @param participant label of the plugin in the combination
 * @param name name, with tissue class where it has one
 * @param value the value
 * @param unit UCUM unit
 * @param origin {@code case} or {@code default}
 * @param description what it is
 * @param source where its default comes from
 */
public record UsedParameter(
        String participant, String name, double value, String unit, String origin, String description, String source) {}
