package org.oncotwin.api.solver;

/**
 * A direction in the space of initial states and parameters, along which the solution is differentiated.
 *
 * @param initial change of each component of the initial state
 * @param parameters change of each parameter
 */
public record OdeDirection(double[] initial, double[] parameters) {

    /** Copies the arrays. */
    public OdeDirection {
        initial = initial.clone();
        parameters = parameters.clone();
    }

    /** Towards a larger value of one parameter, from an initial state that does not depend on it. */
    public static OdeDirection ofParameter(OdeSystem system, int parameter) {
        double[] change = new double[system.parameters()];
        change[parameter] = 1;
        return new OdeDirection(new double[system.dimension()], change);
    }

    /** Towards a larger initial value of one component. */
    public static OdeDirection ofInitial(OdeSystem system, int component) {
        double[] change = new double[system.dimension()];
        change[component] = 1;
        return new OdeDirection(change, new double[system.parameters()]);
    }

    @Override
    public double[] initial() {
        return initial.clone();
    }

    @Override
    public double[] parameters() {
        return parameters.clone();
    }
}
