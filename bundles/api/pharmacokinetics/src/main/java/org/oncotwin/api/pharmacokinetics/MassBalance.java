package org.oncotwin.api.pharmacokinetics;

/**
 * Amounts of a drug at a time; {@code given = present + eliminated}.
 *
 * @param given up to now, in mg
 * @param present in the body and waiting to be absorbed, in mg
 * @param eliminated metabolised, excreted or never absorbed, in mg
 */
public record MassBalance(double given, double present, double eliminated) {}
