package org.oncotwin.study;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.oncotwin.store.PostgreSqlCluster;

/** Studies in the other database. */
class SiteStudiesOnPostgreSqlTest extends SiteStudiesTest {

    @Override
    Connection database() throws SQLException {
        return DriverManager.getConnection(
                PostgreSqlCluster.required().newDatabase(), PostgreSqlCluster.USER, PostgreSqlCluster.PASSWORD);
    }
}
