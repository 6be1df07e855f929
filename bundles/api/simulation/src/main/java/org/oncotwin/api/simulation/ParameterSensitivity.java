package org.oncotwin.api.simulation;

import java.util.OptionalDouble;

/**
 * Derivative of an objective with respect to one parameter.
 *
 * @param participant label of the plugin in the combination
 * @param name name, with tissue class where it has one
 * @param unit UCUM unit of the parameter
 * @param value value of the parameter
 * @param derivative in the unit of the objective per unit of the parameter
 * @param elasticity relative change of the objective per relative change of the parameter, {@code p/J dJ/dp}; empty if the objective is 0
 * @param method how it was found
 * @param step change of the parameter that was used for differences, in its unit; empty for the adjoint
 * @param checked the derivative by repeated runs, if it was asked for and found another way
 */
public record ParameterSensitivity(
        String participant,
        String name,
        String unit,
        double value,
        double derivative,
        OptionalDouble elasticity,
        Method method,
        OptionalDouble step,
        OptionalDouble checked) {

    /** How a derivative is found, the most exact way first. */
    public enum Method {
        /** By the discrete adjoint of the growth model and, for a parameter of a treatment, the treatment's own derivative of its effects: exact to rounding. */
        ADJOINT("adjoint"),
        /** By the discrete adjoint of the growth model and differences of the effects of a treatment, planned with the parameter changed a little. */
        EFFECT_DIFFERENCES("effect differences"),
        /** By differences of whole runs with the parameter changed a little, on the time steps of the first. */
        RUN_DIFFERENCES("run differences");

        private final String words;

        Method(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }

    /** Difference of the two derivatives relative to the larger of them; empty unless it was checked. */
    public OptionalDouble disagreement() {
        if (checked.isEmpty()) {
            return OptionalDouble.empty();
        }
        double other = checked.getAsDouble();
        double scale = Math.max(Math.abs(derivative), Math.abs(other));
        return OptionalDouble.of(scale == 0 ? 0 : Math.abs(derivative - other) / scale);
    }
}
