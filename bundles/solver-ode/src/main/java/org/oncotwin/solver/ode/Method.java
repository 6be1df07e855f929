package org.oncotwin.solver.ode;

import java.util.function.BiFunction;
import org.apache.commons.math3.ode.nonstiff.EmbeddedRungeKuttaIntegrator;

/**
 * An embedded Runge-Kutta method of the library.
 *
 * @param id id of the solver
 * @param order order, by which the library changes the length of steps: with the error to the power of -1/order
 * @param stabilityLimit largest h |lambda| on the negative real axis at which it is stable, as far as the test for stiffness is concerned
 * @param denseDegree degree in time of the polynomial by which it interpolates within a step
 * @param integrator makes an integrator for one leg, because one keeps state between calls
 */
record Method(
        String id,
        int order,
        double stabilityLimit,
        int denseDegree,
        BiFunction<StepLimits, Steps, EmbeddedRungeKuttaIntegrator> integrator) {}
