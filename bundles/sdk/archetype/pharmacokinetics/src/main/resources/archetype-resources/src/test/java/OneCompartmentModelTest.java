package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;

class OneCompartmentModelTest {

    private static final Drug DRUG = new Drug("example", "Example", List.of(), new TreeMap<>(), List.of());

    /** Concentration of a drug of 20 L and 6 h. */
    private static TimeFunction concentration(Administration dose) {
        return new OneCompartmentModel()
                .disposition(
                        Setting.empty(),
                        new Dosing(DRUG, new Parameters(new TreeMap<>(Map.of("volume", 20.0, "half_life", 6.0))), List.of(dose)),
                        new Parameters(new TreeMap<>()),
                        TestContext.of("example", DirectSolvers.none()))
                .concentration(Disposition.PLASMA);
    }

    private static Administration dose(double days, Route route) {
        return new Administration(SimulationTime.ofDays(1), days, 100, route);
    }

    @Test
    void injectionDecaysByHalfLives() {
        TimeFunction concentration = concentration(dose(0, Route.INTRAVENOUS));
        assertThat(concentration.at(1)).isEqualTo(5);
        assertThat(concentration.at(1.25)).isCloseTo(2.5, within(1e-14));
        assertThat(concentration.at(2)).isCloseTo(5.0 / 16, within(1e-14));
    }

    /** Dose rate over clearance, with clearance = volume ln 2 / half-life. */
    @Test
    void longInfusionReachesItsSteadyState() {
        double clearance = 20 * Math.log(2) / 0.25;
        assertThat(concentration(dose(30, Route.INTRAVENOUS)).at(30)).isCloseTo(100.0 / 30 / clearance, within(1e-12));
    }

    @Test
    void exposureIsDoseOverClearance() {
        double clearance = 20 * Math.log(2) / 0.25;
        for (double days : new double[] {0, 1.0 / 24, 3}) {
            assertThat(concentration(dose(days, Route.INTRAVENOUS)).integral(0, 100))
                    .isCloseTo(100 / clearance, within(1e-12));
        }
    }

    @Test
    void doseByMouthIsRefused() {
        assertThatThrownBy(() -> concentration(dose(0, Route.ORAL)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("route: 'oral' is not allowed; allowed is intravenous");
    }
}
