package org.oncotwin.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.KeptCase;

/**
 * A study as it lies in the database.
 *
 * @param study how it stands; its plugins are all that it sees
 * @param source the case as it was when the study was started
 * @param start where its simulated time begins
 */
record StudyRow(Study study, KeptCase source, SimulationTime start) {

    /** SHA-256 of all that decides what is computed, and where it went over to other plugins: what the audit trail says of it. */
    String hash() {
        List<String> all = new ArrayList<>(List.of(
                study.combination(),
                study.policy().name(),
                study.twin().map(TwinReference::toString).orElse(""),
                start.toString(),
                study.end().toString(),
                source.document()));
        new TreeMap<>(source.inputs()).forEach((name, sha256) -> all.add(name + " " + sha256));
        all.add(StudyMoves.plugins(study.plugins()));
        all.add(StudyMoves.words(study.moves()));
        MessageDigest digest = StudyMoves.sha256();
        // With their lengths, so that no text passes for two.
        all.forEach(text -> digest.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
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
                        study.twin(),
                        moves),
                source,
                start);
    }
}
