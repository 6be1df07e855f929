package org.oncotwin.store;

import java.io.Reader;
import java.io.StringReader;
import org.flywaydb.core.api.resource.LoadableResource;
import org.oncotwin.api.store.Migration;

/** A migration as Flyway takes it: a script with a name that says its version. */
final class MigrationScript extends LoadableResource {

    private final String path;
    private final String name;
    private final String sql;

    MigrationScript(String module, Migration migration) {
        name = "V" + migration.version() + "__" + migration.description().replace(' ', '_') + ".sql";
        path = module + "/" + name;
        sql = migration.sql();
    }

    @Override
    public Reader read() {
        return new StringReader(sql);
    }

    @Override
    public String getAbsolutePath() {
        return path;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return path;
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return path;
    }
}
