package ${package};

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;

/** Boluses at their times. It has no state: what survives is the growth model's. */
final class LogKillCourse implements Course {

    private final double dose;
    private final double surviving;
    private final List<SimulationTime> times;

    /**
     * @param start first bolus
     * @param doses how many
     * @param dose of each, in mg
     * @param every time between them, in d
     * @param logKill decades per mg
     */
    LogKillCourse(SimulationTime start, int doses, double dose, double every, double logKill) {
        this.dose = dose;
        this.surviving = StrictMath.pow(10, -logKill * dose);
        List<SimulationTime> boluses = new ArrayList<>();
        // A course of dose 0 leaves no trace: it does not even split the run.
        for (int i = 0; dose > 0 && i < doses; i++) {
            boluses.add(start.plusMilliseconds(Math.round(i * every * SimulationTime.MILLISECONDS_PER_DAY)));
        }
        this.times = List.copyOf(boluses);
    }

    @Override
    public List<TreatmentEvent> events() {
        return times.stream()
                .map(time -> new TreatmentEvent(time, "bolus", dose, "mg"))
                .toList();
    }

    @Override
    public List<CourseFact> facts() {
        return List.of(
                new CourseFact("total_dose", "Total dose", times.size() * dose, "mg"),
                new CourseFact("surviving_fraction_per_dose", "Surviving fraction after one bolus", surviving, "1"));
    }

    @Override
    public List<SimulationTime> breakpoints(Interval interval) {
        return times.stream().filter(interval::contains).toList();
    }

    @Override
    public Effects instantEffects(State state) {
        return times.contains(state.time())
                ? Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(surviving))
                : Effects.none();
    }
}
