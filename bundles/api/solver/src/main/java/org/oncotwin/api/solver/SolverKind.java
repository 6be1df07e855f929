package org.oncotwin.api.solver;

/** A kind of problem, for which there are solvers. */
public enum SolverKind {
    /** {@link OdeProblem} of which all time scales are alike. */
    ORDINARY_DIFFERENTIAL_EQUATIONS("ordinary differential equations"),
    /** {@link OdeProblem} in which something settles far faster than the solution moves. */
    STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS("stiff ordinary differential equations"),
    /** {@link OdeProblem} of a {@link LinearOdeSystem}. */
    LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS("linear ordinary differential equations"),
    /** {@link ReactionDiffusionProblem}. */
    REACTION_DIFFUSION("reaction and diffusion on a grid");

    private final String words;

    SolverKind(String words) {
        this.words = words;
    }

    /** In words, such as {@code ordinary differential equations}. */
    public String words() {
        return words;
    }
}
