package ${package};

import java.util.List;
import java.util.Set;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelPlugin;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** A drug that is dissolved in one volume and eliminated in proportion to its concentration. */
@Component(service = PharmacokineticModel.class)
@PharmacokineticModelPlugin("${pluginId}")
public final class OneCompartmentModel implements PharmacokineticModel {

    private static final String FROM_DRUG = "No default: the drug's paper gives it";

    private static final ParameterDescription VOLUME = ParameterDescription.required(
            "volume", "L", 0.1, 100_000, "Volume in which the drug is dissolved", FROM_DRUG);

    private static final ParameterDescription HALF_LIFE = ParameterDescription.required(
            "half_life", "h", 0.05, 100_000, "Time in which half of the drug is eliminated", FROM_DRUG);

    private static final ParameterDescription ELIMINATION_FACTOR = ParameterDescription.optional(
            "elimination_factor",
            "1",
            1,
            0.05,
            20,
            "Factor by which this patient eliminates faster than others",
            "1 is the patient of the drug's paper");

    private static final PharmacokineticModelDescription DESCRIPTION = new PharmacokineticModelDescription(
            new PluginDescription(
                    "${pluginId}",
                    "${pluginTitle}",
                    "Research use: concentration in plasma of a drug that is given into a vein and distributed at once.",
                    List.of(
                            "Distribution into tissues is left out: the first minutes after an injection are too high.",
                            "Elimination does not saturate.",
                            "There is no gut: doses by mouth are refused."),
                    List.of(ELIMINATION_FACTOR),
                    List.of("Widmark EMP 1919. Studies in the concentration of indifferent narcotics in blood and tissues. "
                            + "Acta Med Scand 52:87-164")),
            "one-compartment",
            List.of(VOLUME, HALF_LIFE),
            "dA/dt = dose rate - A ln 2 / half-life; C = A / volume",
            Set.of());

    /** Keeps nothing. */
    public OneCompartmentModel() {}

    @Override
    public PharmacokineticModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Disposition disposition(Setting setting, Dosing dosing, Parameters parameters, RunContext context) {
        // Refuses what is missing or out of range, by name.
        Parameters own = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        Parameters drug = Parameters.resolve(
                DESCRIPTION.drugParameters(), dosing.parameters().values());
        for (Administration dose : dosing.administrations()) {
            if (dose.route() != Route.INTRAVENOUS) {
                throw new InvalidInputException(
                        "route", "'" + dose.route().word() + "' is not allowed; allowed is " + Route.INTRAVENOUS.word());
            }
        }
        double halfLifeDays = drug.value(HALF_LIFE.name()) / 24;
        return new OneCompartmentDisposition(
                dosing.administrations(),
                drug.value(VOLUME.name()),
                own.value(ELIMINATION_FACTOR.name()) * StrictMath.log(2) / halfLifeDays);
    }
}
