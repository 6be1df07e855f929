package org.oncotwin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FrameworkPropertiesTest {
    @Test
    void sharedPackagesHaveTheVersionsOfTheClassPath() throws Exception {
        String exports = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*org\\.osgi\\.(service|util)\\..*\\.jar"))
                .map(FrameworkPropertiesTest::exportedPackages)
                .collect(Collectors.joining(","));
        for (Map.Entry<String, String> shared : FrameworkProperties.SHARED_PACKAGES.entrySet()) {
            assertThat(exports).contains(shared.getKey() + ";version=\"" + shared.getValue() + "\"");
        }
    }

    private static String exportedPackages(String file) {
        try (JarFile jar = new JarFile(file)) {
            return String.valueOf(jar.getManifest().getMainAttributes().getValue("Export-Package"));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
