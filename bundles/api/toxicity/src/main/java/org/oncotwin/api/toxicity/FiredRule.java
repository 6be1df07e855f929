package org.oncotwin.api.toxicity;

import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.twin.SimulationTime;

/**
 * A dose rule whose finding was met. Advice to whoever decides; doses are not changed by it.
 *
 * @param time when: that of a dose, or of the worst finding after it if no dose meets it
 * @param drug id of the drug
 * @param advice what to do
 * @param rule id of the rule
 * @param text the rule in words
 * @param quantity what was found
 * @param value its value
 * @param unit UCUM unit of the value
 * @param source where the rule stands
 */
public record FiredRule(
        SimulationTime time,
        String drug,
        DoseAdvice advice,
        String rule,
        String text,
        String quantity,
        double value,
        String unit,
        String source) {}
