package org.oncotwin.response;

import java.util.Optional;

/**
 * Visit after visit by iRECIST. What would be progression by RECIST 1.1 is unconfirmed (iUPD) first, and stands until a later visit confirms it (iCPD, final) or shows that the tumour has
 * shrunk (iSD, iPR or iCR). Then the bar is reset: the next progression is measured from the nadir and has to be confirmed anew.
 */
final class ImmuneCourse {

    /** Four weeks, with the two days that the RECIST working group allows. */
    static final double EARLIEST_CONFIRMATION = 26;

    private final Course course;
    private double lastSum;
    private int knownNewLesions;
    private double newLesionNadir;
    private Optional<Unconfirmed> open = Optional.empty();
    private Optional<Double> confirmed = Optional.empty();

    /**
     * Progression that waits for confirmation. What follows is compared with the visit at which it was first seen, so that small increases at several visits add up.
     *
     * @param visit the visit
     * @param sum sum of diameters in mm then, the latest one known
     * @param targets response of the target lesions then
     */
    private record Unconfirmed(Visit visit, double sum, Recist targets) {}

    ImmuneCourse(double baseline) {
        this.course = new Course(baseline);
        this.lastSum = baseline;
    }

    /** Day of the first sign of the progression that was confirmed. */
    Optional<Double> progression() {
        return confirmed;
    }

    ImmuneResponse next(Visit visit) {
        if (confirmed.isPresent()) {
            return ImmuneResponse.ICPD;
        }
        Recist targets = visit.targets().map(course::targets).orElse(Recist.NE);
        ImmuneResponse response = open.isPresent()
                ? afterProgression(visit, targets, open.get())
                : withoutEarlierProgression(visit, targets);
        visit.targets().ifPresent(seen -> {
            course.see(seen, response == ImmuneResponse.ICR || response == ImmuneResponse.IPR);
            lastSum = seen.sum();
        });
        return response;
    }

    private ImmuneResponse withoutEarlierProgression(Visit visit, Recist targets) {
        NewLesions found = visit.newLesions();
        boolean progressive = targets == Recist.PD
                || visit.nonTargets().progressive()
                || found.count() > knownNewLesions
                || knownNewLesions > 0 && TargetResponse.progressed(found.sum(), newLesionNadir);
        if (progressive) {
            open = Optional.of(new Unconfirmed(
                    visit, visit.targets().map(TargetLesions::sum).orElse(lastSum), targets));
            course.forgetResponse();
            return ImmuneResponse.IUPD;
        }
        if (targets == Recist.NE) {
            return ImmuneResponse.NE;
        }
        newLesionNadir = Math.min(newLesionNadir, found.sum());
        return response(visit, targets);
    }

    private ImmuneResponse afterProgression(Visit visit, Recist targets, Unconfirmed before) {
        boolean soon = visit.day() - before.visit().day() < EARLIEST_CONFIRMATION;
        if (!soon && confirms(visit, targets, before)) {
            confirmed = Optional.of(before.visit().day());
            return ImmuneResponse.ICPD;
        }
        if (targets == Recist.NE && !progressiveOutsideTargets(visit, before)) {
            return ImmuneResponse.NE;
        }
        if (!improved(visit, targets, before)) {
            return ImmuneResponse.IUPD;
        }
        open = Optional.empty();
        knownNewLesions = visit.newLesions().count();
        newLesionNadir = visit.newLesions().sum();
        return response(visit, targets);
    }

    /** Further growth of what had progressed, or progression of what had not. */
    private static boolean confirms(Visit visit, Recist targets, Unconfirmed before) {
        boolean targetsGrew = before.targets() == Recist.PD
                ? visit.targets()
                        .map(seen -> seen.sum() - before.sum() >= TargetResponse.LEAST_INCREASE)
                        .orElse(false)
                : targets == Recist.PD;
        boolean othersGrew = before.visit().nonTargets().progressive()
                ? visit.nonTargets() == NonTargetLesions.INCREASED
                : visit.nonTargets().progressive();
        NewLesions now = visit.newLesions();
        NewLesions then = before.visit().newLesions();
        boolean newLesionsGrew = now.count() > then.count()
                || then.count() > 0 && (now.sum() - then.sum() >= TargetResponse.LEAST_INCREASE || now.increased());
        return targetsGrew || othersGrew || newLesionsGrew;
    }

    private static boolean progressiveOutsideTargets(Visit visit, Unconfirmed before) {
        return visit.nonTargets().progressive()
                || visit.newLesions().count() > before.visit().newLesions().count();
    }

    /**
     * Nothing is progressive any more. Where new lesions took part, they are gone or the target lesions have come into a better category since; without such a change the call stays iUPD.
     */
    private static boolean improved(Visit visit, Recist targets, Unconfirmed before) {
        if (targets == Recist.PD || targets == Recist.NE || visit.nonTargets().progressive()) {
            return false;
        }
        NewLesions now = visit.newLesions();
        boolean newLesionsDrive = before.visit().newLesions().count() > 0 || now.count() > 0;
        return !newLesionsDrive
                || now.present() == 0
                || before.targets() != Recist.NE && targets.compareTo(before.targets()) < 0;
    }

    private ImmuneResponse response(Visit visit, Recist targets) {
        Recist response = course.withoutProgression(
                targets, visit.nonTargets(), visit.newLesions().present() > 0);
        return switch (response) {
            case CR -> ImmuneResponse.ICR;
            case PR -> ImmuneResponse.IPR;
            default -> ImmuneResponse.ISD;
        };
    }
}
