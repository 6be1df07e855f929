package org.oncotwin.model.qsp.immuno.oncology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.ValidationRecord;

/**
 * Example 1 of Sove et al 2020: a tumour of 3 cm under nivolumab of 3 mg/kg every two weeks. The reference is a run of the platform itself in SimBiology (ode15s, relative tolerance 1e-6), as exported
 * daily.
 *
 * <pre>
 * quantity                                          | reference | tolerance
 * cells, diameter, T cells, plasma, days 0 to 200   | below     | 5e-4 from a tumour of 3 cm, 1e-6 from the platform's own state on day 0
 * cancer cells on day 175, two days before the end  | 1316263   | 1e-4, from that state
 * eradication                                       | day 177   | the same day
 * </pre>
 *
 * <p>The platform's state on day 0 lies on a straight line between two steps of its solver, days apart, while the tumour grows; that is why its T cells there are 3e-4 off the solution of its
 * equations, and later what follows from them.
 */
@Tag("SR-1607")
class PublishedTrajectoryTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(PublishedTrajectoryTest.class, "QSP-IO, example 1");
    private static final String SOURCE =
            "Sove et al 2020, example 1, run in SimBiology by its own scripts (exported by albertcyhe/qspiopy)";

    private static final int DAYS = 200;

    private static final double[] PUBLISHED_DAYS = {0, 1, 7, 28, 50, 100, 150, 200};
    private static final double[] CANCER = {
        5586480665.74453,
        5634029791.70996,
        5783357116.28114,
        5172379483.83184,
        3880515126.46405,
        1205376182.26936,
        164265506.861143,
        0
    };
    private static final double[] DIAMETER = {
        3,
        3.01192333723915,
        3.07982918744047,
        3.21015108957897,
        3.16792426513505,
        2.63000343690003,
        1.86259126124241,
        1.15762303186173
    };
    private static final double[] T_CELLS = {
        1516167.62643612,
        1647928.60277164,
        4008999.8948115,
        6572095.95035322,
        6486067.7097966,
        3052825.1253455,
        735194.300532772,
        120496.145482928
    };
    private static final double[] PLASMA = {
        2.92479108635097e-07,
        2.68998051400039e-07,
        1.67106831932788e-07,
        4.30643143357246e-07,
        2.5282614127209e-07,
        4.21496678521087e-07,
        2.59744198517755e-07,
        3.85245525344515e-07
    };
    private static final double[] INHIBITION = {
        Double.NaN,
        0.0305677840500612,
        0.0483298681920605,
        0.057904391443569,
        0.0325044040165313,
        0.0196432516323126,
        0.0314341128790789,
        0.0213571048815809
    };

    /** The state of the platform on day 0: moles per litre there are nanomoles here. */
    private static final Map<Species, Double> START = new TreeMap<>(Map.ofEntries(
            Map.entry(Species.CANCER, 5586480665.74453),
            Map.entry(Species.DEAD, 2366275.41763324),
            Map.entry(Species.EXHAUSTED, 68995257.8643238),
            Map.entry(Species.CENTRAL_NAIVE_EFFECTOR, 10917.8462489435),
            Map.entry(Species.PERIPHERAL_NAIVE_EFFECTOR, 631601.565123608),
            Map.entry(Species.NODAL_NAIVE_EFFECTOR, 3379220.95151892),
            Map.entry(Species.ACTIVATED_EFFECTOR, 575268.368343126),
            Map.entry(Species.NODAL_EFFECTOR, 6010186141.54383),
            Map.entry(Species.CENTRAL_EFFECTOR, 167058759.748195),
            Map.entry(Species.PERIPHERAL_EFFECTOR, 3216660467.68575),
            Map.entry(Species.TUMOUR_EFFECTOR, 1076400.93051691),
            Map.entry(Species.CENTRAL_NAIVE_REGULATORY, 21.3582731635232),
            Map.entry(Species.PERIPHERAL_NAIVE_REGULATORY, 76379.7171865414),
            Map.entry(Species.NODAL_NAIVE_REGULATORY, 6308.40363525054),
            Map.entry(Species.ACTIVATED_REGULATORY, 325443.86318484),
            Map.entry(Species.NODAL_REGULATORY, 3410087972.79383),
            Map.entry(Species.CENTRAL_REGULATORY, 64798527.7982662),
            Map.entry(Species.PERIPHERAL_REGULATORY, 1864091701.56689),
            Map.entry(Species.TUMOUR_REGULATORY, 439766.695919215),
            Map.entry(Species.INTERLEUKIN, 2.65503534928018e-6),
            Map.entry(Species.TUMOUR_APC, 38653.3906539875),
            Map.entry(Species.TUMOUR_MATURE_APC, 13816.7441825088),
            Map.entry(Species.NODAL_APC, 1649336.13090789),
            Map.entry(Species.NODAL_MATURE_APC, 1728292.87477684),
            Map.entry(Species.CYTOKINE, 24.5197775639616),
            Map.entry(Species.SELF_ANTIGEN, 42.5764025169051),
            Map.entry(Species.ENDOSOMAL_SELF_ANTIGEN, 35.4741079275386),
            Map.entry(Species.SELF_EPITOPE, 4.07462000546834),
            Map.entry(Species.NEO_ANTIGEN, 4.25764025187613),
            Map.entry(Species.ENDOSOMAL_NEO_ANTIGEN, 3.5474107932618),
            Map.entry(Species.NEO_EPITOPE, 0.407456770679601),
            Map.entry(Species.ENDOSOMAL_MHC, 718.402099216756),
            Map.entry(Species.ENDOSOMAL_SELF_MHC, 0.0146272285131758),
            Map.entry(Species.ENDOSOMAL_NEO_MHC, 0.00146314275472396),
            Map.entry(Species.SURFACE_MHC, 23.9472455056725),
            Map.entry(Species.SURFACE_SELF_MHC, 0.417157219675605),
            Map.entry(Species.SURFACE_NEO_MHC, 0.0918363102977283)));

    private static final Tumour TUMOUR = Tumour.of(Map.of(), 1e-10);

    private static Run fromThreeCentimetres;
    private static Run fromThePlatform;

    /** A course and the drug that drove it. */
    private record Run(List<State> days, NivolumabCourse drug) {

        double tCells(int day) {
            return Tumour.amount(days.get(day), Species.TUMOUR_EFFECTOR)
                    + Tumour.amount(days.get(day), Species.TUMOUR_REGULATORY);
        }
    }

    @BeforeAll
    static void run() {
        fromThreeCentimetres = course(TUMOUR.start(Tumour.THREE_CENTIMETRES));
        List<StateComponent> components = new ArrayList<>();
        for (Species species : Species.values()) {
            components.add(new ScalarComponent(
                    species.quantity(),
                    Tumour.OWNER,
                    QspImmunoOncologyModel.SCHEMA_VERSION,
                    START.getOrDefault(species, 0.0)));
        }
        fromThePlatform = course(State.at(SimulationTime.ZERO).with(components));
    }

    /** How much drug lymph takes from the tumour depends on its volume, and the volume on the drug: both in turn, until neither changes. */
    private static Run course(State start) {
        TimeFunction volume = TimeFunction.constant(TUMOUR.volume(start));
        Run run = null;
        for (int turn = 0; turn < 4; turn++) {
            NivolumabCourse drug = NivolumabCourse.of(volume, DAYS + 1);
            Effects effects = Effects.of(EffectPort.PD1_BLOCKADE, drug);
            List<State> days = new ArrayList<>(List.of(start));
            TreeMap<Integer, Double> logarithms = new TreeMap<>(Map.of(0, Math.log(TUMOUR.volume(start))));
            for (int day = 1; day <= DAYS + 1; day++) {
                days.add(TUMOUR.advance(days.get(day - 1), day, effects));
                logarithms.put(day, Math.log(TUMOUR.volume(days.get(day))));
            }
            run = new Run(days, drug);
            volume = new NivolumabCourse.Daily(logarithms);
        }
        return run;
    }

    private static void check(String from, Run run, double tolerance) {
        for (int n = 0; n < PUBLISHED_DAYS.length; n++) {
            int day = (int) PUBLISHED_DAYS[n];
            State state = run.days().get(day);
            String when = ", day " + day + ", from " + from;
            RECORD.check(
                    "cancer cells" + when,
                    "{cells}",
                    CANCER[n],
                    Tumour.amount(state, Species.CANCER),
                    tolerance,
                    SOURCE);
            RECORD.check("diameter" + when, "cm", DIAMETER[n], TUMOUR.diameter(state), tolerance, SOURCE);
            RECORD.check("T cells in the tumour" + when, "{cells}", T_CELLS[n], run.tCells(day), tolerance, SOURCE);
            RECORD.check(
                    "nivolumab in plasma" + when, "mol/L", PLASMA[n], run.drug().plasma(day), tolerance, SOURCE);
            if (day > 0) {
                RECORD.check(
                        "inhibition by PD-1" + when,
                        "1",
                        INHIBITION[n],
                        TUMOUR.process().observe(state).get(Quantities.INHIBITION),
                        tolerance,
                        SOURCE);
            }
        }
    }

    @Test
    void tumourOfThreeCentimetresFollowsThePlatform() {
        check("a tumour of 3 cm", fromThreeCentimetres, 5e-4);
    }

    @Test
    void fromItsStateTheEquationsAreThoseOfThePlatform() {
        check("the platform's state on day 0", fromThePlatform, 1e-6);
        RECORD.check(
                "cancer cells, day 175, from the platform's state on day 0",
                "{cells}",
                1316263.39647047,
                Tumour.amount(fromThePlatform.days().get(175), Species.CANCER),
                1e-4,
                SOURCE);
    }

    @Test
    void tumourIsGoneOnTheDayOnWhichItIsInThePlatform() {
        for (Run run : List.of(fromThreeCentimetres, fromThePlatform)) {
            assertThat(Tumour.amount(run.days().get(176), Species.CANCER)).isBetween(50.0, 80.0);
            assertThat(Tumour.amount(run.days().get(177), Species.CANCER)).isZero();
        }
    }

    /** What the model reaches from one cell is the state that the platform starts from, to the straight line between two steps. */
    @Test
    void tumourOfThreeCentimetresIsTheStateOfThePlatform() {
        State start = TUMOUR.start(Tumour.THREE_CENTIMETRES);
        START.forEach((species, amount) -> assertThat(Tumour.amount(start, species))
                .as(species.quantity().name())
                .isCloseTo(amount, within(5e-4 * amount)));
    }
}
