package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginChoice;

/** A case that is read for a part of the plugins knows no others. */
@Tag("SR-1004")
class VisiblePluginsTest {

    private static final String ANY_VERSION = CaseFolder.EXAMPLE.replace("\"version\": \"[1,2)\",", "");

    @TempDir
    Path folder;

    private CaseFolder cases;

    @BeforeEach
    void makeImages() throws IOException {
        cases = new CaseFolder(folder);
    }

    private Case read(String json, Predicate<PluginIdentity> visible) throws IOException {
        return cases.reader.read(cases.write(json), visible);
    }

    private static Predicate<PluginIdentity> allBut(String id, String version) {
        return plugin -> !(plugin.id().equals(id) && plugin.version().equals(version));
    }

    @Test
    void caseThatNamesWhatIsVisibleIsReadAsEver() throws IOException {
        Case whole = cases.read(CaseFolder.EXAMPLE);
        assertThat(read(CaseFolder.EXAMPLE, plugin -> true).request().growth())
                .isEqualTo(whole.request().growth());
        assertThat(read(CaseFolder.EXAMPLE, allBut("gompertz", "1.0.0"))
                        .request()
                        .courses())
                .hasSize(1);
        assertThat(read(ANY_VERSION, allBut("reaction-diffusion", "2.1.0")).document())
                .isEqualTo(ANY_VERSION);
    }

    @Test
    void modelThatIsNotVisibleDoesNotExist() throws IOException {
        assertThatThrownBy(() -> read(CaseFolder.LOGISTIC, plugin -> plugin.id().equals("gompertz")))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("growth.model")
                .hasMessageContaining("gompertz");
        assertThat(read(CaseFolder.LOGISTIC, plugin -> plugin.id().equals("logistic"))
                        .caseName())
                .isEqualTo("logistic-001");
    }

    @Test
    void versionThatIsNotVisibleDoesNotExist() throws IOException {
        assertThatThrownBy(() -> read(CaseFolder.EXAMPLE, allBut("reaction-diffusion", "1.0.0")))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("growth.version")
                .hasMessageContaining("2.1.0");
    }

    @Test
    void treatmentThatIsNotVisibleDoesNotExist() {
        assertThatThrownBy(() -> read(CaseFolder.EXAMPLE, plugin -> plugin.kind() != PluginKind.TREATMENT))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("treatments[0].modality");
    }

    @Test
    void solverThatIsNotVisibleDoesNotExist() throws IOException {
        String solved = CaseFolder.EXAMPLE.replace("\"growth\": {", "\"growth\": { \"solver\": \"grid\",");
        assertThat(read(solved, plugin -> true).request().growth().solver()).isPresent();
        assertThatThrownBy(() -> read(solved, plugin -> plugin.kind() != PluginKind.SOLVER))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("growth.solver");
    }

    @Test
    void inputsMayLieElsewhereAtTheSameTime() throws IOException {
        Path file = cases.write(CaseFolder.EXAMPLE);
        Map<String, Path> inputs = Map.of(
                "tissue.nii.gz", folder.resolve("tissue.nii.gz"),
                "mask.nii.gz", folder.resolve("mask.nii.gz"),
                "u0.nii.gz", folder.resolve("u0.nii.gz"));
        assertThat(cases.reader.read(file, inputs, plugin -> true).inputs()).hasSize(3);
        assertThatThrownBy(() -> cases.reader.read(file, inputs, plugin -> false))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("growth.model");
    }

    @Test
    void catalogueOfAPartTakesTheHighestVersionInTheRange() {
        VisiblePlugins all = new VisiblePlugins(new PluginsForTests(), plugin -> true);
        assertThat(all.growthModels()).hasSize(4);
        assertThat(all.growthModel(PluginChoice.of("reaction-diffusion")).identity())
                .hasToString("reaction-diffusion 2.1.0");
        assertThat(all.growthModel(new PluginChoice("reaction-diffusion", "[1,2)"))
                        .identity())
                .hasToString("reaction-diffusion 1.0.0");
        assertThat(all.treatmentModality(PluginChoice.of("radiation-lq")).identity())
                .hasToString("radiation-lq 1.0.0");
        VisiblePlugins some = new VisiblePlugins(new PluginsForTests(), allBut("reaction-diffusion", "2.1.0"));
        assertThat(some.growthModel(PluginChoice.of("reaction-diffusion")).identity())
                .hasToString("reaction-diffusion 1.0.0");
        assertThat(some.solvers()).hasSize(1);
        VisiblePlugins none = new VisiblePlugins(new PluginsForTests(), plugin -> false);
        assertThat(none.solvers()).isEmpty();
        assertThat(none.treatmentModalities()).isEmpty();
        assertThatThrownBy(() -> some.growthModel(new PluginChoice("reaction-diffusion", "[2,3)")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("model: no 'reaction-diffusion' in the versions [2,3); there is [")
                .hasMessageContaining("reaction-diffusion 1.0.0");
        assertThatThrownBy(() -> some.growthModel(new PluginChoice("reaction-diffusion", "two")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'two' is not a version range");
    }
}
