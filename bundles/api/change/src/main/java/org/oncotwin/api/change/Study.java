package org.oncotwin.api.change;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.patient.TwinReference;
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
 * @param twin the version of a twin whose case it runs, if it was started from one
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
        Optional<TwinReference> twin) {

    /** Makes the list immutable. */
    public Study {
        plugins = List.copyOf(plugins);
    }

    /** A study of a case that belongs to no twin. */
    public Study(
            long number,
            String name,
            String combination,
            UpgradePolicy policy,
            StudyState state,
            SimulationTime reached,
            SimulationTime end,
            List<PluginIdentity> plugins,
            String message,
            Optional<String> result) {
        this(number, name, combination, policy, state, reached, end, plugins, message, result, Optional.empty());
    }
}
