package org.oncotwin.api.store;

/**
 * Where the database of a site is.
 *
 * @param url JDBC URL of a PostgreSQL database, without a password in it; empty for a database inside the folder of the site
 * @param user account at the PostgreSQL database, or empty
 * @param passwordVariable name of the environment variable that holds its password, or empty
 * @param passwordFile absolute path of the file whose first line is its password, or empty
 */
public record DatabaseLocation(String url, String user, String passwordVariable, String passwordFile) {
    /** A database inside the folder of the site. */
    public static DatabaseLocation inFolder() {
        return new DatabaseLocation("", "", "", "");
    }
}
