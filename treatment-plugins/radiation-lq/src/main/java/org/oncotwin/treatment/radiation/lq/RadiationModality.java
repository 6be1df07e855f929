package org.oncotwin.treatment.radiation.lq;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.DrivesEffect;
import org.oncotwin.api.effect.EffectNames;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.plugin.InputDescription;
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

/** External radiation in fractions, each of which leaves the fraction {@code exp(-(alpha d + beta d^2))} of the tumour cells alive (linear-quadratic model). */
@Component(service = TreatmentModality.class)
@TreatmentModalityPlugin("radiation-lq")
@DrivesEffect(EffectNames.SURVIVING_FRACTION)
public final class RadiationModality implements TreatmentModality {

    static final ParameterDescription ALPHA = ParameterDescription.required(
            "alpha",
            "/Gy",
            0,
            2,
            "Linear radiosensitivity alpha",
            "No default: it differs tenfold between tumours and is fitted to the response or taken from a paper on the "
                    + "tumour at hand. The upper bound is above the most sensitive human cells");

    static final ParameterDescription ALPHA_BETA = ParameterDescription.optional(
            "alpha_beta",
            "Gy",
            10,
            0.1,
            100,
            "Ratio of alpha to beta: dose at which the linear and the quadratic part kill alike",
            "10 Gy is the customary value of most tumours and early-reacting tissues (Fowler 1989). Prostate, breast and "
                    + "melanoma are thought to be lower, and a case should then say so");

    static final InputDescription FRACTIONS =
            InputDescription.count("fractions", 0, 200, "Number of fractions; 0 is a course without radiation");

    static final InputDescription DOSE_PER_FRACTION = InputDescription.quantity(
            "dose_per_fraction", "Gy", 0, 50, "Prescribed dose of each fraction; 0 Gy is a course without radiation");

    static final InputDescription DAYS = InputDescription.choice(
            "days",
            FractionDays.words(),
            "Days with a fraction, from start_day on and at its time of day: weekdays (Monday to Friday), daily, "
                    + "every-other-day, or weekly");

    static final InputDescription DOSE_MAP = InputDescription.image(
            "dose_map",
            "Gy",
            0,
            1000,
            "Planned dose of the whole course in each voxel, of which each fraction delivers an equal part; without it "
                    + "each voxel gets dose_per_fraction");

    private static final TreatmentModalityDescription DESCRIPTION = new TreatmentModalityDescription(
            new PluginDescription(
                    "radiation-lq",
                    "Radiation, linear-quadratic",
                    "Research use: effect of fractionated external photon radiation on tumour cells, at fractions of about "
                            + "1 to 10 Gy, at most one a day.",
                    List.of(
                            "Tumour cells alone: harm to healthy tissue is not computed.",
                            "Killed cells are gone at the fraction; delayed death and clearance are left out.",
                            "Damage is repaired in full between fractions and not at all during one: two fractions a day and "
                                    + "long irradiation are outside its use.",
                            "Oxygen, cell cycle and change of sensitivity during the course are left out.",
                            "Beyond about 10 Gy per fraction the quadratic term is known to overstate the kill in some cells.",
                            "A dose map is taken as delivered in equal parts to the same tissue; motion is left out."),
                    List.of(ALPHA, ALPHA_BETA),
                    List.of(
                            "Barendsen GW 1982. Dose fractionation, dose rate and iso-effect relationships for normal tissue "
                                    + "responses. Int J Radiat Oncol Biol Phys 8:1981-1997. "
                                    + "https://doi.org/10.1016/0360-3016(82)90459-X",
                            "Fowler JF 1989. The linear-quadratic formula and progress in fractionated radiotherapy. "
                                    + "Br J Radiol 62:679-694. https://doi.org/10.1259/0007-1285-62-740-679",
                            "Bentzen SM et al 2012. Bioeffect modeling and equieffective dose concepts in radiation oncology. "
                                    + "Radiother Oncol 105:266-268. https://doi.org/10.1016/j.radonc.2012.10.006",
                            "Brenner DJ 2008. The linear-quadratic model is an appropriate methodology for determining "
                                    + "isoeffective doses at large doses per fraction. Semin Radiat Oncol 18:234-239. "
                                    + "https://doi.org/10.1016/j.semradonc.2008.04.004")),
            List.of(FRACTIONS, DOSE_PER_FRACTION, DAYS, DOSE_MAP),
            List.of(),
            Set.of(EffectPort.SURVIVING_FRACTION),
            1,
            "S = exp(-(alpha d + beta d^2)) per fraction of dose d, beta = alpha / (alpha/beta)");

    /** Keeps nothing. */
    public RadiationModality() {}

    @Override
    public TreatmentModalityDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        // The engine has checked the parameters; whoever else plans a course must not get around their bounds.
        Parameters checked = Parameters.resolve(DESCRIPTION.plugin().parameters(), parameters.values());
        LinearQuadratic cells = LinearQuadratic.of(checked.value(ALPHA.name()), checked.value(ALPHA_BETA.name()));
        return RadiationCourse.of(Prescription.of(setting, request), cells);
    }
}
