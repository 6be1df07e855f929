package org.oncotwin.response;

/**
 * The rules of RECIST 1.1 for the sum of diameters: complete response if all target lesions have disappeared, progression if the sum is at least 20 % and 5 mm above the smallest one (nadir,
 * which may be the baseline), partial response if it is at least 30 % below the baseline, stable disease otherwise. Progression goes before partial response, for it is measured from the
 * nadir.
 */
final class TargetResponse {

    /** Least increase in mm that is progression, and that confirms one. */
    static final double LEAST_INCREASE = 5;

    private TargetResponse() {}

    static Recist of(TargetLesions targets, double baseline, double nadir) {
        if (targets.disappeared()) {
            return Recist.CR;
        }
        if (progressed(targets.sum(), nadir)) {
            return Recist.PD;
        }
        // In whole numbers, so that sums in whole millimetres fall on the right side of 30 % and 20 %.
        return targets.sum() * 10 <= baseline * 7 ? Recist.PR : Recist.SD;
    }

    static boolean progressed(double sum, double nadir) {
        return sum * 5 >= nadir * 6 && sum - nadir >= LEAST_INCREASE;
    }
}
