package org.oncotwin.api.solver;

/** What not every solver can do. */
public enum SolverFeature {
    /** Derivatives of the solution along {@link OdeProblem#directions()}. */
    SENSITIVITIES("derivatives of the solution"),
    /** {@link OdeProblem#conditions()}. */
    CONDITIONS("conditions on the state"),
    /** {@link DifferentiableReactionDiffusionSolver}. */
    PULL_BACK("derivatives of an objective");

    private final String words;

    SolverFeature(String words) {
        this.words = words;
    }

    /** In words, such as {@code conditions on the state}. */
    public String words() {
        return words;
    }
}
