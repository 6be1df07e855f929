package org.oncotwin.api.solver;

import java.util.List;

/**
 * What a solver says of itself.
 *
 * @param id name in case files
 * @param title a few words for people
 * @param order order of the scheme in time
 * @param stable true if no step is too long for stability (unconditionally or A-stable)
 * @param limitations what it cannot do
 * @param references papers that it rests on
 */
public record SolverDescription(
        String id, String title, int order, boolean stable, List<String> limitations, List<String> references) {}
