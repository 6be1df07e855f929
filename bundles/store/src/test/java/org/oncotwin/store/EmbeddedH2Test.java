package org.oncotwin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
