package org.oncotwin.solver.ode;

/** What one solution has cost so far. */
final class Effort {

    /** Most evaluations of the right-hand side for steps: some 150,000 steps, a hundred times what smooth models need for years. */
    static final int MOST_EVALUATIONS = 2_000_000;

    private long accepted;
    private long tried;
    private long evaluations;
    private long forSteps;
    private double longest;

    /** The right-hand side was evaluated, for whatever purpose. */
    void evaluated() {
        evaluations++;
    }

    /** One evaluation more for steps. Those for outputs and derivatives are not counted here, because outputs shall not make a solution fail. */
    boolean allowsStage() {
        return ++forSteps <= MOST_EVALUATIONS;
    }

    void tried() {
        tried++;
    }

    void accepted(double days) {
        accepted++;
        longest = Math.max(longest, days);
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return tried - accepted;
    }

    long evaluations() {
        return evaluations;
    }

    /** Longest accepted step in days. */
    double longest() {
        return longest;
    }
}
