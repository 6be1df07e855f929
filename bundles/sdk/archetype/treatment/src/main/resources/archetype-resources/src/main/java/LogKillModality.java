package ${package};

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.DrivesEffect;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.treatment.TreatmentModalityPlugin;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Boluses of a drug, each of which leaves the same fraction of the tumour's cells alive, whatever their number (Skipper et al. 1964). */
@Component(service = TreatmentModality.class)
@TreatmentModalityPlugin("${pluginId}")
@DrivesEffect(EffectNames.SURVIVING_FRACTION)
public final class LogKillModality implements TreatmentModality {

    private static final ParameterDescription LOG_KILL = ParameterDescription.required(
            "log_kill_per_dose",
            "/mg",
            0,
            1,
            "Decades by which 1 mg lowers the number of cells",
            "No default: it is measured for a drug and a tumour");

    private static final InputDescription DOSES = InputDescription.count("doses", 0, 1000, "Number of boluses");

    private static final InputDescription DOSE = InputDescription.quantity("dose", "mg", 0, 100, "Dose of each bolus");

    private static final InputDescription EVERY =
            InputDescription.quantity("every", "d", 0.01, 365, "Time from one bolus to the next");

    private static final TreatmentModalityDescription DESCRIPTION = new TreatmentModalityDescription(
            new PluginDescription(
                    "${pluginId}",
                    "${pluginTitle}",
                    "Research use: effect of a cytotoxic drug that is given at once and leaves the body long before the next dose.",
                    List.of(
                            "The drug acts at the instant of the bolus; its way through the body is left out.",
                            "All cells are equally sensitive and stay so; resistance and the cell cycle are left out.",
                            "Harm to healthy tissue is not computed."),
                    List.of(LOG_KILL),
                    List.of("Skipper HE, Schabel FM, Wilcox WS 1964. Experimental evaluation of potential anticancer agents XIII. "
                            + "On the criteria and kinetics associated with curability of experimental leukemia. "
                            + "Cancer Chemother Rep 35:1-111")),
            List.of(DOSES, DOSE, EVERY),
            List.of(),
            Set.of(EffectPort.SURVIVING_FRACTION),
            1,
            "S = 10^(-k D) at each bolus of dose D");

    /** Keeps nothing. */
    public LogKillModality() {}

    @Override
    public TreatmentModalityDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        // Refuses what is missing or out of range, by name.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        double doses = number(request.inputs(), DOSES);
        if (doses != Math.rint(doses)) {
            throw new InvalidInputException(DOSES.name(), doses + " is not allowed; allowed is a whole number");
        }
        return new LogKillCourse(
                request.start(),
                (int) doses,
                number(request.inputs(), DOSE),
                number(request.inputs(), EVERY),
                checked.value(LOG_KILL.name()));
    }

    private static double number(Inputs inputs, InputDescription input) {
        double value = inputs.number(input.name());
        if (!(value >= input.minimum() && value <= input.maximum())) {
            throw new InvalidInputException(
                    input.name(),
                    value + " is not allowed; allowed is " + input.minimum() + " to " + input.maximum() + " " + input.unit());
        }
        return value;
    }
}
