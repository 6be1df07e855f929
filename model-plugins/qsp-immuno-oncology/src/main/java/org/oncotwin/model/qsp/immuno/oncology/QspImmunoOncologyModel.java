package org.oncotwin.model.qsp.immuno.oncology;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.HonoursEffect;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthModelPlugin;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** A tumour, T cells, antigen presentation and the PD-1 checkpoint as the QSP-IO platform has them (Sove et al 2020, example 1). */
@Component(service = GrowthModel.class)
@GrowthModelPlugin("qsp-immuno-oncology")
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
@HonoursEffect(EffectNames.KILL_RATE)
@HonoursEffect(EffectNames.PROLIFERATION_FACTOR)
@HonoursEffect(EffectNames.CARRYING_CAPACITY_FACTOR)
@HonoursEffect(EffectNames.PD1_BLOCKADE)
@HonoursEffect(EffectNames.PDL1_BLOCKADE)
public final class QspImmunoOncologyModel implements GrowthModel {

    /** Version of the layout of the state. */
    static final int SCHEMA_VERSION = 1;

    private static final GrowthModelDescription DESCRIPTION = new GrowthModelDescription(
            new PluginDescription(
                    "qsp-immuno-oncology",
                    "Quantitative systems pharmacology of immuno-oncology",
                    "Research use: course of a tumour and of T cells in blood, periphery, lymph nodes and tumour under antibodies to PD-1 and "
                            + "PD-L1, from antigen that dying cells release to killing in the tumour; virtual patients by draws from the "
                            + "priors. The published example, not fitted to patients.",
                    List.of(
                            "No space: one tumour, alike throughout, one kind of cancer cell, no resistance.",
                            "The tumour has grown from one cancer cell without treatment; parameters with which it does not reach the given volume "
                                    + "within 8000 d are refused, as the platform does.",
                            "With the published parameters the tumour is gone within six months of nivolumab, which is not what most patients see.",
                            "Many parameters are estimates of the platform, which their sources say; widths of priors are assumptions.",
                            "Free antigen is in a scale of the platform in which one dying cell releases 10 nmol/L; cells that radiation or "
                                    + "chemotherapy kill release as much, which primes T cells strongly and was not validated.",
                            "CTLA-4, macrophages, myeloid-derived suppressor cells, helper T cells and toxicity are left out; a course that drives the "
                                    + "blockade of CTLA-4 is refused."),
                    QspParameter.descriptions(),
                    List.of(
                            "Sove RJ et al 2020. QSP-IO: a quantitative systems pharmacology toolbox for mechanistic multiscale modeling for "
                                    + "immuno-oncology applications. CPT Pharmacometrics Syst Pharmacol 9:484-497. https://doi.org/10.1002/psp4.12546",
                            "Jafarnejad M et al 2019. A computational model of neoadjuvant PD-1 inhibition in non-small cell lung cancer. AAPS J 21:79. "
                                    + "https://doi.org/10.1208/s12248-019-0350-x",
                            "Cheng X et al 2013. Structure and interactions of the human programmed cell death 1 receptor. J Biol Chem. "
                                    + "https://doi.org/10.1074/jbc.M112.448126",
                            "Wang C et al 2014. In vitro characterization of the anti-PD-1 antibody nivolumab, BMS-936558, and in vivo toxicology in "
                                    + "non-human primates. Cancer Immunol Res 2:846-856. https://doi.org/10.1158/2326-6066.CIR-14-0040")),
            List.of(Quantity.TUMOUR_VOLUME),
            Species.quantities(),
            Set.of(
                    EffectPort.SURVIVING_FRACTION,
                    EffectPort.REMAINING_FRACTION,
                    EffectPort.KILL_RATE,
                    EffectPort.PROLIFERATION_FACTOR,
                    EffectPort.CARRYING_CAPACITY_FACTOR,
                    EffectPort.PD1_BLOCKADE,
                    EffectPort.PDL1_BLOCKADE),
            false,
            SCHEMA_VERSION,
            "dC/dt = a f C (1 - C / (K g)) - d C - k C - n E C (1 - H) / (C + E + R + 1), "
                    + "dE/dt = q V B - m E - E (x C H + y R) / (C + E + R + 1), with C cancer cells, E and R effector and regulatory T cells in "
                    + "the tumour of volume V, B effector T cells in blood, H the inhibition by complexes of PD-1 with its ligands; and 37 more "
                    + "for naive, activated and mature T cells, interleukin-2, antigen-presenting cells, antigens, epitopes and binding",
            Set.of(SolverNeed.of(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS, SolverFeature.CONDITIONS)));

    /** Keeps nothing. */
    public QspImmunoOncologyModel() {}

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else binds the model must not get around its bounds.
        return new QspProcess(
                new QspEquations(Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values())), context);
    }
}
