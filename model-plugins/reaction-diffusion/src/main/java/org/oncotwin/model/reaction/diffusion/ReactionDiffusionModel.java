package org.oncotwin.model.reaction.diffusion;

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
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/**
 * Proliferation and invasion of tumour cells (Swanson, Alvord and Murray 2000): {@code du/dt = div(D T grad u) + rho u (1 - u/K)} with no flux through the boundary of the
 * domain. T is 1, or the shape and direction of diffusion where the anatomy has diffusion tensors (Jbabdi et al. 2005).
 */
@Component
@GrowthModelPlugin(ReactionDiffusionModel.ID)
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
@HonoursEffect(EffectNames.KILL_RATE)
@HonoursEffect(EffectNames.PROLIFERATION_FACTOR)
public final class ReactionDiffusionModel implements GrowthModel {

    static final String ID = "reaction-diffusion";
    static final String DIFFUSION = "diffusion";
    static final String PROLIFERATION = "proliferation";
    static final String CARRYING_CAPACITY = "carrying_capacity";
    static final String VOLUME_THRESHOLD = "volume_threshold";

    private static final String SWANSON_2000 =
            "Swanson, Alvord, Murray 2000, Cell Prolif 33:317, doi:10.1046/j.1365-2184.2000.00177.x";

    private static final String JBABDI_2005 =
            "Jbabdi et al. 2005, Magn Reson Med 54:616, doi:10.1002/mrm.20625 (diffusion tensors)";

    private static final GrowthModelDescription DESCRIPTION = new GrowthModelDescription(
            new PluginDescription(
                    ID,
                    "Reaction-diffusion (proliferation-invasion)",
                    "Growth and invasion of diffuse gliomas and other infiltrating solid tumours over weeks to years, on an image grid. Research use.",
                    List.of(
                            "the brain does not move: no mass effect, no deformation of tissue",
                            "one kind of cell: no necrosis, hypoxia, oedema or resistant clone",
                            "without diffusion tensors in the anatomy, diffusion is the same in all directions: no guidance along fibre tracts",
                            "with them, cells follow the directions in which water diffuses, in every tissue; the tensors do not change as the tumour grows",
                            "a tissue class without a diffusion value is closed to the tumour; one value for all opens every class, cerebrospinal fluid too"),
                    List.of(
                            ParameterDescription.required(
                                            PROLIFERATION,
                                            "/d",
                                            0,
                                            10,
                                            "net rate of proliferation of tumour cells at low density, rho",
                                            "no default: it differs much between patients; the prior is wide by choice (95 % within a factor of 7)")
                                    .withPrior(Prior.logNormal(0.03, 1))
                                    .byTissue(),
                            ParameterDescription.required(
                                            DIFFUSION,
                                            "mm2/d",
                                            0,
                                            100,
                                            "diffusion coefficient of tumour cells (motility), D",
                                            "no default: it differs between patients and tissues, white to grey about 5 to 1 after "
                                                    + SWANSON_2000 + "; the prior is wide by choice")
                                    .withPrior(Prior.logNormal(0.1, 1))
                                    .byTissue(),
                            ParameterDescription.optional(
                                    CARRYING_CAPACITY,
                                    "1",
                                    1,
                                    Double.MIN_VALUE,
                                    1,
                                    "largest cellularity, K",
                                    "1 by definition: cellularity is a fraction of fully packed tumour"),
                            ParameterDescription.optional(
                                    VOLUME_THRESHOLD,
                                    "1",
                                    0.5,
                                    Double.MIN_VALUE,
                                    1,
                                    "cellularity at and above which tissue counts to the tumour's volume",
                                    "half of fully packed tumour, as the volume is read in arXiv:2505.00670; an image may see another threshold")),
                    List.of(
                            SWANSON_2000,
                            "Fisher 1937, Ann Eugen 7:355, doi:10.1111/j.1469-1809.1937.tb02153.x",
                            JBABDI_2005)),
            List.of(Quantity.TUMOUR_CELLULARITY),
            List.of(ReactionDiffusionProcess.CELLULARITY),
            Set.of(
                    EffectPort.SURVIVING_FRACTION,
                    EffectPort.REMAINING_FRACTION,
                    EffectPort.KILL_RATE,
                    EffectPort.PROLIFERATION_FACTOR),
            true,
            1,
            "du/dt = div(D T grad u) + f(t) rho u (1 - u/K) - k(t) u, no flux through the boundary; T is 1 without diffusion tensors",
            Set.of(SolverNeed.of(SolverKind.REACTION_DIFFUSION)));

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        Anatomy anatomy = setting.anatomy()
                .orElseThrow(() -> new InvalidInputException(
                        "anatomy", "missing; reaction-diffusion needs tissue or a mask to grow in"));
        if (!anatomy.grid().affine().isOrthogonal(1e-4)) {
            throw new InvalidInputException(
                    "anatomy",
                    "the axes of the grid are sheared; resample the images to a grid with axes at right angles");
        }
        // The engine has checked the parameters; whoever else binds the model must not get around its bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        if (checked.value(VOLUME_THRESHOLD) > checked.value(CARRYING_CAPACITY)) {
            throw new InvalidInputException(
                    VOLUME_THRESHOLD,
                    checked.value(VOLUME_THRESHOLD) + " is above the carrying capacity, "
                            + checked.value(CARRYING_CAPACITY) + ": no tissue could ever count to the tumour's volume");
        }
        return new ReactionDiffusionProcess(
                TissueClasses.medium(anatomy, checked),
                TissueParameters.of(anatomy, checked),
                checked.value(CARRYING_CAPACITY),
                checked.value(VOLUME_THRESHOLD),
                context);
    }
}
