package org.oncotwin.model.logistic;

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

/** Logistic growth of the volume of one tumour (Verhulst 1838): {@code dV/dt = r V (1 - V/K)}. */
@Component(service = GrowthModel.class)
@GrowthModelPlugin("logistic")
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
@HonoursEffect(EffectNames.KILL_RATE)
@HonoursEffect(EffectNames.PROLIFERATION_FACTOR)
@HonoursEffect(EffectNames.CARRYING_CAPACITY_FACTOR)
public final class LogisticModel implements GrowthModel {

    /** Version of the layout of the state: one volume. */
    static final int SCHEMA_VERSION = 1;

    private static final ParameterDescription PROLIFERATION = ParameterDescription.required(
            "proliferation",
            "/d",
            0,
            10,
            "Proliferation rate r: relative growth rate of a tumour much smaller than the carrying capacity",
            "No default: it differs by orders of magnitude between tumours and is fitted to the volumes of the patient. "
                    + "The upper bound is a doubling in 1.7 h, faster than any human cell divides");

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
                    "logistic",
                    "Logistic growth of tumour volume",
                    "Research use: volume over time of one measured tumour, untreated or treated, whose growth slows in "
                            + "proportion to its size, with parameters fitted to that tumour.",
                    List.of(
                            "No space: shape, invasion and differences within the tumour are left out.",
                            "All cells of the tumour respond alike to treatment.",
                            "The tumour is taken as fully cellular, so that burden equals volume; killed cells leave at "
                                    + "once, so that a shrinking lesion is seen earlier than on an image.",
                            "Growth slows symmetrically about half the carrying capacity, which tumours often do not."),
                    List.of(PROLIFERATION, CARRYING_CAPACITY),
                    List.of(
                            "Verhulst PF 1838. Notice sur la loi que la population suit dans son accroissement. "
                                    + "Correspondance mathematique et physique 10:113-121",
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
            "dV/dt = r f(t) V (1 - V / (K g(t))) - k(t) V, with proliferation factor f, carrying capacity factor g and "
                    + "kill rate k",
            Set.of(SolverNeed.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)));

    /** Keeps nothing. */
    public LogisticModel() {}

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else binds the model must not get around its bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        LogisticGrowth growth =
                new LogisticGrowth(checked.value(PROLIFERATION.name()), checked.value(CARRYING_CAPACITY.name()));
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
