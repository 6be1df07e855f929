package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.SolverUse;

/** Who has had a part in a run so far: the plugins leased now and, after a resume, those of its earlier part. */
final class Origin {

    private final List<PluginIdentity> earlier;
    private final List<PluginIdentity> leased;
    private final LeasedSolvers.Counted solvers;
    private final List<String> history;

    private Origin(
            List<PluginIdentity> earlier,
            List<PluginIdentity> leased,
            LeasedSolvers.Counted solvers,
            List<String> history) {
        this.earlier = List.copyOf(earlier);
        this.leased = List.copyOf(leased);
        this.solvers = solvers;
        this.history = List.copyOf(history);
    }

    /** Of a run from its start. */
    static Origin ofStart(List<PluginIdentity> leased, LeasedSolvers.Counted solvers) {
        return new Origin(List.of(), leased, solvers, List.of());
    }

    /**
     * Of a run that goes on from a checkpoint. Says what is another version now than it was before; with the same plugins it is the origin of a run without a break.
     *
     * @param available every plugin and solver that the run may use from now on
     */
    static Origin ofResume(
            Checkpoint from,
            List<PluginIdentity> leased,
            List<PluginIdentity> available,
            LeasedSolvers.Counted solvers) {
        solvers.goOnFrom(from.solvers());
        List<String> history = new ArrayList<>(from.history());
        for (PluginIdentity before : from.plugins()) {
            if (!available.contains(before)) {
                available.stream()
                        .filter(now ->
                                takesPlaceOf(now, before) && !from.plugins().contains(now))
                        .forEach(now -> history.add("until " + from.state().time() + " computed with "
                                + described(before, now) + ", from then on with " + described(now, before)));
            }
        }
        List<PluginIdentity> earlier = new ArrayList<>(from.earlier());
        earlier.addAll(from.plugins());
        return new Origin(earlier, leased, solvers, history);
    }

    /** Another version; for pharmacokinetics, of which a run has one model, any other. */
    private static boolean takesPlaceOf(PluginIdentity now, PluginIdentity before) {
        return now.kind() == before.kind()
                && (now.id().equals(before.id()) || now.kind() == PluginKind.PHARMACOKINETICS);
    }

    private static String described(PluginIdentity one, PluginIdentity other) {
        return one.id().equals(other.id()) && one.version().equals(other.version())
                ? one + " (" + one.sha256() + ")"
                : one.toString();
    }

    /** The plugins that own the state now and the solvers that they have used. */
    List<PluginIdentity> current() {
        List<PluginIdentity> current = new ArrayList<>(leased);
        current.addAll(solvers.used());
        return current;
    }

    /** Versions that had a part before and are not current, each once. */
    List<PluginIdentity> earlier() {
        Set<PluginIdentity> others = new LinkedHashSet<>(earlier);
        current().forEach(others::remove);
        return List.copyOf(others);
    }

    /** Every version that had a part: growth model, treatments, solvers; current ones first. */
    List<PluginIdentity> plugins() {
        List<PluginIdentity> all = current();
        all.addAll(earlier());
        return all.stream().sorted(Comparator.comparing(PluginIdentity::kind)).toList();
    }

    List<SolverUse> solvers() {
        return solvers.uses();
    }

    List<String> history() {
        return history;
    }
}
