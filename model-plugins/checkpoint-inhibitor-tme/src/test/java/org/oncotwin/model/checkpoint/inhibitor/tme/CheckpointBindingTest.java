package org.oncotwin.model.checkpoint.inhibitor.tme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.tumour.immune.CheckpointBinding;
import org.oncotwin.tumour.immune.TmeParameter;

/**
 * Binding in the synapse.
 *
 * <pre>
 * quantity                                     | reference                        | source
 * PD-1 and PD-L1, dissociation constant        | 8.2 umol/L                       | Cheng et al 2013
 * the same in a gap of 3 nm                    | 14.815 per um2                   | 8.2e-6 x 6.02214076e23 / 1e15 x 0.003
 * CTLA-4 and CD80, dissociation constant       | 0.42 umol/L                      | van der Merwe et al 1997, J Exp Med 185:393
 * CD80 and CD86 on a presenting cell           | 2000 and 43000 on 900 um2        | Jansson et al 2005, as used by Wang et al 2021
 * both over their dissociation constants       | 2.93 + 10.17 = 13.1              | from these
 * PD-1 on a T cell of 6.94 um                  | 3100 molecules: 20.5 per um2     | Cheng et al 2013, as used by Wang et al 2021
 * PD-L1 on a tumour cell of 16.9 um            | 54000 / 6 molecules: 10.0 per um2| the same, six-fold induction
 * </pre>
 */
class CheckpointBindingTest {

    private final CheckpointBinding binding = CheckpointBinding.of(20.5, 8.2, 3, 6);

    @Test
    void dissociationConstantIsTakenToTheSynapse() {
        assertThat(binding.dissociation()).isCloseTo(14.814466, within(1e-6));
    }

    /** Defaults that are said to follow from numbers of molecules do. */
    @Test
    void defaultsFollowFromMoleculesPerCell() {
        double cd80 = 2000.0 / 900 / CheckpointBinding.of(1, 0.42, 3, 1).dissociation();
        double cd86 = 43000.0 / 900 / CheckpointBinding.of(1, 2.6, 3, 1).dissociation();
        assertThat(cd80).isCloseTo(2.93, within(0.005));
        assertThat(cd86).isCloseTo(10.17, within(0.005));
        assertThat(TmeParameter.CTLA4_LIGANDS.description().defaultValue().getAsDouble())
                .isCloseTo(cd80 + cd86, within(0.2));
        assertThat(TmeParameter.PD1_DENSITY.description().defaultValue().getAsDouble())
                .isCloseTo(3100 / (Math.PI * 6.94 * 6.94), within(0.05));
        assertThat(TmeParameter.PDL1_DENSITY.description().defaultValue().getAsDouble())
                .isCloseTo(54000.0 / 6 / (Math.PI * 16.9 * 16.9), within(0.05));
        assertThat(TmeParameter.TUMOUR_CELL_VOLUME.description().defaultValue().getAsDouble())
                .isCloseTo(Math.PI / 6 * Math.pow(16.9, 3), within(0.5));
        assertThat(TmeParameter.CARRYING_CAPACITY.description().defaultValue().getAsDouble())
                .isCloseTo(Math.PI / 6 * Math.pow(20, 3), within(0.5));
    }

    /** Mass action for all four species at once: free receptors and ligands from complexes obey each dissociation constant. */
    @ParameterizedTest
    @CsvSource({"10, 0, 0", "60, 0, 0", "60, 200, 0", "60, 0, 200", "60, 5, 7", "1783, 1e4, 0.1", "1e5, 1e-3, 0"})
    void complexesAreInEquilibrium(double ligands, double x1, double x2) {
        double complexes = binding.complexes(ligands, x1, x2);
        double freeReceptors = (20.5 - complexes) / (1 + x1);
        double freeLigands = (ligands - complexes) / (1 + x2);
        assertThat(complexes).isBetween(0.0, Math.min(20.5, ligands));
        assertThat(freeReceptors * freeLigands)
                .isCloseTo(binding.dissociation() * complexes, within(1e-9 * binding.dissociation() * complexes));
    }

    @Test
    void withoutReceptorsOrLigandsThereAreNoComplexes() {
        assertThat(binding.complexes(0, 0, 0)).isZero();
        assertThat(CheckpointBinding.of(0, 8.2, 3, 6).complexes(10, 0, 0)).isZero();
        assertThat(binding.inhibition(0, 0, 0)).isZero();
    }

    @Test
    void halfInhibitionIsAtItsComplexes() {
        // c = 6 of 20.5 and L: (14.5)(L - 6) = K 6.
        double ligands = 6 + binding.dissociation() * 6 / 14.5;
        assertThat(binding.inhibition(ligands, 0, 0)).isCloseTo(0.5, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1e-3, 1, 200, 1e12})
    void occupancyIsTheLawOfMassAction(double x) {
        assertThat(CheckpointBinding.occupancy(x)).isEqualTo(x / (1 + x)).isBetween(0.0, 1.0);
    }

    @Test
    void moreAntibodyLeavesFewerComplexesUpToTheLargest() {
        double last = Double.POSITIVE_INFINITY;
        for (double x = 1e-6; x <= 1e12; x *= 10) {
            double complexes = binding.complexes(60, x, x);
            assertThat(complexes).isLessThan(last).isGreaterThan(0);
            last = complexes;
        }
        assertThat(binding.complexes(60, 1e12, 1e12)).isCloseTo(20.5 * 60 / (14.814466e24), within(1e-28));
    }
}
