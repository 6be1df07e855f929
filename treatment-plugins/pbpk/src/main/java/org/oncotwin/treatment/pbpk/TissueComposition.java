package org.oncotwin.treatment.pbpk;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Partition of a drug between tissue and plasma by what tissue is made of: Schmitt W 2008, General approach for the calculation of tissue to plasma partition coefficients, Toxicol In Vitro 22:457-467,
 * https://doi.org/10.1016/j.tiv.2007.09.010. The affinity to phospholipid is that of Yun and Edginton 2013, Xenobiotica 43:839-852, https://doi.org/10.3109/00498254.2013.770182, for neutral and charged drugs alike:
 * {@code log MA = 0.999831 - 0.016578 T + 0.881721 log P} at T = 37 degrees Celsius.
 */
record TissueComposition(
        double cells,
        double interstitium,
        double water,
        double neutralLipid,
        double neutralPhospholipid,
        double acidicPhospholipid,
        double protein,
        double ph) {

    /** Ratio of the partition of charged to that of neutral forms between lipid and water (Schmitt 2008). */
    private static final double CHARGED_IN_LIPID = 0.001;

    private static final double PLASMA_PH = 7.4;
    private static final double BODY_TEMPERATURE = 37;

    /** Concentration of protein in interstitium over that in plasma (Schmitt 2008). */
    private static final double INTERSTITIAL_PROTEIN = 0.37;

    private static final SortedMap<String, TissueComposition> TISSUES = read();

    private static SortedMap<String, TissueComposition> read() {
        SortedMap<String, TissueComposition> tissues = new TreeMap<>();
        for (Map<String, String> row : Table.read("composition.csv")) {
            double cells = number(row, "cells");
            double interstitium = number(row, "interstitium");
            double lipid = number(row, "lipid");
            tissues.put(
                    row.get("tissue"),
                    new TissueComposition(
                            cells / (cells + interstitium),
                            interstitium / (cells + interstitium),
                            number(row, "water"),
                            lipid * number(row, "neutral_lipid"),
                            lipid * number(row, "neutral_phospholipid"),
                            lipid * number(row, "acidic_phospholipid"),
                            number(row, "protein"),
                            number(row, "ph")));
        }
        return tissues;
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    /** The composition of an organ; the mean of all for what has none of its own: the rest of the body and tumours. */
    static TissueComposition of(String organ) {
        TissueComposition own = TISSUES.get(organ);
        return own != null ? own : mean(List.copyOf(TISSUES.values()));
    }

    private static TissueComposition mean(List<TissueComposition> all) {
        double[] sums = new double[8];
        for (TissueComposition one : all) {
            double[] values = {
                one.cells,
                one.interstitium,
                one.water,
                one.neutralLipid,
                one.neutralPhospholipid,
                one.acidicPhospholipid,
                one.protein,
                one.ph
            };
            for (int n = 0; n < sums.length; n++) {
                sums[n] += values[n] / all.size();
            }
        }
        return new TissueComposition(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
    }

    /** Concentration in the tissue over the total concentration in plasma, at equilibrium. */
    double partition(Substance drug, double plasmaProtein) {
        double octanol = StrictMath.pow(10, drug.logP());
        double membrane = StrictMath.pow(10, 0.999831 - 0.016578 * BODY_TEMPERATURE + 0.881721 * drug.logP());
        Substance.Forms inCells = drug.at(ph);
        double lipid = octanol * distribution(inCells);
        double acidic =
                membrane * (inCells.neutral() + inCells.both() + 20 * inCells.positive() + 0.05 * inCells.negative());
        double proteinInCells = 0.163 + 0.0221 * membrane;
        double boundInCells = water
                + lipid * neutralLipid
                + membrane * neutralPhospholipid
                + acidic * acidicPhospholipid
                + proteinInCells * protein;
        double plasmaWater = 1 - plasmaProtein;
        double boundInInterstitium = plasmaWater + INTERSTITIAL_PROTEIN * Math.max(0, 1 / drug.unbound() - plasmaWater);
        // Only neutral forms pass membranes freely: trapping of ions by the difference in pH.
        double trapping = distribution(drug.at(PLASMA_PH)) / distribution(inCells);
        return drug.unbound() * (interstitium * boundInInterstitium + trapping * cells * boundInCells);
    }

    private static double distribution(Substance.Forms forms) {
        return forms.neutral() + CHARGED_IN_LIPID * (1 - forms.neutral());
    }
}
