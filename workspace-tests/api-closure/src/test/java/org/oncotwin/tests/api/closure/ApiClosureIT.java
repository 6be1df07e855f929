package org.oncotwin.tests.api.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The resolver has run before this; here its result is compared with the contracts that exist. */
@Tag("SR-701")
class ApiClosureIT {
    private static final Pattern RESOLVED = Pattern.compile("(org\\.oncotwin\\.[a-z.]+);version=");

    @Test
    void everyContractIsGuardedAndNothingElseWasNeeded() throws Exception {
        Set<String> contracts;
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("contracts")))) {
            contracts = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> "org.oncotwin.api." + folder.getFileName())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> resolved = new TreeSet<>();
        Matcher bundle = RESOLVED.matcher(Files.readString(Path.of(System.getProperty("resolved"))));
        while (bundle.find()) {
            resolved.add(bundle.group(1));
        }
        assertThat(contracts).isNotEmpty();
        assertThat(resolved)
                .as("bundles/api/dependency-check.bndrun requires every contract, and resolves with them alone")
                .isEqualTo(contracts);
    }
}
