package org.example.bertalanffy;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.HonoursEffect;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthModelPlugin;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Growth of a volume that is fed through its surface and loses cells throughout (von Bertalanffy 1957). */
@Component(service = GrowthModel.class)
@GrowthModelPlugin("bertalanffy")
@HonoursEffect(EffectNames.SURVIVING_FRACTION)
@HonoursEffect(EffectNames.REMAINING_FRACTION)
public final class BertalanffyModel implements GrowthModel {

    static final int SCHEMA_VERSION = 1;

    private static final GrowthModelDescription DESCRIPTION = new GrowthModelDescription(
            new PluginDescription(
                    "bertalanffy",
                    "Von Bertalanffy growth of tumour volume",
                    "Research use: volume over time of one measured tumour, with parameters fitted to it.",
                    List.of("No space: shape, invasion and differences within the tumour are left out."),
                    List.of(
                            ParameterDescription.required(
                                    "anabolism",
                                    "cm/d",
                                    0,
                                    10,
                                    "Rate a of growth per surface of the tumour",
                                    "No default: it is fitted to the volumes of the patient"),
                            ParameterDescription.required(
                                    "catabolism",
                                    "/d",
                                    0,
                                    10,
                                    "Rate b at which cells are lost",
                                    "No default: it is fitted to the volumes of the patient")),
                    List.of("Von Bertalanffy L 1957. Quantitative laws in metabolism and growth. Q Rev Biol 32:217-231. "
                            + "https://doi.org/10.1086/401873")),
            List.of(Quantity.TUMOUR_VOLUME),
            GrowthState.QUANTITIES,
            Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.REMAINING_FRACTION),
            false,
            SCHEMA_VERSION,
            "dV/dt = a V^(2/3) - b V");

    @Override
    public GrowthModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        double anabolism = checked.value("anabolism");
        double catabolism = checked.value("catabolism");
        return GrowthState.process(context.owner(), SCHEMA_VERSION, (volume, interval, effects) -> {
            if (volume == 0) {
                return 0;
            }
            // The equation is linear in r = V^(1/3): dr/dt = (a - b r) / 3.
            double radius = Integrator.advance(StrictMath.cbrt(volume), interval.days(), anabolism, catabolism);
            return radius * radius * radius;
        });
    }
}
