package org.oncotwin.api.simulation;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;

/**
 * Everything that determines the result of a run. How fast it runs is not in here: see {@link RunOptions}.
 *
 * @param name name of the case
 * @param seed seed of all random numbers
 * @param setting what does not change
 * @param growth growth model
 * @param courses treatments, in the order of the case
 * @param calendar which day of the week a day is
 * @param start first instant
 * @param end last instant, after {@code start}
 * @param outputs instants at which results are wanted, sorted, from {@code start} to {@code end}
 * @param pharmacology drugs, where they go and what harm they do
 * @param relativeTolerance relative tolerance asked of adaptive solvers; without it each model takes the one that suits it
 * @param inputHashes SHA-256 of each input file by its name in the case, for provenance
 */
public record SimulationRequest(
        String name,
        long seed,
        Setting setting,
        GrowthChoice growth,
        List<CourseChoice> courses,
        StudyCalendar calendar,
        SimulationTime start,
        SimulationTime end,
        List<SimulationTime> outputs,
        Pharmacology pharmacology,
        OptionalDouble relativeTolerance,
        SortedMap<String, String> inputHashes) {

    /** Checks the times and makes the collections immutable. */
    public SimulationRequest {
        courses = List.copyOf(courses);
        outputs = List.copyOf(outputs);
        inputHashes = Collections.unmodifiableSortedMap(new TreeMap<>(inputHashes));
        if (!start.isBefore(end)) {
            throw new InvalidInputException("horizon", "must be positive");
        }
        SimulationTime last = null;
        for (SimulationTime output : outputs) {
            if (output.isBefore(start) || output.isAfter(end) || last != null && !last.isBefore(output)) {
                throw new InvalidInputException(
                        "output", output + " is not within " + start + " to " + end + " or not in order");
            }
            last = output;
        }
    }

    /** Of a case without drugs. */
    public SimulationRequest(
            String name,
            long seed,
            Setting setting,
            GrowthChoice growth,
            List<CourseChoice> courses,
            StudyCalendar calendar,
            SimulationTime start,
            SimulationTime end,
            List<SimulationTime> outputs,
            OptionalDouble relativeTolerance,
            SortedMap<String, String> inputHashes) {
        this(
                name,
                seed,
                setting,
                growth,
                courses,
                calendar,
                start,
                end,
                outputs,
                Pharmacology.NONE,
                relativeTolerance,
                inputHashes);
    }

    /** The same request with another growth model, or the same one otherwise. */
    public SimulationRequest withGrowth(GrowthChoice other) {
        return new SimulationRequest(
                name,
                seed,
                setting,
                other,
                courses,
                calendar,
                start,
                end,
                outputs,
                pharmacology,
                relativeTolerance,
                inputHashes);
    }
}
