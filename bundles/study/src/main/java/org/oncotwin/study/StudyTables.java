package org.oncotwin.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.KeptCase;

/** Studies in the database. Times are milliseconds of simulated time. */
final class StudyTables {

    static final String MODULE = "study";

    static final List<Migration> MIGRATIONS = List.of(
            new Migration(1, "studies and the plugins that they see", """
            create table study_run (
                number bigint primary key,
                name varchar(200) not null,
                combination varchar(64) not null,
                policy varchar(16) not null,
                state varchar(16) not null,
                reached bigint not null,
                ends bigint not null,
                message varchar(2000) not null,
                document char(64) not null,
                inputs varchar(100000) not null,
                result char(64)
            );
            create table study_plugin (
                study bigint not null references study_run (number),
                place integer not null,
                kind varchar(16) not null,
                id varchar(100) not null,
                version varchar(100) not null,
                bundle varchar(200) not null,
                sha256 char(64) not null
            );
            """),
            new Migration(2, "the twins that studies were started from", """
            alter table study_run add column twin varchar(64);
            alter table study_run add column twin_version integer;
            """));

    private static final int LONGEST_MESSAGE = 2000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private StudyTables() {}

    static List<StudyRow> all(Connection connection) throws SQLException {
        List<StudyRow> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from study_run order by number");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.add(read(connection, row));
            }
        }
        return rows;
    }

    static Optional<StudyRow> get(Connection connection, long number) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select * from study_run where number = ?")) {
            query.setLong(1, number);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(read(connection, row)) : Optional.empty();
            }
        }
    }

    private static StudyRow read(Connection connection, ResultSet row) throws SQLException {
        long number = row.getLong("number");
        return new StudyRow(
                new Study(
                        number,
                        row.getString("name"),
                        row.getString("combination"),
                        UpgradePolicy.valueOf(row.getString("policy")),
                        StudyState.valueOf(row.getString("state")),
                        new SimulationTime(row.getLong("reached")),
                        new SimulationTime(row.getLong("ends")),
                        plugins(connection, number),
                        row.getString("message"),
                        Optional.ofNullable(row.getString("result")),
                        twin(row)),
                new KeptCase(row.getString("document"), inputs(row.getString("inputs"))));
    }

    private static Optional<TwinReference> twin(ResultSet row) throws SQLException {
        String id = row.getString("twin");
        return id == null ? Optional.empty() : Optional.of(new TwinReference(id, row.getInt("twin_version")));
    }

    private static Map<String, String> inputs(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new StoreException("the inputs of a study cannot be read", e);
        }
    }

    private static List<PluginIdentity> plugins(Connection connection, long study) throws SQLException {
        List<PluginIdentity> plugins = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select * from study_plugin where study = ? order by place")) {
            query.setLong(1, study);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    plugins.add(new PluginIdentity(
                            PluginKind.valueOf(row.getString("kind")),
                            row.getString("id"),
                            row.getString("version"),
                            row.getString("bundle"),
                            row.getString("sha256")));
                }
            }
        }
        return plugins;
    }

    static long nextNumber(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select coalesce(max(number), 0) + 1 from study_run");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static void insert(Connection connection, StudyRow row) throws SQLException {
        Study study = row.study();
        try (PreparedStatement insert = connection.prepareStatement("insert into study_run (number, name, combination,"
                + " policy, state, reached, ends, message, document, inputs, twin, twin_version)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, study.number());
            insert.setString(2, study.name());
            insert.setString(3, study.combination());
            insert.setString(4, study.policy().name());
            insert.setString(5, study.state().name());
            insert.setLong(6, study.reached().milliseconds());
            insert.setLong(7, study.end().milliseconds());
            insert.setString(8, study.message());
            insert.setString(9, row.source().document());
            insert.setString(
                    10, JSON.writeValueAsString(new TreeMap<>(row.source().inputs())));
            insert.setString(11, study.twin().map(TwinReference::id).orElse(null));
            insert.setObject(12, study.twin().map(TwinReference::version).orElse(null), Types.INTEGER);
            insert.executeUpdate();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        insertPlugins(connection, study);
    }

    private static void insertPlugins(Connection connection, Study study) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into study_plugin (study, place, kind, id, version, bundle, sha256) values (?, ?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (PluginIdentity plugin : study.plugins()) {
                insert.setLong(1, study.number());
                insert.setInt(2, place);
                insert.setString(3, plugin.kind().name());
                insert.setString(4, plugin.id());
                insert.setString(5, plugin.version());
                insert.setString(6, plugin.bundle());
                insert.setString(7, plugin.sha256());
                insert.addBatch();
                place++;
            }
            insert.executeBatch();
        }
    }

    /** Keeps how far a study is. */
    static void updateReached(Connection connection, StudyRow row) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update study_run set reached = ? where number = ?")) {
            update.setLong(1, row.study().reached().milliseconds());
            update.setLong(2, row.study().number());
            update.executeUpdate();
        }
    }

    /** Keeps all that may change of a study. */
    static void update(Connection connection, StudyRow row) throws SQLException {
        Study study = row.study();
        String message = study.message();
        try (PreparedStatement update = connection.prepareStatement(
                "update study_run set state = ?, reached = ?, message = ?, result = ? where number = ?")) {
            update.setString(1, study.state().name());
            update.setLong(2, study.reached().milliseconds());
            update.setString(3, message.substring(0, Math.min(LONGEST_MESSAGE, message.length())));
            update.setString(4, study.result().orElse(null));
            update.setLong(5, study.number());
            update.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from study_plugin where study = ?")) {
            delete.setLong(1, study.number());
            delete.executeUpdate();
        }
        insertPlugins(connection, study);
    }
}
