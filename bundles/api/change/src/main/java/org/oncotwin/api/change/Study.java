package org.oncotwin.api.change;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.SimulationTime;

/**
 * A run of a case on a combination that the site keeps: its state is kept at every output, so that it goes on from there after a pause, a change or a crash.
 *
 * @param number 1 for the first of the site
 * @param name name of its case
 * @param combination combination that it runs on
 * @param policy what a change does to it
 * @param state how it stands
 * @param reached the last output that is kept
 * @param end where it will end
 * @param plugins the plugins that it uses now
 * @param message what to know, such as why it is paused
 * @param result SHA-256 of the result, if it is finished
 * @param moves where it went over to other plugins, in the order of time
 */
public record Study(
        long number,
        String name,
        String combination,
        UpgradePolicy policy,
        StudyState state,
        SimulationTime reached,
        SimulationTime end,
        List<PluginIdentity> plugins,
        String message,
        Optional<String> result,
        List<StudyMove> moves) {

    /** Makes the lists immutable. */
    public Study {
        plugins = List.copyOf(plugins);
        moves = List.copyOf(moves);
    }
}
