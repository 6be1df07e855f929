package org.oncotwin.patient;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.oncotwin.api.patient.TwinChange;
import org.oncotwin.api.patient.TwinVersion;

/**
 * What the audit trail says of a version: a hash over all of it and over the record of the version before, so that the last entry of a twin vouches for all its versions. Its own time is that
 * of the entry.
 *
 * @param version number of the version
 * @param sha256 the hash, in hexadecimal
 * @param time time of the version
 */
record TwinRecord(int version, String sha256, Instant time) {

    /** The record of a version that follows some others, oldest first. */
    static TwinRecord of(List<TwinVersion> before, TwinVersion version) {
        TwinRecord record = null;
        for (TwinVersion earlier : before) {
            record = after(record, earlier);
        }
        return after(record, version);
    }

    private static TwinRecord after(TwinRecord before, TwinVersion version) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("twin", version.reference().id());
        node.put("version", version.reference().version());
        node.put("actor", version.actor());
        node.put("reason", version.reason());
        node.put("document", version.document());
        ObjectNode inputs = node.putObject("inputs");
        new TreeMap<>(version.inputs()).forEach(inputs::put);
        ArrayNode changes = node.putArray("changes");
        for (TwinChange change : version.changes()) {
            ObjectNode one = changes.addObject();
            one.put("part", change.part().name());
            one.put("place", change.place());
            change.before().ifPresent(value -> one.put("before", value));
            change.after().ifPresent(value -> one.put("after", value));
        }
        if (before != null) {
            node.putObject("previous")
                    .put("sha256", before.sha256())
                    .put("time", before.time().toString());
        }
        return new TwinRecord(version.reference().version(), hash(node.toString()), version.time());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As the audit trail says it. */
    String words() {
        return "version " + version + ", record " + sha256;
    }
}
