package org.oncotwin.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.SimulationTime;

/** What the moves of a study say. */
final class StudyMoves {

    private StudyMoves() {}

    /** A move from some plugins to others; empty if they are the same. */
    static Optional<StudyMove> between(SimulationTime at, List<PluginIdentity> before, List<PluginIdentity> after) {
        List<PluginIdentity> from =
                before.stream().filter(plugin -> !after.contains(plugin)).toList();
        List<PluginIdentity> to =
                after.stream().filter(plugin -> !before.contains(plugin)).toList();
        return from.isEmpty() && to.isEmpty() ? Optional.empty() : Optional.of(new StudyMove(at, from, to));
    }

    /** The plugins from before some moves. */
    static List<PluginIdentity> undone(List<PluginIdentity> plugins, List<StudyMove> moves) {
        List<PluginIdentity> before = plugins;
        for (int n = moves.size() - 1; n >= 0; n--) {
            before = exchanged(before, moves.get(n).to(), moves.get(n).from());
        }
        return before;
    }

    /** The plugins after a move. */
    static List<PluginIdentity> done(List<PluginIdentity> plugins, StudyMove move) {
        return exchanged(plugins, move.from(), move.to());
    }

    private static List<PluginIdentity> exchanged(
            List<PluginIdentity> plugins, List<PluginIdentity> gone, List<PluginIdentity> instead) {
        return Stream.concat(plugins.stream().filter(plugin -> !gone.contains(plugin)), instead.stream())
                .toList();
    }

    /**
     * The moves of a study that goes on from a state. Those that come after it are lost with what was computed since, and one takes their place: it goes on with the plugins that it sees
     * now.
     *
     * @param from time of the state; empty if it begins again
     */
    static List<StudyMove> from(Optional<SimulationTime> from, List<StudyMove> moves, List<PluginIdentity> plugins) {
        if (from.isEmpty()) {
            return List.of();
        }
        List<StudyMove> kept =
                moves.stream().filter(move -> !move.at().isAfter(from.get())).toList();
        if (kept.size() == moves.size()) {
            return moves;
        }
        List<StudyMove> all = new ArrayList<>(kept);
        between(from.get(), undone(plugins, moves.subList(kept.size(), moves.size())), plugins)
                .ifPresent(all::add);
        return all;
    }

    /** All that counts of moves, for the audit trail: the last in words, and the hash of all, for there may be many. */
    static String words(List<StudyMove> moves) {
        if (moves.isEmpty()) {
            return "";
        }
        MessageDigest digest = sha256();
        moves.forEach(move -> digest.update((words(move) + "\n").getBytes(StandardCharsets.UTF_8)));
        return words(moves.get(moves.size() - 1)) + "; moves so far: " + moves.size() + ", SHA-256 "
                + HexFormat.of().formatHex(digest.digest());
    }

    private static String words(StudyMove move) {
        return "on " + move.at() + " from " + plugins(move.from()) + " to " + plugins(move.to());
    }

    static String plugins(List<PluginIdentity> plugins) {
        return plugins.stream().map(plugin -> plugin + " " + plugin.sha256()).collect(Collectors.joining(", "));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
