package org.oncotwin.report;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report says. All text is plain text; the writer escapes it.
 *
 * @param title heading of the page
 * @param caseName name of the case
 * @param patientId identifier of the patient as the case gives it; empty if it gives none
 * @param caseFacts facts about the case by their title, such as {@code Grid} to {@code 181 x 217 x 181 voxels}
 * @param notes sentences that a reader must not miss, such as that a tumour is synthetic
 * @param volumeThreshold cellularity at and above which tissue counts to the tumour's volume, drawn as a contour; empty draws none
 * @param anatomy what lies behind the tumour in pictures; empty for models without space and leaves the ground black
 * @param arms the runs to compare, the reference first; at least one, names differ
 */
public record ReportContent(
        String title,
        String caseName,
        String patientId,
        SortedMap<String, String> caseFacts,
        List<String> notes,
        OptionalDouble volumeThreshold,
        Optional<AnatomySlices> anatomy,
        List<Arm> arms) {

    /** Makes the collections immutable and checks the arms, and that all slices match. */
    public ReportContent {
        caseFacts = Collections.unmodifiableSortedMap(new TreeMap<>(caseFacts));
        notes = List.copyOf(notes);
        arms = List.copyOf(arms);
        if (arms.isEmpty()) {
            throw new IllegalArgumentException("a report has at least one arm, not none");
        }
        if (volumeThreshold.isPresent() && !(volumeThreshold.getAsDouble() > 0)) {
            throw new IllegalArgumentException("volumeThreshold is above 0, not " + volumeThreshold.getAsDouble());
        }
        Set<String> names = new HashSet<>();
        Slices first = anatomy.flatMap(a -> a.image().or(a::tissue)).orElse(null);
        for (Arm arm : arms) {
            if (!names.add(arm.name())) {
                throw new IllegalArgumentException("arms have different names; '" + arm.name() + "' is there twice");
            }
            for (Snapshot snapshot : arm.snapshots()) {
                if (first == null) {
                    first = snapshot.cellularity();
                }
                if (!first.coincidesWith(snapshot.cellularity())) {
                    throw new IllegalArgumentException("slices of arm '" + arm.name() + "' at " + snapshot.time()
                            + " do not lie where the other slices of the report do");
                }
            }
        }
    }
}
