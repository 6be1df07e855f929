package org.oncotwin.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static final List<ParameterDescription> DESCRIPTIONS = List.of(
            ParameterDescription.required("diffusion", "mm2/d", 0, 10, "d", "s").byTissue(),
            ParameterDescription.required("proliferation", "/d", Double.MIN_VALUE, Double.POSITIVE_INFINITY, "p", "s"),
            ParameterDescription.optional("carrying_capacity", "1", 1, Double.MIN_VALUE, 1, "k", "s"));

    private static Parameters resolve(Map<String, Double> given) {
        return Parameters.resolve(DESCRIPTIONS, given);
    }

    @Test
    void defaultsFillWhatIsNotGiven() {
        Parameters p = resolve(Map.of("diffusion", 0.1, "proliferation", 0.05));
        assertThat(p.value("carrying_capacity")).isEqualTo(1);
        assertThat(p.value("diffusion", "white")).isEqualTo(0.1);
        assertThat(p.isPerTissue("diffusion")).isFalse();
    }

    @Test
    void valuesPerTissueClass() {
        Parameters p = resolve(Map.of("diffusion.white", 0.1, "diffusion.grey", 0.02, "proliferation", 0.05));
        assertThat(p.tissues("diffusion")).containsExactly("grey", "white");
        assertThat(p.value("diffusion", "grey")).isEqualTo(0.02);
        assertThat(p.isPerTissue("diffusion")).isTrue();
        assertThatThrownBy(() -> p.value("diffusion")).hasMessageContaining("not one per tissue class");
        assertThatThrownBy(() -> p.value("diffusion", "csf"))
                .hasMessageContaining("'csf'")
                .hasMessageContaining("[grey, white]");
    }

    @Test
    void everyMistakeNamesTheParameterAndWhatIsAllowed() {
        assertThatThrownBy(() -> resolve(Map.of("proliferation", 0.05)))
                .hasMessage("diffusion: missing; it has no default and must be given in mm2/d");
        assertThatThrownBy(() -> resolve(Map.of("diffusion", 11.0, "proliferation", 0.05)))
                .hasMessage("diffusion: 11.0 mm2/d is not allowed; allowed is 0 to 10 mm2/d");
        assertThatThrownBy(() -> resolve(Map.of("diffusion", 1.0, "proliferation", 0.0)))
                .hasMessage("proliferation: 0.0 /d is not allowed; allowed is above 0 /d");
        assertThatThrownBy(() -> resolve(Map.of("diffusion", Double.NaN, "proliferation", 0.1)))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> resolve(Map.of("diffusion", 1.0, "proliferation", 0.1, "rho", 1.0)))
                .hasMessage("rho: unknown parameter; known are [diffusion, proliferation, carrying_capacity]");
        assertThatThrownBy(
                        () -> resolve(Map.of("diffusion", 1.0, "proliferation", 0.1, "carrying_capacity.white", 1.0)))
                .hasMessageContaining("carrying_capacity is one value");
        assertThatThrownBy(() -> resolve(Map.of("diffusion", 1.0, "diffusion.white", 1.0, "proliferation", 0.1)))
                .hasMessageContaining("not both");
    }

    @Test
    void errorsMoveOutwards() {
        InvalidInputException e = new InvalidInputException("diffusion", "bad")
                .within("parameters")
                .within("growth");
        assertThat(e.field()).isEqualTo("growth.parameters.diffusion");
        assertThat(e).hasMessage("growth.parameters.diffusion: bad");
        assertThat(new InvalidInputException("", "bad").within("growth").field())
                .isEqualTo("growth");
        assertThat(new InvalidInputException("[2].days", "bad")
                        .within("treatments")
                        .field())
                .isEqualTo("treatments[2].days");
    }

    @Test
    void descriptionsContradictingThemselvesAreRefused() {
        assertThatThrownBy(() -> ParameterDescription.optional("a", "1", 2, 0, 1, "", ""))
                .hasMessageContaining("default");
        assertThatThrownBy(() -> ParameterDescription.required("aB", "1", 0, 1, "", ""))
                .hasMessageContaining("'aB'");
        assertThatThrownBy(() -> Prior.logNormal(-1, 1)).hasMessageContaining("LOG_NORMAL");
        assertThatThrownBy(() -> new PluginDescription("Bad Id", "", "", List.of(), List.of(), List.of()))
                .hasMessageContaining("'Bad Id'");
    }
}
