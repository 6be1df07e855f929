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
import java.util.stream.Stream;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
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
            """),
            new Migration(3, "where studies went over to other plugins", """
            create table study_move (
                study bigint not null references study_run (number),
                place integer not null,
                moved_at bigint not null,
                primary key (study, place)
            );
            create table study_move_plugin (
                study bigint not null,
                move integer not null,
                place integer not null,
                taken boolean not null,
                kind varchar(16) not null,
                id varchar(100) not null,
                version varchar(100) not null,
                bundle varchar(200) not null,
                sha256 char(64) not null,
                foreign key (study, move) references study_move (study, place)
            );
            """),
            new Migration(4, "where the simulated time of studies begins", """
            alter table study_run add column starts bigint default 0 not null;
            """),
            new Migration(5, "indexes, for not every database makes them for references", """
            create index study_run_by_state on study_run (state);
            create index study_plugin_by_study on study_plugin (study, place);
            create index study_move_plugin_by_move on study_move_plugin (study, move, place);
            """));

    private static final int LONGEST_MESSAGE = 2000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private StudyTables() {}

    static List<StudyRow> all(Connection connection) throws SQLException {
        return rows(connection, "select * from study_run order by number");
    }

    /** Studies that run or may go on. */
    static List<StudyRow> open(Connection connection) throws SQLException {
        return rows(connection, "select * from study_run where state in ('RUNNING', 'PAUSED') order by number");
    }

    private static List<StudyRow> rows(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            List<StudyRow> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(read(connection, row));
            }
            return rows;
        }
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
                        twin(row),
                        moves(connection, number)),
                new KeptCase(row.getString("document"), inputs(row.getString("inputs"))),
                new SimulationTime(row.getLong("starts")));
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
                    plugins.add(plugin(row));
                }
            }
        }
        return plugins;
    }

    private static PluginIdentity plugin(ResultSet row) throws SQLException {
        return new PluginIdentity(
                PluginKind.valueOf(row.getString("kind")),
                row.getString("id"),
                row.getString("version"),
                row.getString("bundle"),
                row.getString("sha256"));
    }

    private static List<StudyMove> moves(Connection connection, long study) throws SQLException {
        List<StudyMove> moves = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select m.place as move, m.moved_at, p.taken, p.kind,"
                        + " p.id, p.version, p.bundle, p.sha256 from study_move m"
                        + " left join study_move_plugin p on p.study = m.study and p.move = m.place"
                        + " where m.study = ? order by m.place, p.taken, p.place")) {
            query.setLong(1, study);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (row.getInt("move") >= moves.size()) {
                        moves.add(new StudyMove(new SimulationTime(row.getLong("moved_at")), List.of(), List.of()));
                    }
                    if (row.getString("kind") != null) {
                        StudyMove move = moves.remove(moves.size() - 1);
                        moves.add(
                                row.getBoolean("taken")
                                        ? new StudyMove(move.at(), move.from(), with(move.to(), plugin(row)))
                                        : new StudyMove(move.at(), with(move.from(), plugin(row)), move.to()));
                    }
                }
            }
        }
        return moves;
    }

    private static List<PluginIdentity> with(List<PluginIdentity> plugins, PluginIdentity one) {
        return Stream.concat(plugins.stream(), Stream.of(one)).toList();
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
                + " policy, state, reached, ends, message, document, inputs, twin, twin_version, starts)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
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
            insert.setLong(13, row.start().milliseconds());
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
                set(insert, 3, plugin);
                insert.addBatch();
                place++;
            }
            insert.executeBatch();
        }
    }

    private static void set(PreparedStatement insert, int first, PluginIdentity plugin) throws SQLException {
        insert.setString(first, plugin.kind().name());
        insert.setString(first + 1, plugin.id());
        insert.setString(first + 2, plugin.version());
        insert.setString(first + 3, plugin.bundle());
        insert.setString(first + 4, plugin.sha256());
    }

    /** Keeps what is new of moves: there may be many, of which the first stay as they are. */
    private static void updateMoves(Connection connection, Study study) throws SQLException {
        List<StudyMove> there = moves(connection, study.number());
        int same = 0;
        while (same < there.size()
                && same < study.moves().size()
                && there.get(same).equals(study.moves().get(same))) {
            same++;
        }
        if (same < there.size()) {
            deleteMoves(connection, "delete from study_move_plugin where study = ? and move >= ?", study, same);
            deleteMoves(connection, "delete from study_move where study = ? and place >= ?", study, same);
        }
        try (PreparedStatement moves = connection.prepareStatement(
                        "insert into study_move (study, place, moved_at) values (?, ?, ?)");
                PreparedStatement plugins = connection.prepareStatement("insert into study_move_plugin"
                        + " (study, move, place, taken, kind, id, version, bundle, sha256)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int move = same; move < study.moves().size(); move++) {
                StudyMove one = study.moves().get(move);
                moves.setLong(1, study.number());
                moves.setInt(2, move);
                moves.setLong(3, one.at().milliseconds());
                moves.executeUpdate();
                insertMovePlugins(plugins, study.number(), move, false, one.from());
                insertMovePlugins(plugins, study.number(), move, true, one.to());
            }
        }
    }

    private static void deleteMoves(Connection connection, String sql, Study study, int from) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, study.number());
            delete.setInt(2, from);
            delete.executeUpdate();
        }
    }

    private static void insertMovePlugins(
            PreparedStatement insert, long study, int move, boolean taken, List<PluginIdentity> plugins)
            throws SQLException {
        for (int place = 0; place < plugins.size(); place++) {
            insert.setLong(1, study);
            insert.setInt(2, move);
            insert.setInt(3, place);
            insert.setBoolean(4, taken);
            set(insert, 5, plugins.get(place));
            insert.executeUpdate();
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
        updateMoves(connection, study);
    }
}
