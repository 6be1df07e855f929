package org.oncotwin.treatment.toxicity.organ;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;

/** Drugs that harm an organ by how much of them was given in all: their numbers, and the doses over body surface area. */
final class CumulativeDoses {

    private final List<ToxicExposure> known;
    private final double surface;

    private CumulativeDoses(List<ToxicExposure> known, double surface) {
        this.known = known;
        this.surface = surface;
    }

    /** Exposures with a dose and with numbers, checked; of drugs without numbers a remark is made. */
    static List<ToxicExposure> known(
            List<ToxicExposure> exposures, List<ParameterDescription> descriptions, String harm, List<String> remarks) {
        List<ToxicExposure> known = new ArrayList<>();
        for (ToxicExposure exposure : exposures) {
            if (exposure.exposure().administrations().stream().noneMatch(dose -> dose.amount() > 0)) {
                continue;
            }
            String remark = "No numbers for " + harm + " are known of "
                    + exposure.exposure().drug().id() + ": it is left out.";
            if (exposure.parameters().isPresent()) {
                Parameters numbers = Parameters.resolve(
                        descriptions, exposure.parameters().get().values());
                known.add(new ToxicExposure(exposure.exposure(), Optional.of(numbers)));
            } else if (!remarks.contains(remark)) {
                remarks.add(remark);
            }
        }
        return known;
    }

    /** Of some exposures in a patient of a body surface area in m2. */
    static CumulativeDoses of(List<ToxicExposure> known, double surface) {
        return new CumulativeDoses(known, surface);
    }

    /** Sum over drugs of a number of theirs that depends on the dose in mg/m2 given until a day. */
    interface Effect {
        double of(Parameters numbers, double dose);
    }

    private double sum(Effect effect, double day, boolean after) {
        double sum = 0;
        for (ToxicExposure exposure : known) {
            double given = 0;
            for (Administration dose : exposure.exposure().administrations()) {
                given += given(dose, day, after);
            }
            sum += effect.of(exposure.parameters().orElseThrow(), given / surface);
        }
        return sum;
    }

    private static double given(Administration dose, double day, boolean after) {
        double since = day - dose.start().days();
        if (dose.endDay() > dose.start().days()) {
            return since <= 0 ? 0 : dose.amount() * Math.min(1, since / dose.days());
        }
        return since > 0 || after && since == 0 ? dose.amount() : 0;
    }

    /** A curve of what follows from the sum of an effect; it changes while doses flow in. */
    Curve curve(
            String name, String title, String unit, Effect effect, ToDoubleFunction<Double> value, Interval horizon) {
        double from = horizon.start().days();
        double to = horizon.end().days();
        TreeSet<Double> times = new TreeSet<>(List.of(from, to));
        for (ToxicExposure exposure : known) {
            for (Administration dose : exposure.exposure().administrations()) {
                for (double time : new double[] {dose.start().days(), dose.endDay()}) {
                    if (time > from && time < to) {
                        times.add(time);
                    }
                }
            }
        }
        List<Double> days = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (double time : times) {
            double before = value.applyAsDouble(sum(effect, time, false));
            double after = value.applyAsDouble(sum(effect, time, true));
            days.add(time);
            values.add(before);
            if (after != before) {
                days.add(time);
                values.add(after);
            }
        }
        return new Curve(name, title, unit, days, values);
    }
}
