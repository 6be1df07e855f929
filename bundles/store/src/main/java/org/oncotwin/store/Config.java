package org.oncotwin.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where a site keeps things. */
@ObjectClassDefinition(
        name = "OncoTwin site",
        description = "Where a site keeps twins, runs, evidence, accounts and the audit trail")
@interface Config {

    /** Name of the configuration. */
    String PID = "org.oncotwin.store";

    /** Target of the driver of the embedded database. */
    String EMBEDDED_DRIVER = "(osgi.jdbc.driver.class=org.h2.Driver)";

    /** Folder of the site. */
    @AttributeDefinition(
            name = "Folder",
            description =
                    "Absolute path of the folder of the site; it is made if it is not there. Only its owner may enter it.")
    String folder();

    /** JDBC URL, or empty. */
    @AttributeDefinition(
            name = "Database",
            description =
                    "JDBC URL of a PostgreSQL database such as jdbc:postgresql://host/oncotwin, without a password in it; empty for a database inside the folder",
            required = false)
    String url() default "";

    /** Driver of the database. */
    @AttributeDefinition(
            name = "Driver of the database",
            description =
                    "Which driver: (osgi.jdbc.driver.class=org.h2.Driver) for the database inside the folder, (osgi.jdbc.driver.class=org.postgresql.Driver) for PostgreSQL",
            required = false)
    String driver_target() default EMBEDDED_DRIVER;

    /** Account at the database. */
    @AttributeDefinition(
            name = "User",
            description = "Account at the PostgreSQL database; empty for the database inside the folder",
            required = false)
    String user() default "";

    /** Environment variable with the password. */
    @AttributeDefinition(
            name = "Environment variable of the password",
            description = "Name of the environment variable that holds the password of the account",
            required = false)
    String passwordEnvironment() default "";

    /** File with the password. */
    @AttributeDefinition(
            name = "File of the password",
            description = "Absolute path of the file whose first line is the password of the account",
            required = false)
    String passwordFile() default "";
}
