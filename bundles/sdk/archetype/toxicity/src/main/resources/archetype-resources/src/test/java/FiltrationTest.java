package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

class FiltrationTest {

    private static final Interval RUN = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(100));

    private static Curve under(double loss, double concentration) {
        return new Filtration(100, List.of(new Filtration.Harm(loss, TimeFunction.constant(concentration)))).curve(RUN);
    }

    @Test
    void fallsWithTheExposure() {
        Curve curve = under(0.01, 2);
        assertThat(curve.at(0)).isEqualTo(100);
        assertThat(curve.at(10)).isCloseTo(100 * Math.exp(-0.2), within(1e-12));
        assertThat(curve.at(100)).isCloseTo(100 * Math.exp(-2), within(1e-12));
    }

    /** Below 60, 30 and 15 mL/min/1.73 m2. */
    @Test
    void gradesFollowTheCutOffs() {
        List<AdverseEvent> events = Filtration.grades(under(0.01, 2));
        assertThat(events).extracting(AdverseEvent::grade).containsExactly(2, 3, 4);
        double[] limits = {60, 30, 15};
        for (int i = 0; i < limits.length; i++) {
            assertThat(events.get(i).fromDay()).isCloseTo(Math.log(100 / limits[i]) / 0.02, within(1e-3));
            assertThat(events.get(i).toDay()).isEqualTo(i < 2 ? events.get(i + 1).fromDay() : 100);
        }
        assertThat(events.get(2).value()).isCloseTo(100 * Math.exp(-2), within(1e-12));
        assertThat(Filtration.grades(under(0.001, 2))).isEmpty();
    }
}
