package org.oncotwin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.store.Migration;

class EmbeddedH2Test extends DatabaseContract {

    @Override
    String newDatabase() {
        return "";
    }

    /** Statements that change tables commit at once in H2: without the copy, half of the change would be there after this crash, and the next start would fail. */
    @Tag("SR-1401")
    @Test
    void aCrashWithinAChangeOfTablesLeavesNothingOfIt() throws Exception {
        Path crashed = folder.resolve("crashed");
        try (ChildJava child = ChildJava.start(CrashWithinChange.class, crashed.toString())) {
            assertThat(child.line()).isEqualTo("half done");
            assertThat(child.exitCode()).isEqualTo(3);
        }
        assertThat(Files.exists(crashed.resolve("database/oncotwin.before-change")))
                .isTrue();
        try (OpenSite site = OpenSite.in(crashed, "")) {
            site.database()
                    .migrate(
                            "test",
                            List.of(
                                    CrashWithinChange.FIRST,
                                    new Migration(2, "half", "create table test_half (n bigint primary key);")));
            assertThat(site.database().transact(CrashWithinChange::count)).isEqualTo(1);
        }
        assertThat(Files.exists(crashed.resolve("database/oncotwin.before-change")))
                .isFalse();
    }

    @Test
    void onlyAChangeHasToBeMadeSafe() throws Exception {
        EmbeddedH2 product = new EmbeddedH2(
                new org.h2.util.OsgiDataSourceFactory(new org.h2.Driver()),
                Files.createDirectories(folder.resolve("changes")));
        try (Connection connection = product.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table test_change (n bigint primary key)");
            connection.setAutoCommit(false);
            for (String change : List.of(
                    "insert into test_change values (1)",
                    "update test_change set n = 2",
                    "delete from test_change where n = 2")) {
                statement.executeQuery("select count(*) from test_change").close();
                assertThat(product.hasChanged(connection)).isFalse();
                statement.execute(change);
                assertThat(product.hasChanged(connection)).as(change).isTrue();
                connection.commit();
                assertThat(product.hasChanged(connection)).isFalse();
            }
        }
    }

    /** H2 writes over what is older than its retention time, and loses what is newer if it is killed then. */
    @Test
    void whatIsOldIsWrittenAnewBeforeH2WritesOverIt() throws Exception {
        Path path = folder.resolve("old");
        Migration tables =
                new Migration(1, "old", "create table test_old (n bigint primary key, name varchar(20) not null);");
        Path written = path.resolve("database/oncotwin.written");
        try (OpenSite site = OpenSite.in(path, "")) {
            site.database().migrate("test", List.of(tables));
            insert(site, 1);
            Object young = fileKey(path);
            insert(site, 2);
            assertThat(fileKey(path)).isEqualTo(young);
            Files.setLastModifiedTime(written, FileTime.from(Instant.now().minus(Duration.ofDays(15))));
            insert(site, 3);
            assertThat(fileKey(path)).as("another file").isNotEqualTo(young);
            assertThat(Files.getLastModifiedTime(written).toInstant())
                    .isAfter(Instant.now().minus(Duration.ofDays(1)));
            Object fresh = fileKey(path);
            insert(site, 4);
            assertThat(fileKey(path)).isEqualTo(fresh);
        }
        try (OpenSite site = OpenSite.in(path, "")) {
            site.database().migrate("test", List.of(tables));
            List<String> names = site.database().transact(connection -> {
                List<String> found = new ArrayList<>();
                try (Statement statement = connection.createStatement();
                        var rows = statement.executeQuery("select name from test_old order by n")) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
                return found;
            });
            assertThat(names).containsExactly("it's \u00e9 1", "it's \u00e9 2", "it's \u00e9 3", "it's \u00e9 4");
        }
        try (Stream<Path> files = Files.list(path.resolve("database"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("oncotwin.mv.db", "oncotwin.written");
        }
    }

    /** Whether the file is to be written anew is no part of what was done before. */
    @Test
    void whatWasDoneIsDoneEvenIfNobodyKnowsHowOldTheFileIs() throws Exception {
        Path path = folder.resolve("unmarked");
        Migration tables =
                new Migration(1, "old", "create table test_old (n bigint primary key, name varchar(20) not null);");
        try (OpenSite site = OpenSite.in(path, "")) {
            site.database().migrate("test", List.of(tables));
            Files.delete(path.resolve("database/oncotwin.written"));
            List<String> done = new ArrayList<>();
            site.database().transact(connection -> {
                site.database().afterCommit(() -> done.add("after the transaction"));
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("insert into test_old values (1, 'kept')");
                }
            });
            assertThat(done).containsExactly("after the transaction");
            insert(site, 2);
        }
    }

    @Test
    void dataIsNotWrittenOverForAsLongAsH2CanBeTold() {
        try (OpenSite site = OpenSite.in(folder.resolve("settings"), "")) {
            List<String> settings = site.database().transact(connection -> {
                List<String> found = new ArrayList<>();
                try (Statement statement = connection.createStatement();
                        var rows = statement.executeQuery("select setting_name, setting_value from"
                                + " information_schema.settings where setting_name in ('RETENTION_TIME',"
                                + " 'MAX_COMPACT_TIME', 'info.RETENTION_TIME') order by 1")) {
                    while (rows.next()) {
                        found.add(rows.getString(1) + " " + rows.getString(2));
                    }
                }
                return found;
            });
            assertThat(settings).contains("MAX_COMPACT_TIME 0", "RETENTION_TIME " + Integer.MAX_VALUE);
        }
    }

    private static Object fileKey(Path site) throws IOException {
        return Files.readAttributes(site.resolve("database/oncotwin.mv.db"), BasicFileAttributes.class)
                .fileKey();
    }

    private static void insert(OpenSite site, int number) {
        site.database().transact(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into test_old values (?, ?)")) {
                insert.setInt(1, number);
                insert.setString(2, "it's \u00e9 " + number);
                return insert.executeUpdate();
            }
        });
    }

    /** Makes half of a change, as a crash would leave it. */
    public static final class CrashWithinChange {

        static final Migration FIRST = new Migration(
                1, "whole", "create table test_whole (n bigint primary key);\ninsert into test_whole values (1);\n");

        private CrashWithinChange() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            try (OpenSite site = OpenSite.in(folder, "")) {
                site.database().migrate("test", List.of(FIRST));
            }
            LockedSiteFolder locked = new LockedSiteFolder(folder);
            EmbeddedH2 product =
                    new EmbeddedH2(new org.h2.util.OsgiDataSourceFactory(new org.h2.Driver()), locked.path());
            product.change(() -> {
                try (Connection connection = product.source().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create table test_half (n bigint primary key)");
                    statement.execute("delete from test_whole");
                    product.secure(connection);
                    System.out.println("half done");
                    Runtime.getRuntime().halt(3);
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
        }

        static int count(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from test_whole")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
