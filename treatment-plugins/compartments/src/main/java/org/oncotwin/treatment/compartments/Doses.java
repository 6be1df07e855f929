package org.oncotwin.treatment.compartments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.SimulationTime;

/** Doses of more than 0 mg as what enters the body: at once, at a rate, or through the gut. */
final class Doses {

    /**
     * A dose.
     *
     * @param start when it is given
     * @param enters when it begins to enter: later than its start by mouth
     * @param end when it is in
     * @param amount what is given, mg
     * @param entering what of it enters, mg
     * @param rate of an infusion, mg/d; 0 if it enters at once
     * @param oral through the gut
     */
    record Dose(
            SimulationTime start,
            SimulationTime enters,
            SimulationTime end,
            double amount,
            double entering,
            double rate,
            boolean oral) {

        /** Given up to a day, mg. */
        double given(double day) {
            if (day < start.days()) {
                return 0;
            }
            return rate == 0 || day >= end.days() ? amount : rate * (day - start.days());
        }
    }

    private final List<Dose> doses;
    private final SimulationTime[] edges;
    private final double[] days;

    private Doses(List<Dose> doses) {
        this.doses = List.copyOf(doses);
        SortedSet<SimulationTime> times = new TreeSet<>();
        for (Dose dose : doses) {
            times.addAll(List.of(dose.start(), dose.enters(), dose.end()));
        }
        edges = times.toArray(SimulationTime[]::new);
        days = times.stream().mapToDouble(SimulationTime::days).toArray();
    }

    static Doses of(String drug, List<Administration> administrations, DrugKinetics kinetics) {
        List<Dose> doses = new ArrayList<>();
        for (Administration given : administrations) {
            boolean oral = given.route() == Route.ORAL;
            if (oral && kinetics.absorption() == 0) {
                throw new InvalidInputException(
                        "route",
                        "oral is not allowed: nothing is known of the absorption of " + drug + " ("
                                + CompartmentModel.ABSORPTION.name() + ")");
            }
            if (oral && given.days() > 0) {
                throw new InvalidInputException(
                        "route", "oral is not allowed for a dose over " + given.days() + " d; it is taken at once");
            }
            if (given.amount() > 0) {
                doses.add(dose(given, oral, kinetics));
            }
        }
        return new Doses(doses);
    }

    /** Infusions end on a whole millisecond, as everything does that happens at a time; their rate follows, so that the amount is exact. */
    private static Dose dose(Administration given, boolean oral, DrugKinetics kinetics) {
        SimulationTime end = given.days() == 0 ? given.start() : SimulationTime.ofDays(given.endDay());
        SimulationTime enters = oral && kinetics.lag() > 0
                ? SimulationTime.ofDays(given.start().days() + kinetics.lag())
                : given.start();
        double length = end.days() - given.start().days();
        return new Dose(
                given.start(),
                enters,
                oral ? enters : end,
                given.amount(),
                oral ? kinetics.bioavailability() * given.amount() : given.amount(),
                length > 0 ? given.amount() / length : 0,
                oral);
    }

    List<Dose> all() {
        return doses;
    }

    boolean isEmpty() {
        return doses.isEmpty();
    }

    /** Times at which something enters, begins or ends to enter, ascending, each once. */
    SimulationTime[] edges() {
        return edges.clone();
    }

    /** Largest amount of a dose, mg. */
    double largest() {
        return doses.stream().mapToDouble(Dose::amount).max().orElse(0);
    }

    /** Sum of the rates of infusions that run from a time on, mg/d. */
    double rate(SimulationTime from) {
        double rate = 0;
        for (Dose dose : doses) {
            if (dose.rate() > 0 && !dose.enters().isAfter(from) && from.isBefore(dose.end())) {
                rate += dose.rate();
            }
        }
        return rate;
    }

    /** What enters at once at a time, mg. */
    double entering(SimulationTime time, boolean oral) {
        double amount = 0;
        for (Dose dose : doses) {
            if (dose.rate() == 0 && dose.oral() == oral && dose.enters().equals(time)) {
                amount += dose.entering();
            }
        }
        return amount;
    }

    double given(double day) {
        double given = 0;
        for (Dose dose : doses) {
            given += dose.given(day);
        }
        return given;
    }

    /** Taken by mouth and not yet in the gut, of what will be absorbed, mg. */
    double waiting(double day) {
        double waiting = 0;
        for (Dose dose : doses) {
            if (day >= dose.start().days() && day < dose.enters().days()) {
                waiting += dose.entering();
            }
        }
        return waiting;
    }

    /** Taken by mouth and never absorbed, mg. */
    double lost(double day) {
        double lost = 0;
        for (Dose dose : doses) {
            if (day >= dose.start().days()) {
                lost += dose.amount() - dose.entering();
            }
        }
        return lost;
    }

    double[] jumps(double from, double to) {
        return Arrays.stream(days).filter(day -> day > from && day < to).toArray();
    }

    double[] days() {
        return days.clone();
    }
}
