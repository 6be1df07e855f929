package org.oncotwin.change.combination;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.store.Migration;

/** Combinations, their plugins and the jars of both in the database. */
final class CombinationTables {

    static final String MODULE = "combination";

    static final List<Migration> MIGRATIONS = List.of(
            new Migration(1, "combinations, their plugins, and which jar a plugin is in", """
            create table combination_jar (
                sha256 char(64) primary key,
                bundle varchar(200) not null,
                version varchar(100) not null
            );
            create table combination_jar_plugin (
                jar char(64) not null references combination_jar (sha256),
                kind varchar(16) not null,
                id varchar(100) not null,
                version varchar(100) not null,
                bundle varchar(200) not null,
                sha256 char(64) not null
            );
            create table combination_site (
                name varchar(64) primary key,
                title varchar(500) not null,
                revision integer not null,
                feature char(64) not null,
                change_plan char(64)
            );
            create table combination_plugin (
                combination varchar(64) not null references combination_site (name),
                place integer not null,
                kind varchar(16) not null,
                id varchar(100) not null,
                version varchar(100) not null,
                bundle varchar(200) not null,
                sha256 char(64) not null,
                versions varchar(100) not null
            );
            create table combination_bundle (
                combination varchar(64) not null references combination_site (name),
                place integer not null,
                jar char(64) not null references combination_jar (sha256)
            );
            """),
            new Migration(2, "indexes, for not every database makes them for references", """
            create index combination_jar_plugin_by_jar on combination_jar_plugin (jar);
            create index combination_plugin_by_name on combination_plugin (combination, place);
            create index combination_bundle_by_name on combination_bundle (combination, place);
            """));

    private CombinationTables() {}

    static List<Combination> all(Connection connection) throws SQLException {
        List<Combination> all = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from combination_site order by name");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String name = row.getString("name");
                all.add(new Combination(
                        name,
                        row.getString("title"),
                        row.getInt("revision"),
                        plugins(connection, name),
                        row.getString("feature"),
                        Optional.ofNullable(row.getString("change_plan"))));
            }
        }
        return all;
    }

    private static List<PinnedPlugin> plugins(Connection connection, String combination) throws SQLException {
        List<PinnedPlugin> plugins = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select * from combination_plugin where combination = ? order by place")) {
            query.setString(1, combination);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    plugins.add(new PinnedPlugin(identity(row), row.getString("versions")));
                }
            }
        }
        return plugins;
    }

    private static PluginIdentity identity(ResultSet row) throws SQLException {
        return new PluginIdentity(
                PluginKind.valueOf(row.getString("kind")),
                row.getString("id"),
                row.getString("version"),
                row.getString("bundle"),
                row.getString("sha256"));
    }

    /** Keeps a combination in place of the one of its name, if there is one. */
    static void put(Connection connection, Combination combination) throws SQLException {
        execute(connection, "delete from combination_plugin where combination = ?", combination.name());
        int changed;
        try (PreparedStatement update = connection.prepareStatement(
                "update combination_site set title = ?, revision = ?, feature = ?, change_plan = ? where name = ?")) {
            changed = set(update, combination).executeUpdate();
        }
        if (changed == 0) {
            try (PreparedStatement insert = connection.prepareStatement("insert into combination_site"
                    + " (title, revision, feature, change_plan, name) values (?, ?, ?, ?, ?)")) {
                set(insert, combination).executeUpdate();
            }
        }
        int place = 0;
        for (PinnedPlugin pinned : combination.plugins()) {
            PluginIdentity plugin = pinned.plugin();
            execute(
                    connection,
                    "insert into combination_plugin (combination, kind, id, version, bundle, sha256, versions, place)"
                            + " values (?, ?, ?, ?, ?, ?, ?, " + place + ")",
                    combination.name(),
                    plugin.kind().name(),
                    plugin.id(),
                    plugin.version(),
                    plugin.bundle(),
                    plugin.sha256(),
                    pinned.versions());
            place++;
        }
    }

    private static PreparedStatement set(PreparedStatement statement, Combination combination) throws SQLException {
        statement.setString(1, combination.title());
        statement.setInt(2, combination.revision());
        statement.setString(3, combination.feature());
        statement.setString(4, combination.plan().orElse(null));
        statement.setString(5, combination.name());
        return statement;
    }

    static void remove(Connection connection, String name) throws SQLException {
        execute(connection, "delete from combination_plugin where combination = ?", name);
        execute(connection, "delete from combination_bundle where combination = ?", name);
        execute(connection, "delete from combination_site where name = ?", name);
    }

    /** Replaces the jars of a combination. */
    static void putJars(Connection connection, String combination, List<String> jars) throws SQLException {
        execute(connection, "delete from combination_bundle where combination = ?", combination);
        for (int place = 0; place < jars.size(); place++) {
            execute(
                    connection,
                    "insert into combination_bundle (combination, jar, place) values (?, ?, " + place + ")",
                    combination,
                    jars.get(place));
        }
    }

    /** Jars of a combination in their order. */
    static List<String> jars(Connection connection, String combination) throws SQLException {
        return texts(
                connection, "select jar from combination_bundle where combination = ? order by place", combination);
    }

    /** The jar that a plugin is in. */
    static Optional<String> jar(Connection connection, PluginIdentity plugin) throws SQLException {
        return texts(
                        connection,
                        "select jar from combination_jar_plugin where kind = ? and id = ? and version = ? and bundle = ? and sha256 = ?",
                        plugin.kind().name(),
                        plugin.id(),
                        plugin.version(),
                        plugin.bundle(),
                        plugin.sha256())
                .stream()
                .findFirst();
    }

    /** True if a jar brings a plugin that is needed. */
    static boolean brings(Connection connection, String jar, Predicate<PluginIdentity> needed) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select * from combination_jar_plugin where jar = ?")) {
            query.setString(1, jar);
            try (ResultSet row = query.executeQuery()) {
                boolean found = false;
                while (row.next()) {
                    found |= needed.test(identity(row));
                }
                return found;
            }
        }
    }

    /** Keeps which plugins a jar brings, also those that came up only later than the first time. */
    static void putJar(Connection connection, String sha256, BundleJar jar, List<PluginIdentity> plugins)
            throws SQLException {
        if (texts(connection, "select sha256 from combination_jar where sha256 = ?", sha256)
                .isEmpty()) {
            execute(
                    connection,
                    "insert into combination_jar (sha256, bundle, version) values (?, ?, ?)",
                    sha256,
                    jar.name(),
                    jar.version().toString());
        }
        for (PluginIdentity plugin : plugins) {
            if (brings(connection, sha256, plugin::equals)) {
                continue;
            }
            execute(
                    connection,
                    "insert into combination_jar_plugin (jar, kind, id, version, bundle, sha256) values (?, ?, ?, ?, ?, ?)",
                    sha256,
                    plugin.kind().name(),
                    plugin.id(),
                    plugin.version(),
                    plugin.bundle(),
                    plugin.sha256());
        }
    }

    private static List<String> texts(Connection connection, String sql, String... values) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            set(query, values);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    private static void execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, String... values) throws SQLException {
        for (int n = 0; n < values.length; n++) {
            statement.setString(n + 1, values[n]);
        }
    }
}
