package org.oncotwin.model.gompertz;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.HonoursEffect;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthModelPlugin;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.growth.VolumeProcess;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Gompertz growth of the volume of one tumour (Laird 1964): {@code dV/dt = a V ln(K/V)}. */
@Component(service = GrowthModel.class)
@GrowthModelPlugin("gompertz")
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
@HonoursEffect(EffectNames.KILL_RATE)
@HonoursEffect(EffectNames.PROLIFERATION_FACTOR)
@HonoursEffect(EffectNames.CARRYING_CAPACITY_FACTOR)
public final class GompertzModel implements GrowthModel {

    /** Version of the layout of the state: one volume. */
    static final int SCHEMA_VERSION = 1;

    private static final ParameterDescription PROLIFERATION = ParameterDescription.required(
            "proliferation",
            "/d",
            0,
            10,
            "Proliferation rate a: relative growth rate of a tumour e times smaller than the carrying capacity, and the rate at which growth slows",
            "No default: it differs by orders of magnitude between tumours and is fitted to the volumes of the patient. "
                    + "The upper bound brings any tumour to its carrying capacity within a day or two");

    private static final ParameterDescription CARRYING_CAPACITY = ParameterDescription.required(
            "carrying_capacity",
            "cm3",
            1e-9,
            1e5,
            "Carrying capacity K: volume at which growth stops",
            "No default: it depends on the site and is fitted to the volumes of the patient. "
                    + "The bounds are one cell of 10 um and more than a human body");

    private static final GrowthModelDescription DESCRIPTION = new GrowthModelDescription(
            new PluginDescription(
                    "gompertz",
                    "Gompertz growth of tumour volume",
                    "Research use: volume over time of one measured tumour, untreated or treated, whose relative growth "
                            + "rate falls with the logarithm of its size, with parameters fitted to that tumour.",
                    List.of(
                            "No space: shape, invasion and differences within the tumour are left out.",
                            "All cells of the tumour respond alike to treatment.",
                            "The tumour is taken as fully cellular, so that burden equals volume; killed cells leave at "
                                    + "once, so that a shrinking lesion is seen earlier than on an image.",
                            "The relative growth rate has no upper limit as the tumour gets small, so that the growth of a few cells is "
                                    + "far too fast."),
                    List.of(PROLIFERATION, CARRYING_CAPACITY),
                    List.of(
                            "Laird AK 1964. Dynamics of tumour growth. Br J Cancer 18:490-502. "
                                    + "https://doi.org/10.1038/bjc.1964.55",
                            "Benzekry S et al 2014. Classical mathematical models for description and prediction of "
                                    + "experimental tumor growth. PLoS Comput Biol 10(8):e1003800. "
                                    + "https://doi.org/10.1371/journal.pcbi.1003800")),
            List.of(Quantity.TUMOUR_VOLUME),
            List.of(Quantity.TUMOUR_VOLUME),
            Set.of(
                    EffectPort.SURVIVING_FRACTION,
                    EffectPort.REMAINING_FRACTION,
                    EffectPort.KILL_RATE,
                    EffectPort.PROLIFERATION_FACTOR,
                    EffectPort.CARRYING_CAPACITY_FACTOR),
            false,
            SCHEMA_VERSION,
            "dV/dt = a f(t) V ln(K g(t) / V) - k(t) V, with proliferation factor f, carrying capacity factor g and "
                    + "kill rate k",
            Set.of(SolverNeed.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)));

    /** Keeps nothing. */
    public GompertzModel() {}

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else binds the model must not get around its bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        GompertzGrowth growth =
                new GompertzGrowth(checked.value(PROLIFERATION.name()), checked.value(CARRYING_CAPACITY.name()));
        return new VolumeProcess(
                context.owner(),
                SCHEMA_VERSION,
                (volume, interval, effects) -> growth.volumeAfter(
                        volume,
                        interval,
                        effects,
                        context.solvers(),
                        context.relativeTolerance().orElse(VolumeProcess.DEFAULT_RELATIVE_TOLERANCE)));
    }
}
