package org.oncotwin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.store.StoreException;
import org.postgresql.osgi.PGDataSourceFactory;

class PostgreSqlTest extends DatabaseContract {

    @Override
    String newDatabase() {
        return PostgreSqlCluster.required().newDatabase();
    }

    @Tag("SR-1404")
    @Test
    void refusesADatabaseThatAnotherSiteFolderHasOpen() {
        String url = newDatabase();
        try (OpenSite first = OpenSite.in(folder.resolve("first"), url)) {
            assertThat(first.database().transact(PostgreSqlTest::backend)).isPositive();
            assertThatThrownBy(() -> OpenSite.in(folder.resolve("second"), url))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("open in another process");
        }
        OpenSite.in(folder.resolve("second"), url).close();
    }

    @Test
    void connectsAgainWhenTheServerEndedTheConnection() throws SQLException {
        String url = newDatabase();
        try (OpenSite site = OpenSite.in(folder.resolve("lost"), url)) {
            int process = site.database().transact(PostgreSqlTest::backend);
            try (Connection other =
                            DriverManager.getConnection(url, PostgreSqlCluster.USER, PostgreSqlCluster.PASSWORD);
                    Statement statement = other.createStatement()) {
                statement.execute("select pg_terminate_backend(" + process + ", 10000)");
            }
            assertThatThrownBy(() -> site.database().transact(PostgreSqlTest::backend))
                    .isInstanceOf(StoreException.class);
            assertThat(site.database().transact(PostgreSqlTest::backend)).isNotEqualTo(process);
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void refusesAPasswordInTheUrl() {
        assertThatThrownBy(() -> new PostgreSql(
                        new PGDataSourceFactory(), "jdbc:postgresql://host/site?user=a&password=secret", "", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("contains a password")
                .hasMessageNotContaining("secret");
    }
}
