package org.oncotwin.api.mechanics;

/**
 * What an equilibrium cost and how good it is.
 *
 * @param solver id of the solver
 * @param loadSteps parts in which the load was put on, 1 if all at once
 * @param iterations Newton iterations
 * @param linearIterations iterations of the linear solver in all
 * @param residual norm of the forces out of balance over the norm of all forces, as {@link ElasticityProblem#tolerance()}
 * @param smallestDeterminant smallest determinant of the deformation gradient: volume of a tetrahedron over its volume at rest; 0 or less where one is inverted
 * @param deepestPenetration deepest place of a node within the sphere in m; 0 if there is none
 */
public record ElasticityStatistics(
        String solver,
        int loadSteps,
        int iterations,
        long linearIterations,
        double residual,
        double smallestDeterminant,
        double deepestPenetration) {}
