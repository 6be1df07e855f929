package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.tumour.immune.TmeParameter;

/** The parameters of the model: those of growth in space and of infiltration, and those of the immune cells. */
final class SpatialParameters {

    static final String PROLIFERATION = "proliferation";
    static final String DIFFUSION = "diffusion";
    static final String CARRYING_CAPACITY = "carrying_capacity";
    static final String INFILTRATION_DEPTH = "infiltration_depth";
    static final String DESERT_WEIGHT = "desert_weight";
    static final String RIM_FRACTION = "rim_fraction";

    /** What of the model without space is a tumour without space. */
    private static final Set<TmeParameter> WITHOUT_SPACE = EnumSet.of(
            TmeParameter.PROLIFERATION,
            TmeParameter.CARRYING_CAPACITY,
            TmeParameter.EXCLUDED_INFILTRATION,
            TmeParameter.DESERT_INFILTRATION);

    static final List<ParameterDescription> DESCRIPTIONS = descriptions();

    private SpatialParameters() {}

    private static List<ParameterDescription> descriptions() {
        List<ParameterDescription> all = new ArrayList<>(List.of(
                ParameterDescription.optional(
                                PROLIFERATION,
                                "/d",
                                0.012,
                                0,
                                1,
                                "proliferation rate of a density much smaller than the carrying capacity, rho",
                                TmeParameter.PROLIFERATION.description().source())
                        .withPrior(
                                TmeParameter.PROLIFERATION.description().prior().orElseThrow())
                        .byTissue(),
                ParameterDescription.required(
                                DIFFUSION,
                                "mm2/d",
                                0,
                                10,
                                "diffusion coefficient of tumour cells (motility), D",
                                "no default: it differs between tumours and tissues; the prior is wide by choice")
                        .withPrior(Prior.logNormal(0.01, 1.5))
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
                                INFILTRATION_DEPTH,
                                "mm",
                                1,
                                0.001,
                                1e6,
                                "depth below the rim at which effectors of an excluded tumour kill 1/e of what they do at the rim",
                                "Assumption: of the order of the invasive margin that pathologists read; no measured profile is behind it")
                        .withPrior(Prior.logNormal(1, 0.7)),
                ParameterDescription.optional(
                                DESERT_WEIGHT,
                                "1",
                                0.05,
                                0,
                                1,
                                "killing everywhere in a tumour of desert phenotype, relative to an inflamed one",
                                "Assumption: the phenotypes are those of Chen and Mellman 2017; the strength is not measured")
                        .withPrior(Prior.uniform(0, 0.2)),
                ParameterDescription.optional(
                                RIM_FRACTION,
                                "1",
                                0.2,
                                0.001,
                                1,
                                "cellularity at the rim of the tumour at the start, relative to the largest",
                                "Assumption: an image shows the tumour down to some tenths of its largest cellularity")
                        .withPrior(Prior.uniform(0.1, 0.5))));
        for (TmeParameter parameter : TmeParameter.values()) {
            if (!WITHOUT_SPACE.contains(parameter)) {
                all.add(parameter.description());
            }
        }
        return List.copyOf(all);
    }
}
