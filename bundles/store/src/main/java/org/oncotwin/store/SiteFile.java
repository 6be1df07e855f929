package org.oncotwin.store;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.oncotwin.api.store.DatabaseLocation;

/** The file that makes a folder a site: it says where the database is. */
final class SiteFile {

    static final String NAME = "site.properties";

    private static final String URL = "database.url";
    private static final String USER = "database.user";
    private static final String PASSWORD_VARIABLE = "database.password.variable";
    private static final String PASSWORD_FILE = "database.password.file";

    private SiteFile() {}

    static boolean in(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    static DatabaseLocation read(Path folder) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(NAME))) {
            properties.load(reader);
        }
        return new DatabaseLocation(
                properties.getProperty(URL, ""),
                properties.getProperty(USER, ""),
                properties.getProperty(PASSWORD_VARIABLE, ""),
                properties.getProperty(PASSWORD_FILE, ""));
    }

    /** There whole or not at all when this returns, also after a crash. */
    static void write(Path folder, DatabaseLocation location) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(URL, location.url());
        properties.setProperty(USER, location.user());
        properties.setProperty(PASSWORD_VARIABLE, location.passwordVariable());
        properties.setProperty(PASSWORD_FILE, location.passwordFile());
        Path part = folder.resolve(NAME + ".part");
        try (Writer writer = Files.newBufferedWriter(part)) {
            properties.store(writer, "Makes this folder a site of OncoTwin; an empty URL means the database in it.");
        }
        DurableFiles.force(part);
        DurableFiles.rename(part, folder.resolve(NAME));
    }
}
