package org.oncotwin.api.pharmacokinetics;

import org.oncotwin.api.twin.SimulationTime;

/**
 * A dose given to a patient.
 *
 * @param start when it starts
 * @param days how long it takes in days; 0 is at once
 * @param amount in mg, not negative
 * @param route how it is given
 */
public record Administration(SimulationTime start, double days, double amount, Route route) {

    /** Checks the numbers. */
    public Administration {
        if (!(days >= 0 && days <= 3650) || !(amount >= 0 && amount <= 1e9)) {
            throw new IllegalArgumentException("a dose of " + amount + " mg over " + days
                    + " d is not allowed; allowed is 0 to 1e9 mg over 0 to 3650 d");
        }
    }

    /** When it ends, in days since day 0. */
    public double endDay() {
        return start.days() + days;
    }
}
