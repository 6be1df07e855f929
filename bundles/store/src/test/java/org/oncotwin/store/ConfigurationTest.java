package org.oncotwin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.h2.util.OsgiDataSourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.store.StoreException;
import org.postgresql.osgi.PGDataSourceFactory;

class ConfigurationTest {

    @TempDir
    Path folder;

    /** A configuration as the component runtime makes it: values that are given, defaults for the others. */
    private static Config configuration(Map<String, String> values) {
        return (Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> method.getDeclaringClass() == Annotation.class
                        ? Config.class
                        : values.getOrDefault(method.getName(), (String) method.getDefaultValue()));
    }

    private SqlDatabase open(Map<String, String> values) {
        boolean server = values.containsKey("url");
        return new SqlDatabase(
                () -> folder,
                server ? new PGDataSourceFactory() : new OsgiDataSourceFactory(new org.h2.Driver()),
                configuration(values));
    }

    @Test
    void aFolderIsEnough() {
        SqlDatabase database = open(Map.of("folder", folder.toString()));
        assertThat(database.<String>transact(
                        connection -> connection.getMetaData().getDatabaseProductName()))
                .isEqualTo("H2");
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "relative/folder"})
    void theFolderIsAnAbsolutePath(String text) {
        assertThatThrownBy(() -> new LockedSiteFolder(configuration(Map.of("folder", text))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("absolute path");
    }

    @Test
    void thePasswordOfPostgreSqlComesFromAFile() throws Exception {
        String url = PostgreSqlCluster.required().newDatabase();
        Path file = Files.writeString(folder.resolve("password"), PostgreSqlCluster.PASSWORD + "\n");
        Map<String, String> values =
                Map.of("url", url, "user", PostgreSqlCluster.USER, "passwordFile", file.toString());
        SqlDatabase database = open(values);
        assertThat(database.<String>transact(
                        connection -> connection.getMetaData().getDatabaseProductName()))
                .isEqualTo("PostgreSQL");
        database.close();
        Files.writeString(file, "wrong-password\n");
        assertThatThrownBy(() -> open(values))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("28P01")
                .hasMessageNotContaining("wrong-password");
        Files.writeString(file, "");
        assertThatThrownBy(() -> open(values))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() {
        assertThatThrownBy(() ->
                        open(Map.of("url", "jdbc:postgresql:x", "passwordEnvironment", "ONCOTWIN_NO_SUCH_VARIABLE")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("ONCOTWIN_NO_SUCH_VARIABLE");
        assertThatThrownBy(() ->
                        open(Map.of("url", "jdbc:postgresql:x", "passwordEnvironment", "A", "passwordFile", "/b")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("both");
        assertThatThrownBy(() -> open(Map.of("url", "jdbc:mysql://host/x")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("jdbc:postgresql:");
    }
}
