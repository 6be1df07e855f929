package org.oncotwin.treatment.pbpk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Schmitt's equations by hand: what each term amounts to where others vanish. */
class TissueCompositionTest {

    private static final double PROTEIN = 0.06951;

    /** A drug that stays in water and binds to nothing fills the water of tissue: muscle is 0.85 cells of 0.7991 water and 0.177 protein (0.163 per volume of protein), and 0.15 interstitium of 0.93049 water and 0.37 of what plasma binds. */
    @Test
    void waterAlone() {
        Substance water = new Substance(1, 1, -9, List.of(), List.of());
        double byHand = 0.15 * (0.93049 + 0.37 * PROTEIN) + 0.85 * (0.7991 + 0.163 * 0.177);
        assertThat(TissueComposition.of("muscle").partition(water, PROTEIN)).isCloseTo(byHand, within(1e-6));
    }

    /** Neutral, log P 3: octanol 1000, membrane 10^(0.999831 - 0.613386 + 2.645163) = 1075.96; adipose: 0.14 interstitium, 0.86 cells. */
    @Test
    void lipophilicInFat() {
        double membrane = Math.pow(10, 0.999831 - 0.016578 * 37 + 0.881721 * 3);
        double cells = 0.02002
                + 1000 * 0.934 * 0.9361
                + membrane * 0.934 * 0.05607
                + membrane * 0.934 * 0.007859
                + (0.163 + 0.0221 * membrane) * 0.04601;
        double byHand = 0.05 * (0.14 * (0.93049 + 0.37 * (20 - 0.93049)) + 0.86 * cells);
        assertThat(TissueComposition.of("adipose").partition(new Substance(0.05, 1, 3, List.of(), List.of()), PROTEIN))
                .isCloseTo(byHand, within(1e-9 * byHand));
    }

    /** At its pKa half of a base is charged; two pH units below, 100 of 101 parts are. */
    @Test
    void formsFollowHendersonAndHasselbalch() {
        Substance base = new Substance(1, 1, 1, List.of(), List.of(8.0));
        assertThat(base.at(8).positive()).isCloseTo(0.5, within(1e-15));
        assertThat(base.at(6).positive()).isCloseTo(100.0 / 101, within(1e-12));
        Substance acid = new Substance(1, 1, 1, List.of(4.0), List.of());
        assertThat(acid.at(5).negative()).isCloseTo(10.0 / 11, within(1e-12));
        Substance both = new Substance(1, 1, 1, List.of(4.0), List.of(9.0));
        Substance.Forms forms = both.at(7);
        assertThat(forms.neutral() + forms.negative() + forms.positive() + forms.both())
                .isCloseTo(1, within(1e-12));
        assertThat(forms.both()).isGreaterThan(0.98);
    }

    /** Bases gather in cells, which are more acid than plasma and have acidic phospholipids; acids stay outside. */
    @Test
    void basesGatherInCells() {
        for (String organ : List.of("lung", "kidney", "liver", "muscle")) {
            double neutral =
                    TissueComposition.of(organ).partition(new Substance(0.2, 1, 2, List.of(), List.of()), PROTEIN);
            double base =
                    TissueComposition.of(organ).partition(new Substance(0.2, 1, 2, List.of(), List.of(9.0)), PROTEIN);
            double acid =
                    TissueComposition.of(organ).partition(new Substance(0.2, 1, 2, List.of(4.0), List.of()), PROTEIN);
            assertThat(base).as(organ).isGreaterThan(neutral);
            assertThat(acid).as(organ).isLessThan(neutral);
        }
    }
}
