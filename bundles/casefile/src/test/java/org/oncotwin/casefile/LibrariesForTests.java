package org.oncotwin.casefile;

import java.nio.file.Path;
import java.util.SortedMap;
import org.oncotwin.api.pharmacokinetics.DrugLibrary;

/** Libraries of files that a test wrote. */
final class LibrariesForTests {

    private LibrariesForTests() {}

    static DrugLibrary drugs(SortedMap<String, Path> files) {
        return new DrugLibrary() {
            @Override
            public String title() {
                return "test";
            }

            @Override
            public SortedMap<String, Path> files() {
                return files;
            }
        };
    }

    static RegimenLibrary regimens(SortedMap<String, Path> files) {
        return new RegimenLibrary() {
            @Override
            public String title() {
                return "test";
            }

            @Override
            public SortedMap<String, Path> files() {
                return files;
            }
        };
    }
}
