package ${package};

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.toxicity.ToxicityModelPlugin;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Kidneys that lose the same share of their filtration with each equal exposure to a drug, and do not recover. */
@Component(service = ToxicityModel.class)
@ToxicityModelPlugin("${pluginId}")
public final class FiltrationModel implements ToxicityModel {

    private static final ParameterDescription LOSS = ParameterDescription.required(
            "loss_per_exposure",
            "L/mg/d",
            0,
            100,
            "Rate at which filtration is lost for each mg/L of the drug in plasma",
            "No default: fit it to filtration before and after treatment");

    private static final ParameterDescription BASELINE = ParameterDescription.optional(
            "baseline",
            "mL/min/{1.73_m2}",
            100,
            Filtration.LARGEST_GRADED,
            250,
            "Glomerular filtration rate before treatment",
            "100 is that of a healthy adult; give the patient's own");

    private static final ToxicityModelDescription DESCRIPTION = new ToxicityModelDescription(
            new PluginDescription(
                    "${pluginId}",
                    "${pluginTitle}",
                    "Research use: lasting loss of filtration of the kidneys by drugs whose harm follows from their exposure.",
                    List.of(
                            "Filtration does not recover, and other causes of its loss are left out.",
                            "Grade 1 depends on a laboratory's lower limit of normal and is left out.",
                            "Patients whose filtration is too low before treatment are refused: their grade would not be the drug's."),
                    List.of(BASELINE),
                    List.of(Filtration.SOURCE)),
            "filtration",
            List.of(LOSS),
            List.of(Filtration.TERM),
            "F = baseline exp(-sum over drugs of loss AUC(t))",
            Set.of());

    /** Keeps nothing. */
    public FiltrationModel() {}

    @Override
    public ToxicityModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Toxicity assess(Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
        // Refuses what is missing or out of range, by name.
        Parameters own = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        List<String> remarks = new ArrayList<>();
        List<Filtration.Harm> harms = new ArrayList<>();
        for (ToxicExposure exposure : exposures) {
            DrugExposure given = exposure.exposure();
            if (exposure.parameters().isEmpty()) {
                // Not to know is not to be harmless: it is said.
                remarks.add(given.drug().id() + " has no numbers for the kidneys; what it does to them is not computed");
            } else if (given.administrations().stream().anyMatch(dose -> dose.amount() > 0)) {
                Parameters drug = Parameters.resolve(
                        DESCRIPTION.drugParameters(), exposure.parameters().get().values());
                harms.add(new Filtration.Harm(
                        drug.value(LOSS.name()), given.disposition().concentration(Disposition.PLASMA)));
            }
        }
        context.cancellation().check();
        Curve filtration = new Filtration(own.value(BASELINE.name()), harms).curve(context.horizon());
        return new Toxicity(List.of(filtration), Filtration.grades(filtration), remarks);
    }
}
