package org.oncotwin.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.SimulationTime;

/**
 * A study as it lies in the database.
 *
 * @param study how it stands; its plugins are all that it sees
 * @param document SHA-256 of the case file
 * @param inputs SHA-256 of each input file by its name in the case
 */
record StudyRow(Study study, String document, Map<String, String> inputs) {

    StudyRow {
        inputs = Map.copyOf(inputs);
    }

    boolean sees(PluginIdentity plugin) {
        return study.plugins().contains(plugin);
    }

    StudyRow in(StudyState state, String message) {
        return with(state, study.reached(), study.plugins(), message, study.result(), study.moves());
    }

    StudyRow at(SimulationTime reached) {
        return with(study.state(), reached, study.plugins(), study.message(), study.result(), study.moves());
    }

    StudyRow on(List<PluginIdentity> plugins, String message) {
        return with(study.state(), study.reached(), plugins, message, study.result(), study.moves());
    }

    StudyRow moved(List<PluginIdentity> plugins, List<StudyMove> moves) {
        return with(study.state(), study.reached(), plugins, "", study.result(), moves);
    }

    StudyRow finished(String result) {
        return with(StudyState.FINISHED, study.end(), study.plugins(), "", Optional.of(result), study.moves());
    }

    private StudyRow with(
            StudyState state,
            SimulationTime reached,
            List<PluginIdentity> plugins,
            String message,
            Optional<String> result,
            List<StudyMove> moves) {
        return new StudyRow(
                new Study(
                        study.number(),
                        study.name(),
                        study.combination(),
                        study.policy(),
                        state,
                        reached,
                        study.end(),
                        plugins,
                        message,
                        result,
                        moves),
                document,
                inputs);
    }
}
