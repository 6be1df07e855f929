package org.oncotwin.api.change;

import java.util.List;

/**
 * How a study that was run again compares with what was kept of it, in words.
 *
 * @param study the study
 * @param differences what differs in the results, or in what is kept of them; empty if they are the same bit for bit
 * @param origins what differs in where they come from: plugins, parameters, engine, Java
 */
public record StudyReplay(Study study, List<String> differences, List<String> origins) {

    /** Makes the lists immutable. */
    public StudyReplay {
        differences = List.copyOf(differences);
        origins = List.copyOf(origins);
    }

    /** True if the results are the same bit for bit. */
    public boolean isIdentical() {
        return differences.isEmpty();
    }
}
