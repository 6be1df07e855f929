package org.oncotwin.benchmarks.ode;

/** A way to solve the problems. */
interface OdeMethod {

    /** Its name in tables. */
    String name();

    /** Whether it is ours or of a library that is measured beside. */
    String program();

    /** True if it can be asked for this problem. */
    boolean takes(BenchmarkProblem problem);

    /** True if its makers say that it is for problems of this kind. */
    boolean isMadeFor(BenchmarkProblem problem);

    /**
     * Solves a problem from dose to dose.
     *
     * @throws GaveUp if it did not come to the end
     */
    Outcome solve(BenchmarkProblem problem, double relative);

    /**
     * What came out.
     *
     * @param state state at the end
     * @param steps accepted steps
     * @param rejected rejected steps; negative if the library does not say
     * @param evaluations of the right-hand side
     */
    record Outcome(double[] state, long steps, long rejected, long evaluations) {}

    /** Says why a method did not come to the end. */
    final class GaveUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GaveUp(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
