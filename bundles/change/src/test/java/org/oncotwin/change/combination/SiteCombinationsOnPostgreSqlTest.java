package org.oncotwin.change.combination;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.oncotwin.store.PostgreSqlCluster;

/** Combinations in the other database. */
class SiteCombinationsOnPostgreSqlTest extends SiteCombinationsTest {

    @Override
    Connection database() throws SQLException {
        return DriverManager.getConnection(
                PostgreSqlCluster.required().newDatabase(), PostgreSqlCluster.USER, PostgreSqlCluster.PASSWORD);
    }
}
