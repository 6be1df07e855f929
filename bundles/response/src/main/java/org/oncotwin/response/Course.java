package org.oncotwin.response;

/** What earlier visits tell about the sums: baseline, nadir, and whether a partial response has been reached. */
final class Course {

    private final double baseline;
    private double nadir;
    private boolean partial;

    Course(double baseline) {
        this.baseline = baseline;
        this.nadir = baseline;
    }

    /** Response of the target lesions by the visits before this one. */
    Recist targets(TargetLesions seen) {
        return TargetResponse.of(seen, baseline, nadir);
    }

    /**
     * Response to a visit without progression. Once a partial response is reached it holds while there is no progression, though the sum may come to lie above 70 % of the baseline (questions and
     * answers of the RECIST working group).
     */
    Recist withoutProgression(Recist targets, NonTargetLesions others, boolean newLesionsPresent) {
        if (targets == Recist.CR && others == NonTargetLesions.ABSENT && !newLesionsPresent) {
            return Recist.CR;
        }
        return targets == Recist.CR || targets == Recist.PR || partial ? Recist.PR : Recist.SD;
    }

    /** After unconfirmed progression a partial response has to be reached anew. */
    void forgetResponse() {
        partial = false;
    }

    /** Takes a visit into account. */
    void see(TargetLesions seen, boolean response) {
        nadir = Math.min(nadir, seen.sum());
        partial |= response;
    }
}
