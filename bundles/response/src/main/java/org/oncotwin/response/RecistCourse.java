package org.oncotwin.response;

/** Visit after visit by RECIST 1.1. Progression is final. */
final class RecistCourse {

    private final Course course;
    private boolean progressed;

    RecistCourse(double baseline) {
        this.course = new Course(baseline);
    }

    Recist next(Visit visit) {
        if (progressed || visit.newLesions().count() > 0 || visit.nonTargets().progressive()) {
            progressed = true;
            return Recist.PD;
        }
        if (visit.targets().isEmpty()) {
            return Recist.NE;
        }
        TargetLesions seen = visit.targets().get();
        Recist targets = course.targets(seen);
        if (targets == Recist.PD) {
            progressed = true;
            return Recist.PD;
        }
        Recist response = course.withoutProgression(targets, visit.nonTargets(), false);
        course.see(seen, response.compareTo(Recist.SD) < 0);
        return response;
    }
}
