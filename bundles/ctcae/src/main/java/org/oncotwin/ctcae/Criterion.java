package org.oncotwin.ctcae;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A cut-off of the Common Terminology Criteria for Adverse Events.
 *
 * @param term the adverse event
 * @param grade 1 to 4
 * @param below true if values below the limit are worse, false if values above are
 * @param limit multiple of the reference, or a value in the unit
 * @param reference of what the limit is a multiple
 * @param baseline for which baselines it holds
 * @param unit UCUM unit of the values
 * @param haematological true if it concerns blood cells
 * @param wording as the criteria have it
 */
public record Criterion(
        String term,
        int grade,
        boolean below,
        double limit,
        Reference reference,
        Baseline baseline,
        String unit,
        boolean haematological,
        String wording) {

    /** Where the criteria stand. */
    public static final String SOURCE = "CTCAE v5.0, National Cancer Institute, 27 November 2017";

    private static final List<Criterion> ALL =
            lines("ctcae-v5.csv").stream().map(Criterion::parse).toList();

    /** Of what a limit is a multiple. */
    public enum Reference {
        /** Of nothing: it is a value. */
        VALUE("value"),
        /** Of the lower limit of normal. */
        LOWER_LIMIT_OF_NORMAL("lln"),
        /** Of the upper limit of normal. */
        UPPER_LIMIT_OF_NORMAL("uln"),
        /** Of the value before treatment. */
        BASELINE("baseline");

        private final String word;

        Reference(String word) {
            this.word = word;
        }

        static Reference of(String word) {
            for (Reference reference : values()) {
                if (reference.word.equals(word)) {
                    return reference;
                }
            }
            throw new IllegalArgumentException("no reference " + word);
        }
    }

    /** For which values before treatment a criterion holds. */
    public enum Baseline {
        /** For all. */
        ANY,
        /** For those within the limits of normal. */
        NORMAL,
        /** For those beyond. */
        ABNORMAL
    }

    /** All criteria. */
    public static List<Criterion> all() {
        return ALL;
    }

    /**
     * The criteria of a term.
     *
     * @throws IllegalArgumentException if the table has none
     */
    public static List<Criterion> of(String term) {
        List<Criterion> found =
                ALL.stream().filter(criterion -> criterion.term.equals(term)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no criteria for '" + term + "'; there are some for "
                    + ALL.stream().map(Criterion::term).distinct().toList());
        }
        return found;
    }

    /** Lines of a table of this package, without comments and the line of names. */
    static List<String> lines(String table) {
        try (InputStream in = Criterion.class.getResourceAsStream(table)) {
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("term;"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the criteria for adverse events cannot be read", e);
        }
    }

    private static Criterion parse(String line) {
        String[] cells = line.split(";");
        return new Criterion(
                cells[0],
                Integer.parseInt(cells[1]),
                cells[2].equals("below"),
                Double.parseDouble(cells[3]),
                Reference.of(cells[4]),
                switch (cells[5]) {
                    case "normal" -> Baseline.NORMAL;
                    case "abnormal" -> Baseline.ABNORMAL;
                    default -> Baseline.ANY;
                },
                cells[6],
                cells[7].equals("yes"),
                cells[8]);
    }

    /** The value beyond which the grade starts in a patient. */
    double bound(Limits limits) {
        return switch (reference) {
            case VALUE -> limit;
            case LOWER_LIMIT_OF_NORMAL -> limit * limits.lower();
            case UPPER_LIMIT_OF_NORMAL -> limit * limits.upper();
            case BASELINE -> limit * limits.baseline();
        };
    }

    /** True if it holds for the patient's value before treatment. */
    boolean holds(Limits limits) {
        if (baseline == Baseline.ANY) {
            return true;
        }
        boolean normal = below ? limits.baseline() >= limits.lower() : limits.baseline() <= limits.upper();
        return normal == (baseline == Baseline.NORMAL);
    }
}
