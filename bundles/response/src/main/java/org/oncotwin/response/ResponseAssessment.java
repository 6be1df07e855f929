package org.oncotwin.response;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Response of a patient over time by RECIST 1.1 (Eisenhauer et al 2009, Eur J Cancer 45:228-247) and by iRECIST (Seymour et al 2017, Lancet Oncol 18:e143-e152, with the questions and answers of the
 * RECIST working group), for patients with target lesions at baseline.
 *
 * <p>Responses are not asked to be confirmed, as in randomised trials; stable disease has no least duration. Progression is confirmed at the earliest four weeks (less two days) after it was first
 * seen, by the guideline at the next visit within eight weeks; a later visit confirms it as well, for until then it is open. Scans before four weeks never confirm, not even those for new symptoms. For
 * lesions that reappear after a complete response the 5 mm and 20 % above a nadir of 0 hold. After the bar is reset, new lesions that are known progress by number or by the same rule for the
 * sum of their diameters.
 *
 * @param assessments the visits in the order of time and what they are called
 * @param progression day on which progression that was confirmed by iRECIST was first seen
 */
public record ResponseAssessment(List<Assessment> assessments, Optional<Double> progression) {

    /** Makes the list immutable. */
    public ResponseAssessment {
        assessments = List.copyOf(assessments);
    }

    /**
     * Calls each visit.
     *
     * @param baseline the visit before treatment, with target lesions and without new ones
     * @param visits the visits after it, in the order of time
     * @throws IllegalArgumentException if the baseline has no target lesions, or a visit is not after the one before
     */
    public static ResponseAssessment of(Visit baseline, List<Visit> visits) {
        double sum = baseline.targets()
                .map(TargetLesions::sum)
                .filter(diameters -> diameters > 0)
                .orElseThrow(() -> new IllegalArgumentException("the baseline of day " + baseline.day()
                        + " has no target lesions; needed is a sum above 0 mm"));
        RecistCourse recist = new RecistCourse(sum);
        ImmuneCourse immune = new ImmuneCourse(sum);
        List<Assessment> assessments = new ArrayList<>();
        double day = baseline.day();
        for (Visit visit : visits) {
            if (!(visit.day() > day)) {
                throw new IllegalArgumentException("a visit on day " + visit.day() + " after one on day " + day
                        + " is not allowed; allowed are rising days");
            }
            day = visit.day();
            assessments.add(new Assessment(visit, recist.next(visit), immune.next(visit)));
        }
        return new ResponseAssessment(assessments, immune.progression());
    }

    /** Best response by RECIST 1.1; not evaluable without a visit that is. */
    public Recist bestRecist() {
        return assessments.stream().map(Assessment::recist).min(Enum::compareTo).orElse(Recist.NE);
    }

    /** Best response by iRECIST, see {@link #best}. */
    public ImmuneResponse bestImmune() {
        return best(assessments.stream().map(Assessment::immune).toList());
    }

    /**
     * Best response of a series by iRECIST: the best of iCR, iPR and iSD before confirmed progression, whatever unconfirmed progression lies before it; without one of them confirmed, then unconfirmed
     * progression.
     */
    public static ImmuneResponse best(List<ImmuneResponse> series) {
        int end = series.indexOf(ImmuneResponse.ICPD);
        List<ImmuneResponse> counted = new ArrayList<>(series.subList(0, end < 0 ? series.size() : end));
        counted.removeAll(Collections.singleton(ImmuneResponse.NE));
        ImmuneResponse best = counted.stream().min(Enum::compareTo).orElse(ImmuneResponse.NE);
        boolean response = best.compareTo(ImmuneResponse.IUPD) < 0;
        return response || end < 0 ? best : ImmuneResponse.ICPD;
    }
}
