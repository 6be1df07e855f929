package org.oncotwin.store;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;

/** Migrations of a module, carried out by Flyway, which remembers them in a table {@code <module>_migration}. They are handed to it as they are; it searches no class path and reads no files. */
final class Migrations {

    private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern DESCRIPTION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ,.-]{0,99}");

    private final DataSource source;

    Migrations(DataSource source) {
        this.source = source;
    }

    /**
     * Compares migrations with what was carried out.
     *
     * @return true if some are to be carried out
     * @throws StoreException if one that was carried out has been changed since, or is not known here
     */
    boolean pending(String module, List<Migration> wanted) {
        check(module, wanted);
        Flyway flyway = flyway(module, wanted);
        try {
            if (flyway.info().pending().length > 0) {
                return true;
            }
            flyway.validate();
            return false;
        } catch (FlywayException failure) {
            throw refused(module, failure);
        }
    }

    void carryOut(String module, List<Migration> wanted) {
        try {
            flyway(module, wanted).migrate();
        } catch (FlywayException failure) {
            throw refused(module, failure);
        }
    }

    private static StoreException refused(String module, FlywayException failure) {
        return new StoreException(
                "the tables of module " + module + " cannot be brought up to date: " + failure.getMessage(), failure);
    }

    private static void check(String module, List<Migration> wanted) {
        if (!MODULE.matcher(module).matches()) {
            throw new IllegalArgumentException(
                    "module is '" + module + "', allowed are up to 40 of a-z, 0-9 and _, a letter first");
        }
        int before = 0;
        for (Migration migration : wanted) {
            if (migration.version() <= before) {
                throw new IllegalArgumentException("version of a migration of module " + module + " is "
                        + migration.version() + ", allowed is more than " + before);
            }
            if (!DESCRIPTION.matcher(migration.description()).matches()) {
                throw new IllegalArgumentException("description of migration " + migration.version() + " of module "
                        + module + " is '" + migration.description()
                        + "', allowed are up to 100 letters, digits, blanks and any of , . -");
            }
            before = migration.version();
        }
    }

    private Flyway flyway(String module, List<Migration> wanted) {
        return new FluentConfiguration(Migrations.class.getClassLoader())
                .dataSource(source)
                .table(module + "_migration")
                .loggers(SilentLog.class.getName())
                .locations(new String[0])
                .resourceProvider(new Scripts(module, wanted))
                .javaMigrationClassProvider(List::of)
                // Tables of other modules are there already: begin before the first migration of this one.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // A migration that was carried out and is unknown here comes from a later release: refused.
                .ignoreMigrationPatterns(new String[0])
                .placeholderReplacement(false)
                .skipDefaultCallbacks(true)
                .createSchemas(false)
                .load();
    }

    /** The migrations of a module as files that are none. */
    private record Scripts(String module, List<Migration> migrations) implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            return migrations.stream()
                    .<LoadableResource>map(migration -> new MigrationScript(module, migration))
                    .filter(script -> script.getFilename().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return migrations.stream()
                    .<LoadableResource>map(migration -> new MigrationScript(module, migration))
                    .filter(script -> script.getFilename().startsWith(prefix)
                            && List.of(suffixes).contains(".sql"))
                    .toList();
        }
    }
}
