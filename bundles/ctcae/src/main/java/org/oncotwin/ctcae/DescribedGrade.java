package org.oncotwin.ctcae;

import java.util.List;

/**
 * A grade of the Common Terminology Criteria for Adverse Events that words describe and no number decides. A model that computes how likely it is names it so.
 *
 * @param term the adverse event
 * @param grade 1 to 4
 * @param haematological true if it concerns blood cells
 * @param wording as the criteria have it
 */
public record DescribedGrade(String term, int grade, boolean haematological, String wording) {

    /** Where the criteria stand. */
    public static final String SOURCE = Criterion.SOURCE;

    private static final List<DescribedGrade> ALL = Criterion.lines("ctcae-v5-described.csv").stream()
            .map(DescribedGrade::parse)
            .toList();

    /** All of the table. */
    public static List<DescribedGrade> all() {
        return ALL;
    }

    /**
     * A grade of a term.
     *
     * @throws IllegalArgumentException if the table does not have it
     */
    public static DescribedGrade of(String term, int grade) {
        return ALL.stream()
                .filter(one -> one.term.equals(term) && one.grade == grade)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no description of '" + term + "' of grade " + grade
                        + "; there are some for "
                        + ALL.stream().map(one -> one.term + " " + one.grade).toList()));
    }

    private static DescribedGrade parse(String line) {
        // The wording has semicolons of its own.
        String[] cells = line.split(";", 4);
        return new DescribedGrade(cells[0], Integer.parseInt(cells[1]), cells[2].equals("yes"), cells[3]);
    }
}
