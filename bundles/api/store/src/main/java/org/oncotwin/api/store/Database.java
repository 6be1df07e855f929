package org.oncotwin.api.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The database of the site. A service that is there once a site is open. */
@ProviderType
public interface Database {

    /**
     * Brings the tables of a module up to date: carries out the migrations that have not been, in order. To be called by a component before it uses its tables.
     *
     * @param module name of the module, which owns tables whose names begin with it
     * @throws StoreException if a migration fails, or one that was carried out has been changed since
     */
    void migrate(String module, List<Migration> migrations);

    /**
     * Carries out work on the database as one transaction: all of it is kept, and safe from a crash, when this returns, or nothing of it. Transactions are carried out one after the
     * other, also those of several threads. Within a transaction of the same thread the work becomes a part of that one.
     *
     * @return what the work returns
     * @throws StoreException if the database fails; what the work throws comes out as it is
     */
    <T> T transact(Work<T> work);

    /**
     * Has something done when the transaction of this thread has been kept, in the order of the calls; not if it is undone.
     *
     * @throws IllegalStateException outside a transaction
     */
    void afterCommit(Runnable action);

    /**
     * Work on the database.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    interface Work<T> {

        /**
         * Carries it out.
         *
         * @param connection to be used for nothing else, and not to be committed or closed
         */
        T on(Connection connection) throws SQLException;
    }
}
