package org.oncotwin.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.store.OpenSite;
import org.oncotwin.store.PostgreSqlCluster;

class PostgreSqlAuditTrailTest extends AuditTrailContract {

    @Override
    String newDatabase() {
        return PostgreSqlCluster.required().newDatabase();
    }

    @Override
    String takeProtectionAway() {
        return "drop trigger if exists audit_entry_only_added_to on audit_entry";
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit_entry set actor = 'x'", "delete from audit_entry", "truncate audit_entry"})
    void theDatabaseItselfRefusesChanges(String sql, @TempDir Path other) throws SQLException {
        String url = newDatabase();
        try (OpenSite site = OpenSite.in(other.resolve("site"), url)) {
            new ChainedAuditTrail(site.database(), site.folder()).append(new AuditEvent("a", "b", "c", "", "", ""));
            try (Connection connection =
                            DriverManager.getConnection(url, PostgreSqlCluster.USER, PostgreSqlCluster.PASSWORD);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("audit_entry is only added to");
            }
        }
    }
}
