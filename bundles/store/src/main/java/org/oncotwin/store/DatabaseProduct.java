package org.oncotwin.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What differs between databases. */
interface DatabaseProduct {

    /** Where connections come from. */
    DataSource source();

    /**
     * Called with a new connection, which is kept open: makes sure that nobody else works on the database and that what is committed is safe.
     *
     * @throws org.oncotwin.api.store.StoreException if somebody does, or it is not
     */
    void claim(Connection connection) throws SQLException;

    /** Whether the transaction that goes on has changed anything; true where that cannot be told. */
    boolean hasChanged(Connection connection) throws SQLException;

    /** Called after each commit of changes: makes it safe if the commit alone did not. */
    void secure(Connection connection) throws SQLException;

    /** Carries out a change of tables so that all or nothing of it is kept. No connection is open meanwhile but those of the change. */
    void change(Runnable change);

    /** Whether what is kept has come to be much larger, or older, than it should be. */
    boolean isToBeWrittenAnew();

    /** Writes all that is kept anew; all or nothing of it takes effect. No connection is open meanwhile. */
    void writeAnew();
}
