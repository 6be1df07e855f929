package ${package};

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

/** Growth of a volume that is exponential while the tumour is small and linear once it is large (Simeoni et al. 2004). */
@Component(service = GrowthModel.class)
@GrowthModelPlugin("${pluginId}")
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
@HonoursEffect(EffectNames.KILL_RATE)
@HonoursEffect(EffectNames.PROLIFERATION_FACTOR)
public final class ExponentialLinearModel implements GrowthModel {

    /** To be raised when the layout of the state changes, together with a {@code migrate} that reads the old one. */
    static final int SCHEMA_VERSION = 1;

    private static final ParameterDescription EXPONENTIAL = ParameterDescription.required(
            "exponential_growth_rate",
            "/d",
            0,
            10,
            "Rate lambda0 of the exponential phase",
            "No default: it is fitted to the volumes of the patient or of the experiment");

    private static final ParameterDescription LINEAR = ParameterDescription.required(
            "linear_growth_rate",
            "cm3/d",
            1e-6,
            1000,
            "Rate lambda1 of the linear phase",
            "No default: it is fitted to the volumes of the patient or of the experiment");

    private static final GrowthModelDescription DESCRIPTION = new GrowthModelDescription(
            new PluginDescription(
                    "${pluginId}",
                    "${pluginTitle}",
                    "Research use: volume over time of one measured tumour, untreated or treated, with parameters fitted to it.",
                    List.of(
                            "No space: shape, invasion and differences within the tumour are left out.",
                            "All cells respond alike to treatment, and killed cells leave at once.",
                            "Growth never stops: there is no carrying capacity."),
                    List.of(EXPONENTIAL, LINEAR),
                    List.of("Simeoni M et al 2004. Predictive pharmacokinetic-pharmacodynamic modeling of tumor growth kinetics in "
                            + "xenograft models after administration of anticancer agents. Cancer Res 64:1094-1101. "
                            + "https://doi.org/10.1158/0008-5472.CAN-03-2524")),
            List.of(Quantity.TUMOUR_VOLUME),
            List.of(Quantity.TUMOUR_VOLUME),
            Set.of(
                    EffectPort.SURVIVING_FRACTION,
                    EffectPort.REMAINING_FRACTION,
                    EffectPort.KILL_RATE,
                    EffectPort.PROLIFERATION_FACTOR),
            false,
            SCHEMA_VERSION,
            "dV/dt = f(t) lambda0 V / (1 + (lambda0 V / lambda1)^20)^(1/20) - k(t) V",
            Set.of(SolverNeed.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)));

    /** Keeps nothing. */
    public ExponentialLinearModel() {}

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        // Refuses what is missing or out of range, by name.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        ExponentialLinearGrowth growth =
                new ExponentialLinearGrowth(checked.value(EXPONENTIAL.name()), checked.value(LINEAR.name()));
        double tolerance = context.relativeTolerance().orElse(VolumeProcess.DEFAULT_RELATIVE_TOLERANCE);
        return new VolumeProcess(
                context.owner(),
                SCHEMA_VERSION,
                (volume, interval, effects) ->
                        growth.volumeAfter(volume, interval, effects, context.solvers(), tolerance));
    }
}
