package org.oncotwin.tumour.immune;

import org.oncotwin.api.plugin.Parameters;

/**
 * The rates of the model as functions of volumes, cells and blockade, without time. See the README for the equations in one piece.
 *
 * <p>What keeps the state within bounds is their form: no rate takes from what is not there, so nothing becomes negative; tumour and inflammation grow by the space that viable cells, dying
 * cells and infiltrate together leave of the carrying capacity, so that the lesion does not grow above it; killing moves volume from viable to dying; effectors recruit no more at the number that
 * {@code effector_crowding} names; every other influx is saturated and every loss proportional.
 */
public final class TmeEquations {

    private static final double CM3_PER_UM3 = 1e-12;

    private final double cellVolume;
    private final double dyingRetained;
    private final double dyingClearance;
    private final double extinction;
    private final CheckpointBinding binding;
    private final double ligands;
    private final double ligandInduction;
    private final double ligandInductionHalf;
    private final double influx;
    private final double recruitment;
    private final double recruitmentHalf;
    private final double inactivation;
    private final double death;
    private final double killing;
    private final double killSaturation;
    private final double crowding;
    private final double killInhibition;
    private final double recruitmentInhibition;
    private final double interferonMaximum;
    private final double interferonHalfDensity;
    private final double interferonClearance;
    private final double priming;
    private final double maturation;
    private final double presentingDeath;
    private final double antigenicity;
    private final double dyingAntigen;
    private final double ctla4Ligands;
    private final double ctla4Inhibition;
    private final double regulatoryInflux;
    private final double regulatoryDeath;
    private final double regulatorySuppression;
    private final double regulatoryDepletion;
    private final double inflammation;
    private final double inflammationHalf;
    private final double inflammationClearance;

    /** The rates for checked parameters, those of growth left aside, and what the patient's markers say. */
    public TmeEquations(Parameters parameters, Markers markers) {
        cellVolume = TmeParameter.TUMOUR_CELL_VOLUME.of(parameters) * CM3_PER_UM3;
        dyingRetained = TmeParameter.DYING_RETAINED.of(parameters);
        dyingClearance = TmeParameter.DYING_CLEARANCE.of(parameters);
        extinction = TmeParameter.EXTINCTION.of(parameters);
        binding = CheckpointBinding.of(
                TmeParameter.PD1_DENSITY.of(parameters),
                TmeParameter.PD1_PDL1_DISSOCIATION.of(parameters),
                TmeParameter.SYNAPSE_GAP.of(parameters),
                TmeParameter.PD1_HALF.of(parameters));
        ligands = TmeParameter.PDL1_DENSITY.of(parameters) * markers.ligands();
        ligandInduction = TmeParameter.PDL1_INDUCTION.of(parameters);
        ligandInductionHalf = TmeParameter.PDL1_INDUCTION_HALF.of(parameters);
        influx = TmeParameter.EFFECTOR_INFLUX.of(parameters) * markers.infiltration();
        recruitment =
                TmeParameter.EFFECTOR_RECRUITMENT.of(parameters) * markers.antigenicity() * markers.infiltration();
        recruitmentHalf = TmeParameter.RECRUITMENT_HALF_TUMOUR.of(parameters);
        inactivation = TmeParameter.EFFECTOR_INACTIVATION.of(parameters);
        death = TmeParameter.EFFECTOR_DEATH.of(parameters);
        killing = TmeParameter.EFFECTOR_KILL.of(parameters);
        killSaturation = TmeParameter.KILL_SATURATION.of(parameters);
        crowding = TmeParameter.EFFECTOR_CROWDING.of(parameters);
        killInhibition = TmeParameter.PD1_KILL_INHIBITION.of(parameters);
        recruitmentInhibition = TmeParameter.PD1_PROLIFERATION_INHIBITION.of(parameters);
        interferonMaximum = TmeParameter.INTERFERON_MAXIMUM.of(parameters);
        interferonHalfDensity = TmeParameter.INTERFERON_HALF_DENSITY.of(parameters);
        interferonClearance = TmeParameter.INTERFERON_CLEARANCE.of(parameters);
        priming = TmeParameter.PRIMING.of(parameters) * markers.infiltration();
        maturation = TmeParameter.APC_MATURATION.of(parameters);
        presentingDeath = TmeParameter.APC_DEATH.of(parameters);
        antigenicity = markers.antigenicity();
        dyingAntigen = TmeParameter.DYING_ANTIGEN.of(parameters);
        ctla4Ligands = TmeParameter.CTLA4_LIGANDS.of(parameters);
        ctla4Inhibition = TmeParameter.CTLA4_INHIBITION.of(parameters);
        regulatoryInflux = TmeParameter.REGULATORY_INFLUX.of(parameters);
        regulatoryDeath = TmeParameter.REGULATORY_DEATH.of(parameters);
        regulatorySuppression = TmeParameter.REGULATORY_SUPPRESSION.of(parameters);
        regulatoryDepletion = TmeParameter.REGULATORY_DEPLETION.of(parameters);
        inflammation = TmeParameter.INFLAMMATION.of(parameters);
        inflammationHalf = TmeParameter.INFLAMMATION_HALF.of(parameters);
        inflammationClearance = TmeParameter.INFLAMMATION_CLEARANCE.of(parameters);
    }

    /** Volume of the lesion per tumour cell, in cm3. */
    public double cellVolume() {
        return cellVolume;
    }

    /** Fraction of the volume of killed tumour cells that stays until it is cleared. */
    public double dyingRetained() {
        return dyingRetained;
    }

    /** Clearance of killed tumour cells, per day. */
    public double dyingClearance() {
        return dyingClearance;
    }

    /** Viable volume (cm3) below which a falling tumour is gone. */
    public double extinctionVolume() {
        return extinction * cellVolume;
    }

    /** How far PD-1 inhibits, 0 to 1. */
    public double inhibition(double interferon, double pd1, double pdl1) {
        double induced = ligands * (1 + ligandInduction * interferon / (interferon + ligandInductionHalf));
        return binding.inhibition(induced, pd1, pdl1);
    }

    /** What regulatory T cells leave of killing and recruitment. */
    public double suppression(double regulatory) {
        return 1 / (1 + regulatorySuppression * regulatory);
    }

    /** Saturation of recruitment with tumour, 0 to 1. */
    public double stimulation(double viable) {
        double cells = viable / cellVolume;
        return cells / (recruitmentHalf + cells);
    }

    /** Rate at which effectors kill each viable tumour cell, per day. */
    public double killRate(double viable, double effectors, double inhibition, double suppression) {
        return killing
                * effectors
                * (1 - killInhibition * inhibition)
                * suppression
                / (1 + killSaturation * viable / cellVolume);
    }

    /** Change of the effectors per day. */
    public double effectorRate(
            double viable, double effectors, double presenting, double inhibition, double suppression, double ctla4) {
        double bound = ctla4Ligands / (1 + ctla4Ligands + ctla4);
        return influx
                + priming * presenting * (1 - ctla4Inhibition * bound)
                + recruitment
                        * stimulation(viable)
                        * (1 - recruitmentInhibition * inhibition)
                        * suppression
                        * (1 - crowding * effectors)
                        * effectors
                - inactivation * effectors * (viable / cellVolume)
                - death * effectors;
    }

    /** Change of the regulatory T cells per day. */
    public double regulatoryRate(double viable, double regulatory, double ctla4) {
        return regulatoryInflux * stimulation(viable)
                - (regulatoryDeath + regulatoryDepletion * CheckpointBinding.occupancy(ctla4)) * regulatory;
    }

    /** Change of the mature antigen-presenting cells per day. */
    public double presentingRate(double viable, double dying, double presenting) {
        return maturation * antigen(viable, dying) - presentingDeath * presenting;
    }

    /** Change of interferon-gamma, in pmol/L per day. */
    public double interferonRate(double viable, double lesion, double effectors, double interferon, double inhibition) {
        return interferonClearance * (releasedInterferon(viable, lesion, effectors, inhibition) - interferon);
    }

    /** Volume that inflammation adds per day, without what resolves, in cm3. */
    public double inflow(double viable, double interferon, double freeSpace) {
        return inflammation * interferon / (interferon + inflammationHalf) * viable * Math.max(0, freeSpace);
    }

    /** Change of the inflamed volume, in cm3 per day. */
    public double inflamedRate(double viable, double inflamed, double interferon, double freeSpace) {
        return inflow(viable, interferon, freeSpace) - inflammationClearance * inflamed;
    }

    // ---- Where each settles while the tumour stays as it is and nothing blocks ----

    /** Regulatory T cells. */
    public double settledRegulatory(double viable) {
        return regulatoryInflux * stimulation(viable) / regulatoryDeath;
    }

    /** Mature antigen-presenting cells. */
    public double settledPresenting(double viable, double dying) {
        return maturation * antigen(viable, dying) / presentingDeath;
    }

    /** Volume of dying tumour in cm3. */
    public double settledDying(double viable, double killRate) {
        return dyingRetained * killRate * viable / dyingClearance;
    }

    /** Volume of infiltrate and oedema in cm3. */
    public double settledInflamed(double viable, double interferon, double freeSpace) {
        return inflow(viable, interferon, freeSpace) / inflammationClearance;
    }

    /** Interferon-gamma that effectors release, over its clearance, in pmol/L. */
    public double releasedInterferon(double viable, double lesion, double effectors, double inhibition) {
        // One cell more keeps the density defined where there is neither lesion nor effector.
        return interferonMaximum
                * stimulation(viable)
                * (1 - killInhibition * inhibition)
                * effectors
                / (effectors + interferonHalfDensity * lesion + 1);
    }

    private double antigen(double viable, double dying) {
        double presented = antigenicity * (viable + dyingAntigen * dying) / cellVolume;
        return presented / (recruitmentHalf + presented);
    }
}
