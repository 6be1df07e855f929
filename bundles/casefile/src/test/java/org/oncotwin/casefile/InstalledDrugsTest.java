package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugLibrary;
import org.oncotwin.api.plugin.InvalidInputException;

/** The libraries that are there, as lists. */
@Tag("SR-1601")
class InstalledDrugsTest {

    @TempDir
    Path folder;

    private final InstalledDrugs catalogue = new InstalledDrugs(new UnitsForTests());

    private SortedMap<String, Path> file(String id, String content) throws IOException {
        return new TreeMap<>(java.util.Map.of(id, Files.writeString(folder.resolve(id + ".json"), content)));
    }

    @Test
    void drugsAreFoundByEveryNameAndGoWithTheirLibrary() throws IOException {
        DrugLibrary one = LibrariesForTests.drugs(file(
                "b-drug", "{ \"drug\": \"b-drug\", \"title\": \"B\", \"synonyms\": [\"BD-1\"], \"sections\": {} }"));
        DrugLibrary two =
                LibrariesForTests.drugs(file("a-drug", "{ \"drug\": \"a-drug\", \"title\": \"A\", \"sections\": {} }"));
        catalogue.bindDrugLibrary(one);
        catalogue.bindDrugLibrary(two);
        assertThat(catalogue.drugs()).extracting(Drug::id).containsExactly("a-drug", "b-drug");
        assertThat(List.of(catalogue.drug("bd-1"), catalogue.drug("B-Drug")))
                .containsOnly(catalogue.drugs().get(1));
        assertThatThrownBy(() -> catalogue.drug("c-drug"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "DRUG: no drug 'c-drug' in the library; did you mean 'a-drug'? known are a-drug, b-drug");
        catalogue.unbindDrugLibrary(one);
        assertThat(catalogue.drugs()).extracting(Drug::id).containsExactly("a-drug");
    }

    @Test
    void whatIsWrongWithAFileOfALibraryIsSaidWithItsPlace() throws IOException {
        catalogue.bindDrugLibrary(
                LibrariesForTests.drugs(file("a-drug", "{ \"drug\": \"a-drug\", \"sections\": {} }")));
        assertThatThrownBy(catalogue::drugs)
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("drug-library/a-drug.json.title: missing");
        RegimenLibrary bad = LibrariesForTests.regimens(file("r", "{ \"regimen\": \"r\" }"));
        catalogue.bindRegimenLibrary(bad);
        assertThatThrownBy(catalogue::regimens).hasMessageContaining("regimen-library/r.json.title: missing");
        catalogue.unbindRegimenLibrary(bad);
        assertThat(catalogue.regimens()).isEmpty();
        assertThatThrownBy(() -> catalogue.regimen("r")).hasMessageContaining("REGIMEN: no regimen 'r'");
    }
}
