package org.oncotwin.model.qsp.immuno.oncology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Nivolumab of 3 mg/kg every two weeks in 70 kg, as Sove et al 2020 have it in example 1: blood, periphery, tumour and lymph nodes, with lymph from tumour to lymph nodes and from there to blood. As blockade of PD-1 it is
 * what the platform takes: the concentration in the tumour, over the volume fraction of blood (0.77378) and the dissociation constant (2.6 nmol/L).
 *
 * <p>Lymph takes less than a hundredth of what reaches the tumour, in proportion to the volume of the tumour, which is why that enters.
 */
final class NivolumabCourse implements TimeFunction {

    private static final double SECONDS = 86400;
    private static final double BLOOD = 5;
    private static final double PERIPHERY = 60;

    /** 21 spheres of 5 mm, in L. */
    private static final double NODES = 21 * Math.PI / 6 * 125e-6;

    private static final double TO_PERIPHERY = 1.73655e-7 * SECONDS;
    private static final double TO_TUMOUR = 8.52e-6 * SECONDS;
    private static final double TO_NODES = 1.73655e-7 * SECONDS;
    private static final double LYMPH = 0.0015 * 1440;
    private static final double CLEARANCE = 7.1813e-7 * SECONDS;
    private static final double BLOOD_FRACTION = 0.77378;
    private static final double PERIPHERAL_FRACTION = 0.058847;
    private static final double TUMOUR_FRACTION = 0.718;
    private static final double NODAL_FRACTION = 0.1;

    /** 210 mg of 143600 g/mol, in nmol. */
    private static final double DOSE = 210 / 143600.0 * 1e6;

    private static final double DISSOCIATION = 2.6;
    private static final int EVERY = 14;
    private static final int LAST_DOSE = 30 * EVERY;

    private final OdeTrajectory amounts;
    private final TimeFunction volume;
    private final double[] doses;

    private NivolumabCourse(OdeTrajectory amounts, TimeFunction volume, double[] doses) {
        this.amounts = amounts;
        this.volume = volume;
        this.doses = doses;
    }

    /**
     * Until a day.
     *
     * @param volume of the tumour in cm3
     */
    static NivolumabCourse of(TimeFunction volume, int until) {
        OdeSystem compartments = new OdeSystem() {
            @Override
            public int dimension() {
                return 4;
            }

            @Override
            public void derivatives(double day, double[] nmol, double[] none, double[] rates) {
                double litres = volume.at(day) / 1000;
                double blood = nmol[0] / BLOOD;
                double periphery =
                        TO_PERIPHERY * (blood / BLOOD_FRACTION - nmol[1] / PERIPHERY / PERIPHERAL_FRACTION) * BLOOD;
                double inTumour = nmol[2] / litres / TUMOUR_FRACTION;
                double tumour = TO_TUMOUR * (blood / BLOOD_FRACTION - inTumour) * BLOOD;
                double inNodes = nmol[3] / NODES / NODAL_FRACTION;
                double nodes = TO_NODES * (blood / BLOOD_FRACTION - inNodes) * BLOOD;
                double drained = LYMPH * inTumour * litres;
                double back = LYMPH * inNodes * NODES;
                rates[0] = back - periphery - tumour - nodes - CLEARANCE * nmol[0];
                rates[1] = periphery;
                rates[2] = tumour - drained;
                rates[3] = nodes + drained - back;
            }
        };
        List<OdeEvent> given = new ArrayList<>();
        for (int day = 0; day < until && day <= LAST_DOSE; day += EVERY) {
            given.add(OdeEvent.add(SimulationTime.ofDays(day), 0, DOSE));
        }
        OdeProblem problem = OdeProblem.of(
                        compartments,
                        new Interval(SimulationTime.ZERO, SimulationTime.ofDays(until)),
                        new double[4],
                        new double[0],
                        new OdeTolerance(1e-10, new double[] {1e-9}))
                .ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS)
                .withEvents(given)
                .withTrajectory();
        return new NivolumabCourse(
                Tumour.SOLVERS.solve(problem).trajectory().orElseThrow(),
                volume,
                given.stream().mapToDouble(dose -> dose.time().days()).toArray());
    }

    /** Concentration in blood in mol/L. */
    double plasma(double day) {
        return amounts(day)[0] / BLOOD * 1e-9;
    }

    @Override
    public double at(double day) {
        return amounts(day)[2] / (volume.at(day) / 1000) / BLOOD_FRACTION / DISSOCIATION;
    }

    private double[] amounts(double day) {
        double[] now = new double[4];
        amounts.at(day, now);
        return now;
    }

    @Override
    public double[] jumps(double from, double to) {
        return Arrays.stream(doses).filter(day -> day > from && day < to).toArray();
    }

    @Override
    public double integral(double from, double to) {
        throw new UnsupportedOperationException("nobody integrates a blockade");
    }

    /** A volume that is known every day, between days as its logarithm by cubic polynomials that are smooth. */
    record Daily(TreeMap<Integer, Double> logarithms) implements TimeFunction {

        @Override
        public double at(double day) {
            int before = Math.min((int) Math.floor(day), logarithms.lastKey() - 1);
            double part = day - before;
            double left = logarithms.get(before);
            double right = logarithms.get(before + 1);
            double leftSlope = slope(before);
            double rightSlope = slope(before + 1);
            double rest = 1 - part;
            return Math.exp(left * rest * rest * (1 + 2 * part)
                    + right * part * part * (3 - 2 * part)
                    + leftSlope * part * rest * rest
                    - rightSlope * part * part * rest);
        }

        private double slope(int day) {
            int first = Math.max(day - 1, 0);
            int last = Math.min(day + 1, logarithms.lastKey());
            return (logarithms.get(last) - logarithms.get(first)) / (last - first);
        }

        @Override
        public double integral(double from, double to) {
            throw new UnsupportedOperationException("nobody integrates a volume");
        }
    }
}
