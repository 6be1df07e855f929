package org.oncotwin.treatment.pbpk;

/**
 * How a drug leaves the body, and how it comes in by mouth.
 *
 * @param hepatic amount that the liver metabolises in a day over the total concentration in the plasma that leaves it, in L/d
 * @param renal plasma that the kidneys clear in a day, in L/d
 * @param degradation share that decays in a day, in every organ and in blood, in 1/d
 * @param absorption rate constant from the lumen of the gut into its wall, in 1/d
 * @param absorbed fraction of an oral dose that is absorbed
 */
record Elimination(double hepatic, double renal, double degradation, double absorption, double absorbed) {}
