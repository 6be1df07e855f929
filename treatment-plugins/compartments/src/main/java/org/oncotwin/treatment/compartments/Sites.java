package org.oncotwin.treatment.compartments;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.TimeFunction;

/** Concentrations in plasma, and in the tumour where the ratio of the two is known. */
abstract class Sites implements Disposition {

    private final double tumourRatio;

    Sites(double tumourRatio) {
        this.tumourRatio = tumourRatio;
    }

    /** Without any dose there is nothing anywhere. */
    static Disposition empty(double tumourRatio) {
        return new Sites(tumourRatio) {
            @Override
            TimeFunction plasma() {
                return TimeFunction.constant(0);
            }

            @Override
            public MassBalance massBalance(double day) {
                return new MassBalance(0, 0, 0);
            }
        };
    }

    abstract TimeFunction plasma();

    @Override
    public final SortedSet<String> sites() {
        return Collections.unmodifiableSortedSet(
                new TreeSet<>(tumourRatio > 0 ? List.of(PLASMA, TUMOUR) : List.of(PLASMA)));
    }

    @Override
    public final TimeFunction concentration(String site) {
        if (!sites().contains(site)) {
            throw new InvalidInputException(
                    "site",
                    "'" + site + "' is not known; known is " + String.join(", ", sites())
                            + (tumourRatio > 0
                                    ? ""
                                    : " (a drug with " + CompartmentModel.TUMOUR_RATIO.name() + " has tumour, too)"));
        }
        return site.equals(PLASMA)
                ? plasma()
                : TimeFunction.product(List.of(plasma(), TimeFunction.constant(tumourRatio)));
    }
}
