package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

class LogKillCourseTest {

    /** Skipper's law: equal doses kill equal fractions, here one decade each. */
    @Test
    void eachDoseLeavesATenth() {
        LogKillCourse course = new LogKillCourse(SimulationTime.ofDays(1), 3, 20, 7, 0.05);
        Interval month = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(30));
        List<SimulationTime> boluses = course.breakpoints(month);
        assertThat(boluses)
                .containsExactly(SimulationTime.ofDays(1), SimulationTime.ofDays(8), SimulationTime.ofDays(15));
        for (SimulationTime bolus : boluses) {
            assertThat(course.instantEffects(State.at(bolus))
                            .get(EffectPort.SURVIVING_FRACTION)
                            .at(0))
                    .isCloseTo(0.1, within(1e-15));
        }
    }
}
