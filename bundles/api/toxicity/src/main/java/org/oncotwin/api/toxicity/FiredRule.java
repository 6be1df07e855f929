package org.oncotwin.api.toxicity;

import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.twin.SimulationTime;

/**
 * A dose rule of a drug whose condition was met.
 *
 * @param time of the dose that it concerns, or of the worst value where no dose follows
 * @param drug id of the drug
 * @param advice what to do
 * @param rule id of the rule
 * @param text the rule in words
 * @param quantity what was found
 * @param value its value
 * @param unit UCUM unit of the value
 * @param source label or paper, and its section
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
