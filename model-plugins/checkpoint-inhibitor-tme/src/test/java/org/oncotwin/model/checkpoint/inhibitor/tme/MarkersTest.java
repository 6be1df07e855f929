package org.oncotwin.model.checkpoint.inhibitor.tme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.twin.State;
import org.oncotwin.tumour.immune.Markers;
import org.oncotwin.tumour.immune.TmeParameter;

class MarkersTest {

    private static final Parameters DEFAULTS = Parameters.resolve(TmeParameter.descriptions(), Map.of());

    @Test
    void withoutMarkersNothingChanges() {
        assertThat(markers(Map.of())).isEqualTo(new Markers(1, 1, 1));
        assertThat(markers(Map.of("MGMT", "methylated"))).isEqualTo(new Markers(1, 1, 1));
    }

    @Test
    void findingsAreRead() {
        assertThat(markers(Map.of("TMB", "20")).antigenicity()).isCloseTo(Math.pow(2, 0.2), within(1e-15));
        assertThat(markers(Map.of("TMB", "10")).antigenicity()).isEqualTo(1);
        assertThat(markers(Map.of("TMB", "0")).antigenicity()).isCloseTo(Math.pow(0.01, 0.2), within(1e-15));
        assertThat(markers(Map.of("MSI", "MSI-H")).antigenicity()).isEqualTo(2);
        assertThat(markers(Map.of("MSI", "MSS")).antigenicity()).isEqualTo(1);
        assertThat(markers(Map.of("PD-L1", "50 %")).ligands()).isEqualTo(1);
        assertThat(markers(Map.of("PD-L1", "50%"))).isEqualTo(markers(Map.of("PD-L1", "50")));
        assertThat(markers(Map.of("PD-L1", "0")).ligands()).isCloseTo(0.1 / 0.55, within(1e-15));
        assertThat(markers(Map.of("PD-L1", "100 %")).ligands()).isCloseTo(1 / 0.55, within(1e-15));
        assertThat(markers(Map.of("immune-phenotype", "inflamed")).infiltration())
                .isEqualTo(1);
        assertThat(markers(Map.of("immune-phenotype", "excluded")).infiltration())
                .isEqualTo(0.3);
        assertThat(markers(Map.of("immune-phenotype", "desert")).infiltration()).isEqualTo(0.05);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TMB              | high   | mutations per megabase from 0 to 1000",
                "TMB              | -3     | mutations per megabase from 0 to 1000",
                "TMB              | 1001   | mutations per megabase from 0 to 1000",
                "TMB              | NaN    | mutations per megabase from 0 to 1000",
                "MSI              | MSI    | MSI-H or MSS",
                "PD-L1            | 101 %  | 0 % to 100 %",
                "PD-L1            | strong | 0 % to 100 %",
                "immune-phenotype | cold   | inflamed, excluded or desert"
            })
    void unknownFindingsAreRefusedWithWhatIsAllowed(String marker, String finding, String allowed) {
        assertThatThrownBy(() -> Lesion.of(Map.of(), Map.of(marker, finding)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("patient.markers." + marker + ": '" + finding + "' is not allowed")
                .hasMessageContaining(allowed);
    }

    /** Research on tumour mutational burden disagrees (Goodman et al 2017 against Gurjao et al 2023): no effect is well within the prior, and switches the marker off. */
    @Test
    void mutationalBurdenMayHaveNoEffect() {
        Prior prior = TmeParameter.TMB_EXPONENT.description().prior().orElseThrow();
        assertThat(prior.kind()).isEqualTo(Prior.Kind.NORMAL);
        assertThat(Math.abs(prior.first())).isLessThan(prior.second());
        assertThat(TmeParameter.TMB_EXPONENT.description().source()).contains("Goodman", "Gurjao");
        Parameters none = Parameters.resolve(TmeParameter.descriptions(), Map.of("tmb_exponent", 0.0));
        assertThat(CheckpointInhibitorModel.markers(new TreeMap<>(Map.of("TMB", "80")), none))
                .isEqualTo(new Markers(1, 1, 1));
    }

    @Test
    void antigenicityLowersTheBurden() {
        double last = Double.POSITIVE_INFINITY;
        for (String burden : new String[] {"1", "5", "12", "40"}) {
            double treated = burdenAfter(Map.of("TMB", burden), Lesion.PD1);
            assertThat(treated).as("burden with TMB %s", burden).isLessThan(last);
            last = treated;
        }
        assertThat(burdenAfter(Map.of("MSI", "MSI-H"), Lesion.PD1))
                .isLessThan(burdenAfter(Map.of("MSI", "MSS"), Lesion.PD1));
        assertThat(burdenAfter(Map.of("MSI", "MSI-H"), Effects.none()))
                .isLessThan(burdenAfter(Map.of("MSI", "MSS"), Effects.none()));
    }

    /** PD-L1 protects the tumour, and blockade takes that away: the higher the score, the larger the untreated tumour and the gain from treatment. */
    @Test
    void ligandsProtectTheTumourUntilTheyAreBlocked() {
        double lastUntreated = 0;
        double lastGain = 0;
        for (String score : new String[] {"0 %", "10 %", "50 %", "90 %"}) {
            double untreated = burdenAfter(Map.of("PD-L1", score), Effects.none());
            double gain = untreated - burdenAfter(Map.of("PD-L1", score), Lesion.PD1);
            assertThat(untreated).as("untreated burden at %s", score).isGreaterThan(lastUntreated);
            assertThat(gain).as("gain at %s", score).isGreaterThan(lastGain);
            lastUntreated = untreated;
            lastGain = gain;
        }
    }

    @Test
    void phenotypesWithoutTCellsRespondLess() {
        double inflamed = burdenAfter(Map.of("immune-phenotype", "inflamed"), Lesion.PD1);
        double excluded = burdenAfter(Map.of("immune-phenotype", "excluded"), Lesion.PD1);
        double desert = burdenAfter(Map.of("immune-phenotype", "desert"), Lesion.PD1);
        assertThat(inflamed).isLessThan(excluded);
        assertThat(excluded).isLessThan(desert);
    }

    private static double burdenAfter(Map<String, String> markers, Effects effects) {
        Lesion lesion = Lesion.of(Map.of(), markers);
        State end = lesion.after(14, 180, effects);
        return lesion.burden(end);
    }

    private static Markers markers(Map<String, String> findings) {
        return CheckpointInhibitorModel.markers(new TreeMap<>(findings), DEFAULTS);
    }
}
