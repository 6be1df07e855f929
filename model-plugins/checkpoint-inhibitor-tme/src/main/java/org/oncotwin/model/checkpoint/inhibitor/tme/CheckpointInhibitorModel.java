package org.oncotwin.model.checkpoint.inhibitor.tme;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
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
import org.oncotwin.tumour.immune.Markers;
import org.oncotwin.tumour.immune.TmeEquations;
import org.oncotwin.tumour.immune.TmeParameter;
import org.osgi.service.component.annotations.Component;

/** A tumour and the effector T cells that kill it (Kuznetsov et al 1994), under blockade of PD-1, PD-L1 and CTLA-4. */
@Component(service = GrowthModel.class)
@GrowthModelPlugin("checkpoint-inhibitor-tme")
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
@HonoursEffect(EffectNames.KILL_RATE)
@HonoursEffect(EffectNames.PROLIFERATION_FACTOR)
@HonoursEffect(EffectNames.CARRYING_CAPACITY_FACTOR)
@HonoursEffect(EffectNames.PD1_BLOCKADE)
@HonoursEffect(EffectNames.PDL1_BLOCKADE)
@HonoursEffect(EffectNames.CTLA4_BLOCKADE)
public final class CheckpointInhibitorModel implements GrowthModel {

    /** Version of the layout of the state. */
    static final int SCHEMA_VERSION = 1;

    private static final GrowthModelDescription DESCRIPTION = new GrowthModelDescription(
            new PluginDescription(
                    "checkpoint-inhibitor-tme",
                    "Tumour and T cells under checkpoint inhibitors",
                    "Research use: course of the volume that an image shows and of the viable tumour in it, under antibodies to PD-1, "
                            + "PD-L1 and CTLA-4, alone or with other treatments, over months; comparison of schedules and of "
                            + "markers. Not fitted to patients.",
                    List.of(
                            "No space: one lesion, alike throughout; excluded and desert phenotypes are factors on the arrival of T cells.",
                            "All tumour cells are alike: no loss of antigen, no resistance, no immune editing.",
                            "T cells have neither memory nor exhaustion that lasts; when the tumour is small they wane.",
                            "Many parameters are assumptions, which their sources say; calibrate them before any number is used.",
                            "Whether tumour mutational burden predicts response is disputed; its strength is a parameter with a prior that includes none.",
                            "PD-L2, other checkpoints, macrophages and helper T cells are left out, as is the toxicity of the drugs."),
                    TmeParameter.descriptions(),
                    List.of(
                            "Kuznetsov VA et al 1994. Nonlinear dynamics of immunogenic tumors: parameter estimation and global bifurcation analysis. "
                                    + "Bull Math Biol 56:295-321. https://doi.org/10.1007/BF02460644",
                            "Sove RJ et al 2020. QSP-IO: a quantitative systems pharmacology toolbox for mechanistic multiscale modeling for "
                                    + "immuno-oncology applications. CPT Pharmacometrics Syst Pharmacol. Parameters read in popellab/qspio",
                            "Wang H et al 2021. Quantitative systems pharmacology model predictions for efficacy of atezolizumab and "
                                    + "nab-paclitaxel in triple-negative breast cancer. J Immunother Cancer 9. Parameters read in QSPIO-TNBC",
                            "Cheng X et al 2013. Structure and interactions of the human programmed cell death 1 receptor. J Biol Chem. https://doi.org/10.1074/jbc.M112.448126",
                            "Shin DS et al 2017. Primary resistance to PD-1 blockade mediated by JAK1/2 mutations. Cancer Discov. PMID 27903500",
                            "Halle S et al 2016. In vivo killing capacity of cytotoxic T cells is limited and involves dynamic interactions and T "
                                    + "cell cooperativity. Immunity 44:233-245",
                            "Goodman AM et al 2017. Tumor mutational burden as an independent predictor of response to immunotherapy in diverse "
                                    + "cancers. Mol Cancer Ther 16:2598-2608",
                            "Gurjao C et al 2023. Tumour mutational burden: limited evidence as a biomarker of response to immunotherapy. eLife "
                                    + "reviewed preprint 87465. https://elifesciences.org/reviewed-preprints/87465",
                            "Chen DS, Mellman I 2017. Elements of cancer immunity and the cancer-immune set point. Nature 541:321-330")),
            List.of(Quantity.TUMOUR_VOLUME),
            TmeState.OWNED,
            Set.of(
                    EffectPort.SURVIVING_FRACTION,
                    EffectPort.REMAINING_FRACTION,
                    EffectPort.KILL_RATE,
                    EffectPort.PROLIFERATION_FACTOR,
                    EffectPort.CARRYING_CAPACITY_FACTOR,
                    EffectPort.PD1_BLOCKADE,
                    EffectPort.PDL1_BLOCKADE,
                    EffectPort.CTLA4_BLOCKADE),
            false,
            SCHEMA_VERSION,
            "dV/dt = a f V (1 - (V + D + O) / (K g)) - n E V (1 - e H) / ((1 + x T) (1 + r R)) - k V, "
                    + "dE/dt = s + q A P + p E T / (g + T) (1 - e H) (1 - c E) / (1 + r R) - m E T - d E, with T tumour cells in the viable "
                    + "volume V, effectors E, regulatory cells R, presenting cells A, dying and inflamed volume D and O, inhibition H by "
                    + "complexes of PD-1 and PD-L1 and priming P by free CD80 and CD86",
            Set.of(SolverNeed.of(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS, SolverFeature.CONDITIONS)));

    /** Keeps nothing. */
    public CheckpointInhibitorModel() {}

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else binds the model must not get around its bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        return new CheckpointInhibitorProcess(
                new TmeEquations(checked, markers(setting.markers(), checked)),
                LesionSpace.of(checked),
                TmeParameter.INITIAL_EFFECTOR_DENSITY.of(checked),
                context);
    }

    /** Without space the phenotype acts on how many effectors arrive. */
    static Markers markers(SortedMap<String, String> markers, Parameters parameters) {
        return Markers.of(markers, parameters, phenotype -> switch (phenotype) {
            case INFLAMED -> 1;
            case EXCLUDED -> TmeParameter.EXCLUDED_INFILTRATION.of(parameters);
            case DESERT -> TmeParameter.DESERT_INFILTRATION.of(parameters);
        });
    }
}
