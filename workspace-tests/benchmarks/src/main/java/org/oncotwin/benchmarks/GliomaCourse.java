package org.oncotwin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Chemoradiation of a glioma over 270 days: visits every 30 d; 30 fractions of 2 Gy at noon on the weekdays of days 26 to 65; temozolomide in the morning, 105 mg daily on days 26 to 74,
 * then 215 mg on 5 days in each of five cycles of 28 d from day 133. A fraction leaves exp(-(alpha d + beta d^2)) of the cells alive, alpha = 0.05 /Gy, alpha/beta = 10 Gy. A dose
 * kills at a rate of 0.2 /d dose / 215 mg that decays with a half-life of 1.8 h. Schedule and numbers after arXiv:2505.00670.
 */
final class GliomaCourse {

    /** End in days. */
    static final double DAYS = 270;

    static final double ALPHA = 0.05;
    static final double ALPHA_BETA = 10;
    static final double FRACTION_DOSE = 2;
    static final int FRACTIONS = 30;

    /** First fraction, a Monday. */
    static final double FIRST_FRACTION = 26.5;

    /** Kill rate (1/d) just after the largest dose, if nothing is left of the one before. */
    static final double SENSITIVITY = 0.2;

    /** Rate of decay in 1/d. */
    static final double DECAY = 9.242;

    static final double SURVIVING =
            Math.exp(-(ALPHA * FRACTION_DOSE + ALPHA / ALPHA_BETA * FRACTION_DOSE * FRACTION_DOSE));

    private static final double LARGEST_DOSE = 215;
    private static final double DAILY_DOSE = 105;
    private static final double MORNING = 0.375;

    private GliomaCourse() {}

    /** Days with a visit. */
    static List<Double> visits() {
        List<Double> days = new ArrayList<>();
        for (int visit = 1; visit <= 9; visit++) {
            days.add(30.0 * visit);
        }
        return days;
    }

    /** Days with a fraction. */
    static List<Double> fractions() {
        List<Double> days = new ArrayList<>();
        for (int day = 0; days.size() < FRACTIONS; day++) {
            if (day % 7 < 5) {
                days.add(FIRST_FRACTION + day);
            }
        }
        return days;
    }

    /** Doses of the drug. */
    static Doses drug(double sensitivity) {
        List<Double> days = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (int day = 26; day <= 74; day++) {
            days.add(day + MORNING);
            rates.add(sensitivity * DAILY_DOSE / LARGEST_DOSE);
        }
        for (int cycle = 0; cycle < 5; cycle++) {
            for (int day = 0; day < 5; day++) {
                days.add(133 + 28 * cycle + day + MORNING);
                rates.add(sensitivity);
            }
        }
        return new Doses(array(days), array(rates), DECAY);
    }

    /** Ends of the intervals between which nothing happens at once: fractions and visits. */
    static List<Double> stops() {
        TreeSet<Double> stops = new TreeSet<>(visits());
        stops.addAll(fractions());
        return List.copyOf(stops);
    }

    /** The problem from one stop to the next, with its share of a tolerance for the whole course. */
    static ReactionDiffusionProblem problem(
            Field from, Medium medium, TimeFunction killRate, double start, double end, double tolerance) {
        return new ReactionDiffusionProblem(
                from,
                medium,
                1,
                TimeFunction.constant(1),
                List.of(new ReactionDiffusionProblem.Sink(killRate, SpatialValue.uniform(1))),
                new Interval(SimulationTime.ofDays(start), SimulationTime.ofDays(end)),
                StepControl.adaptive(tolerance * (end - start) / DAYS));
    }

    /** A field after a fraction. */
    static Field irradiated(Field field) {
        double[] values = field.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] *= SURVIVING;
        }
        return Field.owning(field.grid(), values);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Writes the schedule and the parameters for the programs in Python. */
    static void write(Path folder) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("days", DAYS);
        Doses drug = drug(SENSITIVITY);
        put(root.putArray("doseDays"), drug.days());
        put(root.putArray("doseRates"), drug.rates());
        root.put("decay", DECAY);
        put(root.putArray("fractionDays"), array(fractions()));
        root.put("surviving", SURVIVING);
        put(root.putArray("visits"), array(visits()));
        put(root.putArray("diffusion"), new double[] {0, BrainProblem.WHITE_DIFFUSION, BrainProblem.GREY_DIFFUSION});
        root.put("proliferation", BrainProblem.PROLIFERATION);
        mapper.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("course.json").toFile(), root);
    }

    private static void put(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }
}
