package org.oncotwin.api.solver;

/**
 * A condition that was met.
 *
 * @param condition its name
 * @param day when, in days since day 0
 */
public record OdeCrossing(String condition, double day) {}
