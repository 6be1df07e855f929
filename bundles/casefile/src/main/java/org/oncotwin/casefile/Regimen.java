package org.oncotwin.casefile;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Treatments that are given together under one name, as data: which doses on which days, with the source. In a case the name stands for its courses, which are read as if they were listed by hand.
 *
 * @param id name in case files: lower-case words joined by hyphens
 * @param title name for people
 * @param synonyms other names under which cases may give it
 * @param use for whom it is
 * @param source label or paper that states it, and where
 * @param limitations what it leaves out of the treatment of that name, a sentence each
 * @param cycles what a cycle is, in words
 * @param cycleDays length of a cycle in days
 * @param usualCycles number of cycles where the case gives none; without it the case must
 * @param courses what is given
 */
public record Regimen(
        String id,
        String title,
        List<String> synonyms,
        String use,
        String source,
        List<String> limitations,
        String cycles,
        double cycleDays,
        OptionalInt usualCycles,
        List<Course> courses) {

    /** Makes the lists immutable. */
    public Regimen {
        synonyms = List.copyOf(synonyms);
        limitations = List.copyOf(limitations);
        courses = List.copyOf(courses);
    }

    /** The keys by which a case adds what the regimen leaves open, such as the sensitivity of a tumour to a drug: each drug, or the modality of a course without one. */
    public List<String> keys() {
        return courses.stream().map(Course::key).distinct().toList();
    }

    /**
     * One course of a regimen.
     *
     * @param modality id of the treatment
     * @param drug the drug, if it gives one
     * @param startDays days from the start of the regimen to the start of its first cycle of this course, or of the course
     * @param firstCycle first cycle in which it is given, from 1
     * @param lastCycle last cycle in which it is given; without it the last of the case
     * @param inputs what the treatment takes, by name
     */
    public record Course(
            String modality,
            Optional<String> drug,
            double startDays,
            int firstCycle,
            OptionalInt lastCycle,
            SortedMap<String, Given> inputs) {

        /** Makes the map immutable. */
        public Course {
            inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        }

        /** The key by which a case adds to it. */
        public String key() {
            return drug.orElse(modality);
        }

        /** True if it is given in cycles, rather than once. */
        public boolean isCyclic() {
            return inputs.values().stream().anyMatch(given -> given instanceof PerCycle);
        }

        /** The number of cycles of a regimen in which it is given; 1 if it is given once. */
        public int cyclesOf(int cycles) {
            return isCyclic() ? Math.max(0, Math.min(cycles, lastCycle.orElse(cycles)) - firstCycle + 1) : 1;
        }
    }

    /** What a regimen gives for an input of a treatment. */
    public sealed interface Given permits Text, Amount, PerCycle {

        /** For people. */
        String shown();
    }

    /**
     * A word, or a number with its unit.
     *
     * @param text as in a case
     */
    public record Text(String text) implements Given {
        @Override
        public String shown() {
            return text;
        }
    }

    /**
     * A plain number.
     *
     * @param value as in a case
     */
    public record Amount(double value) implements Given {
        @Override
        public String shown() {
            return CaseTimes.plain(value);
        }
    }

    /**
     * A count that grows with the number of cycles.
     *
     * @param count for each cycle
     */
    public record PerCycle(int count) implements Given {
        @Override
        public String shown() {
            return count + " for each cycle";
        }
    }
}
