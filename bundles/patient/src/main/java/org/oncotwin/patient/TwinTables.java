package org.oncotwin.patient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.oncotwin.api.patient.TwinChange;
import org.oncotwin.api.patient.TwinChange.Part;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;

/** Twins in the database, in rows that are only ever added. Times are milliseconds since 1970 in UTC. */
final class TwinTables {

    static final String MODULE = "patient";

    static final List<Migration> MIGRATIONS = List.of(new Migration(1, "versions of twins and what changed", """
            create table patient_version (
                twin varchar(64) not null,
                version integer not null,
                recorded bigint not null,
                actor varchar(200) not null,
                reason text not null,
                document char(64) not null,
                inputs text not null,
                primary key (twin, version)
            );
            create table patient_change (
                twin varchar(64) not null,
                version integer not null,
                number integer not null,
                part varchar(16) not null,
                place text not null,
                old_value text,
                new_value text,
                primary key (twin, version, number),
                foreign key (twin, version) references patient_version (twin, version)
            );
            """));

    private static final ObjectMapper JSON = new ObjectMapper();

    private TwinTables() {}

    static List<String> ids(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select distinct twin from patient_version");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    /** All versions of a twin, oldest first. */
    static List<TwinVersion> versions(Connection connection, String id) throws SQLException {
        Map<Integer, List<TwinChange>> changes = changes(connection, id);
        List<TwinVersion> versions = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select * from patient_version where twin = ? order by version")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    int version = row.getInt("version");
                    versions.add(new TwinVersion(
                            new TwinReference(id, version),
                            Instant.ofEpochMilli(row.getLong("recorded")),
                            row.getString("actor"),
                            row.getString("reason"),
                            row.getString("document"),
                            inputs(id, row.getString("inputs")),
                            changes.getOrDefault(version, List.of())));
                }
            }
        }
        return versions;
    }

    private static Map<String, String> inputs(String id, String json) {
        try {
            Map<String, String> inputs = JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
            if (inputs != null && !inputs.containsValue(null)) {
                return inputs;
            }
        } catch (JsonProcessingException altered) {
            throw unreadable(id, altered);
        }
        throw unreadable(id, null);
    }

    private static StoreException unreadable(String id, Exception cause) {
        return new StoreException(
                "the files of twin " + id + " in the database cannot be read; restore the database", cause);
    }

    private static Map<Integer, List<TwinChange>> changes(Connection connection, String id) throws SQLException {
        Map<Integer, List<TwinChange>> changes = new TreeMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("select * from patient_change where twin = ? order by version, number")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    changes.computeIfAbsent(row.getInt("version"), version -> new ArrayList<>())
                            .add(new TwinChange(
                                    row.getString("part").equals(Part.FILE.name()) ? Part.FILE : Part.CASE,
                                    row.getString("place"),
                                    Optional.ofNullable(row.getString("old_value")),
                                    Optional.ofNullable(row.getString("new_value"))));
                }
            }
        }
        return changes;
    }

    static void insert(Connection connection, TwinVersion version) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into patient_version"
                + " (twin, version, recorded, actor, reason, document, inputs) values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, version.reference().id());
            insert.setInt(2, version.reference().version());
            insert.setLong(3, version.time().toEpochMilli());
            insert.setString(4, version.actor());
            insert.setString(5, version.reason());
            insert.setString(6, version.document());
            insert.setString(7, JSON.writeValueAsString(new TreeMap<>(version.inputs())));
            insert.executeUpdate();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into patient_change"
                + " (twin, version, number, part, place, old_value, new_value) values (?, ?, ?, ?, ?, ?, ?)")) {
            int number = 1;
            for (TwinChange change : version.changes()) {
                insert.setString(1, version.reference().id());
                insert.setInt(2, version.reference().version());
                insert.setInt(3, number);
                insert.setString(4, change.part().name());
                insert.setString(5, change.place());
                insert.setString(6, change.before().orElse(null));
                insert.setString(7, change.after().orElse(null));
                insert.addBatch();
                number++;
            }
            insert.executeBatch();
        }
    }
}
