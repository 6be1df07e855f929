package org.oncotwin.api.change;

import java.util.List;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.SimulationTime;

/**
 * A point at which a study went over to other plugins: what was before it was computed by those before, what came after it by the others.
 *
 * @param at the safe point at which it went over
 * @param from plugins that it left; others, which it kept, are not listed
 * @param to plugins that it took instead
 */
public record StudyMove(SimulationTime at, List<PluginIdentity> from, List<PluginIdentity> to) {

    /** Makes the lists immutable. */
    public StudyMove {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }
}
