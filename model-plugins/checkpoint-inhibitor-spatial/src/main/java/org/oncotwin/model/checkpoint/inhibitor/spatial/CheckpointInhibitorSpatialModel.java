package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.HonoursEffect;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthModelPlugin;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.tumour.immune.Markers;
import org.oncotwin.tumour.immune.TmeEquations;
import org.oncotwin.tumour.immune.TmeParameter;
import org.osgi.service.component.annotations.Component;

/** A tumour on a grid that grows, spreads and is killed by effector T cells where they reach it, under blockade of PD-1, PD-L1 and CTLA-4. */
@Component(service = GrowthModel.class)
@GrowthModelPlugin(CheckpointInhibitorSpatialModel.ID)
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
@HonoursEffect(EffectNames.KILL_RATE)
@HonoursEffect(EffectNames.PROLIFERATION_FACTOR)
@HonoursEffect(EffectNames.PD1_BLOCKADE)
@HonoursEffect(EffectNames.PDL1_BLOCKADE)
@HonoursEffect(EffectNames.CTLA4_BLOCKADE)
public final class CheckpointInhibitorSpatialModel implements GrowthModel {

    static final String ID = "checkpoint-inhibitor-spatial";

    private static final GrowthModelDescription DESCRIPTION = new GrowthModelDescription(
            new PluginDescription(
                    ID,
                    "Tumour on a grid and T cells under checkpoint inhibitors",
                    "Research use: what it does to the response to antibodies to PD-1, PD-L1 and CTLA-4, over months, whether T cells are throughout a tumour, "
                            + "at its rim or hardly there. Not fitted to patients.",
                    List.of(
                            "T cells are not on the grid: how many there are is one number, and where they kill is fixed by the tumour as it was at the start.",
                            "Killed cells and infiltrate add to the volume that an image shows and take no space from viable cells.",
                            "The tissue does not move: no mass effect, no deformation.",
                            "Limits of the model without space hold: all tumour cells are alike, T cells have neither memory nor lasting exhaustion, many parameters are assumptions.",
                            "How deep T cells of an excluded tumour reach and how much those of a desert kill are assumptions, which their sources say."),
                    SpatialParameters.DESCRIPTIONS,
                    List.of(
                            "Kuznetsov VA et al 1994. Nonlinear dynamics of immunogenic tumors: parameter estimation and global bifurcation analysis. "
                                    + "Bull Math Biol 56:295-321. https://doi.org/10.1007/BF02460644",
                            "Swanson KR, Alvord EC, Murray JD 2000. A quantitative model for differential motility of gliomas in grey and white matter. "
                                    + "Cell Prolif 33:317-329. https://doi.org/10.1046/j.1365-2184.2000.00177.x",
                            "Chen DS, Mellman I 2017. Elements of cancer immunity and the cancer-immune set point. Nature 541:321-330",
                            "Lelarasmee E, Ruehli AE, Sangiovanni-Vincentelli AL 1982. The waveform relaxation method for time-domain analysis of large "
                                    + "scale integrated circuits. IEEE Trans Comput-Aided Des 1:131-145",
                            "The sources of checkpoint-inhibitor-tme")),
            List.of(Quantity.TUMOUR_CELLULARITY),
            SpatialState.OWNED,
            Set.of(
                    EffectPort.SURVIVING_FRACTION,
                    EffectPort.REMAINING_FRACTION,
                    EffectPort.KILL_RATE,
                    EffectPort.PROLIFERATION_FACTOR,
                    EffectPort.PD1_BLOCKADE,
                    EffectPort.PDL1_BLOCKADE,
                    EffectPort.CTLA4_BLOCKADE),
            true,
            SpatialState.SCHEMA_VERSION,
            "du/dt = div(D grad u) + f rho u (1 - u/K) - w(x) h(t) u - k u, h = n E (1 - e H) / ((1 + x T) (1 + r R)); effectors E, regulatory cells R, "
                    + "presenting cells, interferon-gamma and inhibition H as in checkpoint-inhibitor-tme, with T the tumour cells on the grid and w 1 in "
                    + "inflamed tumours, exp(-depth/d) over its mean in excluded ones and a small constant in deserts",
            Set.of(
                    SolverNeed.of(SolverKind.REACTION_DIFFUSION),
                    SolverNeed.of(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS, SolverFeature.CONDITIONS)));

    /** Keeps nothing. */
    public CheckpointInhibitorSpatialModel() {}

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        Anatomy anatomy = setting.anatomy()
                .orElseThrow(() ->
                        new InvalidInputException("anatomy", "missing; " + ID + " needs tissue or a mask to grow in"));
        if (!anatomy.grid().affine().isOrthogonal(1e-4)) {
            throw new InvalidInputException(
                    "anatomy",
                    "the axes of the grid are sheared; resample the images to a grid with axes at right angles");
        }
        // The engine has checked the parameters; whoever else binds the model must not get around its bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        return new SpatialProcess(
                TissueMedium.of(anatomy, checked),
                checked.value(SpatialParameters.CARRYING_CAPACITY),
                new TmeEquations(checked, Markers.of(setting.markers(), checked, phenotype -> 1)),
                TmeParameter.INITIAL_EFFECTOR_DENSITY.of(checked),
                Infiltration.of(setting.markers(), checked),
                context);
    }
}
