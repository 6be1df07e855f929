package org.oncotwin.model.qsp.immuno.oncology;

import org.oncotwin.api.plugin.Parameters;

/** The equations of Sove et al 2020, example 1, in days, cells, nmol/L, cm3 and molecules per um2. */
final class QspEquations {

    private static final double MINUTES = 1440;
    private static final double HOURS = 24;
    private static final double LITRE_PER_CM3 = 1e-3;
    private static final double CM3_PER_LITRE = 1e3;
    private static final double CM3_PER_UM3 = 1e-12;
    private static final double CM3_PER_MM3 = 1e-3;

    /** Molecules in a nanomole, from the Avogadro constant (SI 2019, exact). */
    private static final double PER_NANOMOLE = 6.02214076e14;

    /** Volume of ten endosomes of 4e-17 L, in L, and their surface of 1.5 um2 each: doi 10.1006/jtbi.1996.0190, as used by Sove et al 2020. */
    private static final double ENDOSOMES = 4e-16;

    private static final double ENDOSOMAL_SURFACE = 15;

    /** Surface of an antigen-presenting cell in um2: doi 10.1006/jtbi.1996.0190, as used by Sove et al 2020. */
    private static final double APC_SURFACE = 900;

    /** In saturations, so that they are defined without cells. */
    private static final double ONE_CELL = 1;

    /** Naive T cells of all clones per mL of blood before the tumour: doi 10.1016/j.jim.2010.06.017, as used by Sove et al 2020; fifty times as many in the periphery. */
    private static final double NAIVE_DENSITY = 5.05e5;

    private static final double NAIVE_PERIPHERAL = 50;

    /** Regulatory T cells in blood before the tumour: doi 10.3389/fimmu.2015.00171, as used by Sove et al 2020. */
    private static final double NATURAL_REGULATORY = 2.5e8;

    /** What there is of a concentration (nmol/L) or a surface density (/um2) at the very start, as the platform has it. */
    private static final double TRACE_CONCENTRATION = 1e-9;

    private static final double TRACE_SURFACE = 1e-6;

    final double extinction;
    final double cancerVolume;

    private final double proliferation;
    private final double capacity;
    private final double innateDeath;
    private final double tCellKill;
    private final double clearance;
    private final double baseVolume;
    private final double tCellVolume;
    private final TCells effector;
    private final TCells regulatory;
    private final double effectorDiversity;
    private final double regulatoryDiversity;
    private final double naiveDeath;
    private final double nodalEntry;
    private final double nodalExit;
    private final double activation;
    private final double divisionRate;
    private final double tCellDeath;
    private final double peripheralEntry;
    private final double tumourEntry;
    private final double exhaustionByCancer;
    private final double exhaustionByRegulatory;
    private final double divisions;
    private final double moreDivisions;
    private final double interleukinDegradation;
    private final double interleukinConsumption;
    private final double interleukinSecretion;
    private final double interleukinHalf;
    private final double interleukinHalfRegulatory;
    private final double maturation;
    private final double apcMigration;
    private final double apcDeath;
    private final double matureDeath;
    private final double tumourApcDensity;
    private final double nodalApc;
    private final double cytokineClearance;
    private final double cytokineBaseline;
    private final double cytokineHalf;
    private final double cytokineRelease;
    private final double apcSites;
    private final Antigen self;
    private final Antigen neo;
    private final double antigenDegradation;
    private final double uptake;
    private final double endosomalDegradation;
    private final double epitopeDegradation;
    private final double epitopeBinding;
    private final double internalisation;
    private final double externalisation;
    private final double mhc;
    private final Receptors receptors;
    private final Checkpoint checkpoint;
    private final double bloodVolume;
    private final double peripheralVolume;
    private final double nodalVolume;

    QspEquations(Parameters p) {
        extinction = QspParameter.EXTINCTION.of(p);
        cancerVolume = Sphere.volume(QspParameter.CANCER_CELL_DIAMETER.of(p)) * CM3_PER_UM3;
        proliferation = QspParameter.PROLIFERATION.of(p);
        capacity = QspParameter.CARRYING_CAPACITY.of(p);
        innateDeath = QspParameter.INNATE_DEATH.of(p);
        tCellKill = QspParameter.T_CELL_KILL.of(p);
        clearance = QspParameter.DEAD_CELL_CLEARANCE.of(p);
        baseVolume = QspParameter.TUMOUR_BASE_VOLUME.of(p);
        tCellVolume = QspParameter.T_CELL_VOLUME.of(p) * CM3_PER_UM3;
        effector = TCells.effector(p);
        regulatory = TCells.regulatory(p);
        effectorDiversity = QspParameter.EFFECTOR_DIVERSITY.of(p);
        regulatoryDiversity = QspParameter.REGULATORY_DIVERSITY.of(p);
        naiveDeath = QspParameter.NAIVE_DEATH.of(p);
        bloodVolume = QspParameter.BLOOD_VOLUME.of(p) * CM3_PER_LITRE;
        peripheralVolume = QspParameter.PERIPHERAL_VOLUME.of(p) * CM3_PER_LITRE;
        nodalVolume =
                QspParameter.LYMPH_NODES.of(p) * Sphere.volume(QspParameter.LYMPH_NODE_DIAMETER.of(p)) * CM3_PER_MM3;
        nodalEntry = QspParameter.LYMPH_NODE_ENTRY.of(p) * bloodVolume;
        nodalExit = QspParameter.LYMPH_NODE_EXIT.of(p);
        activation = QspParameter.T_CELL_ACTIVATION.of(p);
        divisionRate = QspParameter.T_CELL_PROLIFERATION.of(p);
        tCellDeath = QspParameter.T_CELL_DEATH.of(p);
        double adhesion = QspParameter.MIGRATION.of(p) * MINUTES * QspParameter.ADHESION_DENSITY.of(p);
        peripheralEntry = adhesion * QspParameter.PERIPHERAL_BLOOD_FRACTION.of(p) * peripheralVolume;
        tumourEntry = adhesion * QspParameter.TUMOUR_BLOOD_FRACTION.of(p);
        exhaustionByCancer = QspParameter.EXHAUSTION_BY_CANCER.of(p);
        exhaustionByRegulatory = QspParameter.EXHAUSTION_BY_REGULATORY.of(p);
        divisions = QspParameter.DIVISIONS.of(p);
        moreDivisions = QspParameter.INTERLEUKIN_DIVISIONS.of(p);
        interleukinDegradation = QspParameter.INTERLEUKIN_DEGRADATION.of(p) * MINUTES;
        double perDay = HOURS / (nodalVolume * LITRE_PER_CM3);
        interleukinConsumption = QspParameter.INTERLEUKIN_CONSUMPTION.of(p) * perDay;
        interleukinSecretion = QspParameter.INTERLEUKIN_SECRETION.of(p) * perDay;
        interleukinHalf = QspParameter.INTERLEUKIN_HALF.of(p);
        interleukinHalfRegulatory = QspParameter.INTERLEUKIN_HALF_REGULATORY.of(p);
        maturation = QspParameter.APC_MATURATION.of(p);
        apcMigration = QspParameter.APC_MIGRATION.of(p);
        apcDeath = QspParameter.APC_DEATH.of(p);
        matureDeath = QspParameter.MATURE_APC_DEATH.of(p);
        tumourApcDensity = QspParameter.TUMOUR_APC_DENSITY.of(p);
        nodalApc = QspParameter.LYMPH_NODE_APC_DENSITY.of(p) * nodalVolume;
        cytokineClearance = QspParameter.CYTOKINE_CLEARANCE.of(p);
        cytokineBaseline = QspParameter.CYTOKINE_BASELINE.of(p);
        cytokineHalf = QspParameter.CYTOKINE_HALF.of(p);
        cytokineRelease = QspParameter.CYTOKINE_RELEASE.of(p);
        apcSites = QspParameter.APC_SITES.of(p);
        self = Antigen.self(p);
        neo = Antigen.neo(p);
        antigenDegradation = QspParameter.ANTIGEN_DEGRADATION.of(p);
        uptake = QspParameter.ANTIGEN_UPTAKE.of(p);
        endosomalDegradation = QspParameter.ENDOSOMAL_DEGRADATION.of(p);
        epitopeDegradation = QspParameter.EPITOPE_DEGRADATION.of(p);
        epitopeBinding = QspParameter.EPITOPE_BINDING.of(p);
        internalisation = QspParameter.MHC_INTERNALISATION.of(p);
        externalisation = QspParameter.MHC_EXTERNALISATION.of(p);
        mhc = QspParameter.MHC_MOLECULES.of(p) / (ENDOSOMAL_SURFACE + APC_SURFACE);
        receptors = Receptors.of(p);
        checkpoint = Checkpoint.of(p);
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Volume of the tumour in cm3. */
    double volume(double cancer, double[] state) {
        return baseVolume
                + cancerVolume * (cancer + Math.max(0, state[Species.DEAD.ordinal()]))
                + tCellVolume
                        * (Math.max(0, state[Species.EXHAUSTED.ordinal()])
                                + Math.max(0, state[Species.TUMOUR_EFFECTOR.ordinal()])
                                + Math.max(0, state[Species.TUMOUR_REGULATORY.ordinal()]));
    }

    /** The body when the tumour is one cancer cell. */
    double[] oneCancerCell() {
        double[] state = new double[Species.COUNT];
        state[Species.CANCER.ordinal()] = 1;
        naive(effector, effectorDiversity, state);
        naive(regulatory, regulatoryDiversity, state);
        double peripheral = NATURAL_REGULATORY * peripheralEntry / (regulatory.peripheralExit() + tCellDeath);
        state[Species.CENTRAL_REGULATORY.ordinal()] = NATURAL_REGULATORY;
        state[Species.PERIPHERAL_REGULATORY.ordinal()] = peripheral;
        state[Species.NODAL_REGULATORY.ordinal()] = peripheral / peripheralVolume * nodalVolume;
        state[Species.INTERLEUKIN.ordinal()] = TRACE_CONCENTRATION;
        state[Species.ENDOSOMAL_MHC.ordinal()] = mhc;
        state[Species.SURFACE_MHC.ordinal()] = TRACE_SURFACE;
        for (Antigen antigen : new Antigen[] {self, neo}) {
            state[antigen.free()] = TRACE_CONCENTRATION;
            state[antigen.inEndosomes()] = TRACE_CONCENTRATION;
            state[antigen.epitope()] = TRACE_CONCENTRATION;
            state[antigen.endosomal()] = TRACE_SURFACE;
            state[antigen.surface()] = TRACE_SURFACE;
        }
        return state;
    }

    private void naive(TCells cells, double diversity, double[] state) {
        double blood = NAIVE_DENSITY * bloodVolume / diversity;
        state[cells.naiveCentral()] = blood;
        state[cells.naivePeripheral()] = NAIVE_PERIPHERAL * blood;
        state[cells.naiveNodal()] = blood / peripheralVolume * nodalVolume;
    }

    /** Adds to a state the antigens of cancer cells that a treatment killed at once. */
    void release(double killed, double[] state) {
        state[self.free()] += self.release() * killed;
        state[neo.free()] += neo.release() * killed;
    }

    /**
     * Writes the derivatives of the state, per day; of cancer cells that of their logarithm without what treatments kill.
     *
     * @param cancer cancer cells
     * @param state all others; trial steps of a solver may leave the region of the equations by a little, where they go on as at its edge
     * @param growth factor on proliferation
     * @param room factor on the carrying capacity
     * @param therapy rate at which treatments kill
     * @param pd1Blockade antibody to PD-1 over its dissociation constant
     * @param pdl1Blockade antibody to PD-L1 over its dissociation constant
     */
    void derivatives(
            double cancer,
            double[] state,
            double growth,
            double room,
            double therapy,
            double pd1Blockade,
            double pdl1Blockade,
            double[] rates) {
        double effectors = state[Species.TUMOUR_EFFECTOR.ordinal()];
        double regulators = state[Species.TUMOUR_REGULATORY.ordinal()];
        double volume = volume(cancer, state);
        double present = cancer + Math.abs(effectors) + Math.abs(regulators) + ONE_CELL;
        double inhibition = checkpoint.inhibition(state);
        double kill = tCellKill * effectors / present * (1 - inhibition);
        double exhausted =
                effectors * (exhaustionByRegulatory * regulators + exhaustionByCancer * cancer * inhibition) / present;

        rates[Species.CANCER.ordinal()] =
                proliferation * growth * (1 - cancer / (capacity * room)) - innateDeath - kill;
        rates[Species.DEAD.ordinal()] =
                (innateDeath + kill + therapy) * cancer - clearance * state[Species.DEAD.ordinal()];
        rates[Species.EXHAUSTED.ordinal()] =
                exhausted + tCellDeath * (effectors + regulators) - clearance * state[Species.EXHAUSTED.ordinal()];
        lymphNodes(volume, state, rates);
        rates[Species.TUMOUR_EFFECTOR.ordinal()] -= exhausted;
        checkpoint.rates(state, pd1Blockade, pdl1Blockade, rates);

        // A concentration falls as the volume grows.
        double swelling =
                (cancerVolume * ((rates[Species.CANCER.ordinal()] - therapy) * cancer + rates[Species.DEAD.ordinal()])
                                + tCellVolume
                                        * (rates[Species.EXHAUSTED.ordinal()]
                                                + rates[Species.TUMOUR_EFFECTOR.ordinal()]
                                                + rates[Species.TUMOUR_REGULATORY.ordinal()]))
                        / volume;
        double cytokine = state[Species.CYTOKINE.ordinal()];
        rates[Species.CYTOKINE.ordinal()] = cytokineClearance * (cytokineBaseline - cytokine)
                + kill * cancer * cytokineRelease / (volume * LITRE_PER_CM3)
                - swelling * cytokine;
        presentingCells(volume, cytokine, state, rates);
        double dying = (innateDeath + therapy + kill) * cancer;
        double moved = externalisation * state[Species.ENDOSOMAL_MHC.ordinal()] * ENDOSOMAL_SURFACE
                - internalisation * state[Species.SURFACE_MHC.ordinal()] * APC_SURFACE;
        rates[Species.ENDOSOMAL_MHC.ordinal()] = -moved / ENDOSOMAL_SURFACE;
        rates[Species.SURFACE_MHC.ordinal()] = moved / APC_SURFACE;
        presentation(self, dying, swelling, state, rates);
        presentation(neo, dying, swelling, state, rates);
    }

    /** T cells of both kinds and interleukin-2. */
    private void lymphNodes(double volume, double[] state, double[] rates) {
        double effectors = state[Species.NODAL_EFFECTOR.ordinal()];
        double interleukin = state[Species.INTERLEUKIN.ordinal()];
        double saturated = saturation(interleukin, interleukinHalf);
        double expansion = divisionRate * StrictMath.pow(2, divisions + moreDivisions * saturated);
        double met = met(state[Species.NODAL_MATURE_APC.ordinal()], effectors)
                * receptors.effectorActivation(state[Species.SURFACE_NEO_MHC.ordinal()] / effector.clones());
        tCells(effector, activation * met, expansion, volume, state, rates);
        met = met(state[Species.NODAL_APC.ordinal()], effectors)
                * receptors.regulatoryActivation(state[Species.SURFACE_SELF_MHC.ordinal()] / regulatory.clones());
        tCells(regulatory, activation * met, expansion, volume, state, rates);
        rates[Species.INTERLEUKIN.ordinal()] = interleukinSecretion * state[Species.ACTIVATED_EFFECTOR.ordinal()]
                - interleukinDegradation * interleukin
                - interleukinConsumption
                        * (effectors * saturated
                                + state[Species.NODAL_REGULATORY.ordinal()]
                                        * saturation(interleukin, interleukinHalfRegulatory));
    }

    /** Fraction of naive T cells that meet an antigen-presenting cell. */
    private double met(double presenting, double competing) {
        return saturation(apcSites * presenting, Math.abs(competing) + ONE_CELL);
    }

    private void tCells(
            TCells cells, double activated, double expansion, double volume, double[] state, double[] rates) {
        double blood = state[cells.naiveCentral()];
        double periphery = state[cells.naivePeripheral()];
        double nodes = state[cells.naiveNodal()];
        double out = peripheralEntry * blood - cells.peripheralExit() * periphery;
        double in = nodalEntry * blood - nodalExit * nodes;
        rates[cells.naiveCentral()] = cells.thymus() + divided(cells, blood) - naiveDeath * blood - out - in;
        rates[cells.naivePeripheral()] = divided(cells, periphery) - naiveDeath * periphery + out;
        rates[cells.naiveNodal()] = in - activated * nodes;
        double dividing = state[cells.activated()];
        rates[cells.activated()] = activated * nodes * cells.clones() - divisionRate * dividing;
        double leaving = nodalExit * state[cells.nodal()];
        rates[cells.nodal()] = expansion * dividing - tCellDeath * state[cells.nodal()] - leaving;
        double central = state[cells.central()];
        double toPeriphery = peripheralEntry * central - cells.peripheralExit() * state[cells.peripheral()];
        double toTumour = tumourEntry * volume * central;
        rates[cells.central()] = leaving - tCellDeath * central - toPeriphery - toTumour;
        rates[cells.peripheral()] = toPeriphery - tCellDeath * state[cells.peripheral()];
        rates[cells.tumour()] = toTumour - tCellDeath * state[cells.tumour()];
    }

    private static double divided(TCells cells, double naive) {
        return cells.naiveProliferation() * saturation(naive, cells.naiveHalf());
    }

    /** Michaelis-Menten; below 0, where only the error of a step comes to, on as smoothly as it left. */
    private static double saturation(double amount, double half) {
        return amount / (half + Math.abs(amount));
    }

    private void presentingCells(double volume, double cytokine, double[] state, double[] rates) {
        double immature = state[Species.TUMOUR_APC.ordinal()];
        double mature = state[Species.TUMOUR_MATURE_APC.ordinal()];
        double maturing = maturation * saturation(cytokine, cytokineHalf) * immature;
        rates[Species.TUMOUR_APC.ordinal()] = apcDeath * (tumourApcDensity * volume - immature) - maturing;
        rates[Species.TUMOUR_MATURE_APC.ordinal()] = maturing - (apcMigration + matureDeath) * mature;
        rates[Species.NODAL_APC.ordinal()] = apcDeath * (nodalApc - state[Species.NODAL_APC.ordinal()]);
        rates[Species.NODAL_MATURE_APC.ordinal()] =
                apcMigration * mature - matureDeath * state[Species.NODAL_MATURE_APC.ordinal()];
    }

    private void presentation(Antigen antigen, double dying, double swelling, double[] state, double[] rates) {
        double free = state[antigen.free()];
        double inside = state[antigen.inEndosomes()];
        double epitope = state[antigen.epitope()];
        double presenting = state[Species.NODAL_MATURE_APC.ordinal()];
        rates[antigen.free()] =
                antigen.release() * dying - (antigenDegradation + uptake * presenting + swelling) * free;
        rates[antigen.inEndosomes()] = uptake * ONE_CELL * free - endosomalDegradation * inside;
        double loaded = state[antigen.endosomal()];
        double shown = state[antigen.surface()];
        double binding =
                epitopeBinding * epitope * state[Species.ENDOSOMAL_MHC.ordinal()] - antigen.dissociation() * loaded;
        rates[antigen.epitope()] = endosomalDegradation * inside
                - epitopeDegradation * epitope
                - binding * ENDOSOMAL_SURFACE / PER_NANOMOLE / ENDOSOMES;
        rates[Species.ENDOSOMAL_MHC.ordinal()] -= binding;
        rates[antigen.endosomal()] = binding - externalisation * loaded;
        rates[antigen.surface()] =
                externalisation * loaded * ENDOSOMAL_SURFACE / APC_SURFACE - antigen.dissociation() * shown;
        rates[Species.SURFACE_MHC.ordinal()] += antigen.dissociation() * shown;
    }
}
