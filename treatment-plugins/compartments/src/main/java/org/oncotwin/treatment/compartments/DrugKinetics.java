package org.oncotwin.treatment.compartments;

import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;

/**
 * Numbers of a drug in one patient, with time in days.
 *
 * @param clearance linear clearance at the first dose, L/d
 * @param clearanceChange natural logarithm of the factor that it approaches
 * @param clearanceChangeTime time from the first dose to half of that change, d
 * @param clearanceChangeHill Hill exponent of the change over time
 * @param volume of the central compartment, L
 * @param firstExchange intercompartmental clearance to the first peripheral compartment, L/d; 0 without one
 * @param firstVolume its volume, L
 * @param secondExchange intercompartmental clearance to the second peripheral compartment, L/d; 0 without one
 * @param secondVolume its volume, L
 * @param absorption rate of absorption, 1/d; 0 if the drug is not given by mouth
 * @param bioavailability fraction of a dose by mouth that reaches the blood
 * @param lag time from a dose by mouth to its absorption, d
 * @param largestElimination largest rate of saturable elimination, mg/d
 * @param halfElimination concentration at half of it, mg/L
 * @param largestDistribution largest rate of saturable distribution, mg/d
 * @param halfDistribution concentration at half of it, mg/L
 * @param back rate at which the drug comes back from there, 1/d
 * @param tumourRatio concentration in the tumour over that in plasma; 0 if not known
 */
record DrugKinetics(
        double clearance,
        double clearanceChange,
        double clearanceChangeTime,
        double clearanceChangeHill,
        double volume,
        double firstExchange,
        double firstVolume,
        double secondExchange,
        double secondVolume,
        double absorption,
        double bioavailability,
        double lag,
        double largestElimination,
        double halfElimination,
        double largestDistribution,
        double halfDistribution,
        double back,
        double tumourRatio) {

    private static final double HOURS = 24;

    static DrugKinetics of(String drug, Parameters numbers, Parameters own) {
        double clearanceFactor = own.value(CompartmentModel.CLEARANCE_FACTOR.name());
        double volumeFactor = own.value(CompartmentModel.VOLUME_FACTOR.name());
        DrugKinetics kinetics = new DrugKinetics(
                HOURS * clearanceFactor * value(numbers, CompartmentModel.CLEARANCE),
                value(numbers, CompartmentModel.CLEARANCE_CHANGE),
                value(numbers, CompartmentModel.CLEARANCE_CHANGE_TIME) / HOURS,
                value(numbers, CompartmentModel.CLEARANCE_CHANGE_HILL),
                volumeFactor * value(numbers, CompartmentModel.VOLUME),
                HOURS * value(numbers, CompartmentModel.FIRST_EXCHANGE),
                volumeFactor * value(numbers, CompartmentModel.FIRST_VOLUME),
                HOURS * value(numbers, CompartmentModel.SECOND_EXCHANGE),
                volumeFactor * value(numbers, CompartmentModel.SECOND_VOLUME),
                HOURS * value(numbers, CompartmentModel.ABSORPTION),
                value(numbers, CompartmentModel.BIOAVAILABILITY),
                value(numbers, CompartmentModel.LAG) / HOURS,
                HOURS * clearanceFactor * value(numbers, CompartmentModel.LARGEST_ELIMINATION),
                value(numbers, CompartmentModel.HALF_ELIMINATION),
                HOURS * value(numbers, CompartmentModel.LARGEST_DISTRIBUTION),
                value(numbers, CompartmentModel.HALF_DISTRIBUTION),
                HOURS * value(numbers, CompartmentModel.BACK),
                value(numbers, CompartmentModel.TUMOUR_RATIO));
        kinetics.check(drug);
        return kinetics;
    }

    private static double value(Parameters numbers, ParameterDescription description) {
        return numbers.value(description.name());
    }

    private void check(String drug) {
        if (clearance == 0 && largestElimination == 0) {
            throw lacks(drug, CompartmentModel.CLEARANCE, CompartmentModel.LARGEST_ELIMINATION, "one of them, above 0");
        }
        if (clearanceChange != 0 && clearance == 0) {
            throw lacks(
                    drug,
                    CompartmentModel.CLEARANCE_CHANGE,
                    CompartmentModel.CLEARANCE,
                    "what changes is linear clearance");
        }
        if (clearanceChange != 0 != clearanceChangeTime > 0) {
            throw lacks(
                    drug,
                    CompartmentModel.CLEARANCE_CHANGE,
                    CompartmentModel.CLEARANCE_CHANGE_TIME,
                    "both other than 0, or neither");
        }
        both(
                drug,
                CompartmentModel.LARGEST_ELIMINATION,
                largestElimination,
                CompartmentModel.HALF_ELIMINATION,
                halfElimination);
        both(drug, CompartmentModel.FIRST_EXCHANGE, firstExchange, CompartmentModel.FIRST_VOLUME, firstVolume);
        both(drug, CompartmentModel.SECOND_EXCHANGE, secondExchange, CompartmentModel.SECOND_VOLUME, secondVolume);
        both(
                drug,
                CompartmentModel.LARGEST_DISTRIBUTION,
                largestDistribution,
                CompartmentModel.HALF_DISTRIBUTION,
                halfDistribution);
        both(drug, CompartmentModel.LARGEST_DISTRIBUTION, largestDistribution, CompartmentModel.BACK, back);
    }

    private static void both(
            String drug, ParameterDescription first, double one, ParameterDescription second, double other) {
        if (one > 0 != other > 0) {
            throw lacks(drug, first, second, "both above 0, or neither");
        }
    }

    private static InvalidInputException lacks(
            String drug, ParameterDescription first, ParameterDescription second, String wanted) {
        return new InvalidInputException(
                "drugs." + drug + "." + CompartmentModel.SECTION + "." + first.name(),
                "together with " + second.name() + " it must be given: " + wanted);
    }

    /** Linear clearance at a time in days after the first dose, L/d (Bajaj 2017). */
    double clearanceAfter(double days) {
        if (clearanceChange == 0 || days <= 0) {
            return clearance;
        }
        double part = 1 / (1 + StrictMath.pow(clearanceChangeTime / days, clearanceChangeHill));
        return clearance * StrictMath.exp(clearanceChange * part);
    }

    /** True if concentrations are sums of exponentials. */
    boolean isSumOfExponentials() {
        return largestElimination == 0 && largestDistribution == 0 && clearanceChange == 0;
    }
}
