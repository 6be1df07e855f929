package org.oncotwin.solver.ode;

/** What one solution has cost so far. */
final class Effort {

    /** Most evaluations of the right-hand side for steps: some 150,000 steps, a hundred times what smooth models need for years. */
    static final int MOST_EVALUATIONS = 2_000_000;

    /** What each leg after the first adds to that, so that many events do not use up what is meant for hard equations: some steps. */
    static final int MORE_PER_LEG = 100;

    private long legs;
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
        return ++forSteps <= allowed();
    }

    void legStarts() {
        legs++;
    }

    /** Most evaluations for steps up to the end of this leg. */
    long allowed() {
        return MOST_EVALUATIONS + MORE_PER_LEG * Math.max(0, legs - 1);
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
