package org.oncotwin.casefile;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.SimulationTime;

/**
 * Reads {@code initial.day}, {@code horizon}, {@code output} and {@code start_date}.
 *
 * @param start first instant
 * @param end last instant; the start if there is a problem with it
 * @param outputs the start and every step from it, and the end
 */
record CaseTimes(SimulationTime start, SimulationTime end, List<SimulationTime> outputs) {
    /** Most output times; more of them is a mistake in the unit. */
    static final int MOST_OUTPUTS = 100_000;

    static CaseTimes read(CaseObject root, Optional<CaseObject> initial, Measures measures) {
        String wantedDay = "a day, a number from " + plain(-SimulationTime.LARGEST_DAY) + " to "
                + plain(SimulationTime.LARGEST_DAY);
        SimulationTime start = SimulationTime.ofDays(
                initial.map(i -> i.number("day", -SimulationTime.LARGEST_DAY, SimulationTime.LARGEST_DAY, wantedDay))
                        .orElse(OptionalDouble.empty())
                        .orElse(0));
        OptionalDouble horizon = duration(root, "horizon", "180 d", measures);
        OptionalDouble output = duration(root, "output", "7 d", measures);
        if (horizon.isEmpty()) {
            return new CaseTimes(start, start, List.of());
        }
        double lastDay = start.days() + horizon.getAsDouble();
        if (lastDay > SimulationTime.LARGEST_DAY) {
            root.problem(
                    "horizon",
                    "the end on day " + plain(lastDay) + " is not allowed; the last day allowed is day "
                            + plain(SimulationTime.LARGEST_DAY));
            return new CaseTimes(start, start, List.of());
        }
        SimulationTime end = start.plusMilliseconds(
                SimulationTime.ofDays(horizon.getAsDouble()).milliseconds());
        if (output.isEmpty()) {
            return new CaseTimes(start, end, List.of());
        }
        return new CaseTimes(start, end, outputs(root, start, end, SimulationTime.ofDays(output.getAsDouble())));
    }

    private static List<SimulationTime> outputs(
            CaseObject root, SimulationTime start, SimulationTime end, SimulationTime step) {
        long length = end.milliseconds() - start.milliseconds();
        long full = (length - 1) / step.milliseconds();
        if (full + 2 > MOST_OUTPUTS) {
            root.problem(
                    "output",
                    full + 2 + " output times are too many; allowed are " + MOST_OUTPUTS
                            + ": make output longer or horizon shorter");
            return List.of();
        }
        List<SimulationTime> times = new ArrayList<>();
        for (long k = 0; k <= full; k++) {
            times.add(start.plusMilliseconds(k * step.milliseconds()));
        }
        times.add(end);
        return times;
    }

    private static OptionalDouble duration(CaseObject root, String key, String example, Measures measures) {
        OptionalDouble days = root.required(key, "text with a time, such as \"" + example + "\"")
                .map(v -> measures.read(root, key, v, "d"))
                .orElse(OptionalDouble.empty());
        if (days.isEmpty()) {
            return days;
        }
        // Less than half a millisecond would become no time at all.
        double shortest = 1.0 / SimulationTime.MILLISECONDS_PER_DAY;
        if (!(days.getAsDouble() >= shortest && days.getAsDouble() <= SimulationTime.LARGEST_DAY)) {
            root.problem(
                    key,
                    plain(days.getAsDouble()) + " d is not allowed; it must be positive, from a millisecond to "
                            + plain(SimulationTime.LARGEST_DAY) + " d");
            return OptionalDouble.empty();
        }
        return days;
    }

    static StudyCalendar calendar(CaseObject root) {
        Optional<String> date = root.text("start_date", "the date of day 0, such as \"2026-03-02\"");
        try {
            return new StudyCalendar(date.map(LocalDate::parse));
        } catch (DateTimeException malformed) {
            root.problem(
                    "start_date",
                    "'" + Words.shown(date.orElseThrow())
                            + "' is not a date; needed is the date of day 0, such as \"2026-03-02\"");
            return StudyCalendar.MONDAY;
        }
    }

    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
