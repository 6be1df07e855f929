package org.oncotwin.treatment.targeted;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Setting;

/** An alteration of a gene on which a tumour depends, as a marker of the patient names it. */
enum Alteration {
    /** Point mutation in exon 21 of EGFR that makes it active. */
    EGFR_L858R("EGFR", "L858R"),
    /** In-frame deletion in exon 19 of EGFR that makes it active. */
    EGFR_EXON_19_DELETION("EGFR", "exon-19-deletion"),
    /** Gatekeeper mutation of EGFR beside an activating one. */
    EGFR_T790M("EGFR", "T790M"),
    /** Fusion of ALK with another gene, such as EML4. */
    ALK_FUSION("ALK", "fusion"),
    /** Mutation of codon 12 of KRAS to cysteine. */
    KRAS_G12C("KRAS", "G12C"),
    /** Amplification of HER2 (ERBB2). */
    HER2_AMPLIFIED("HER2", "amplified");

    private static final String WILD_TYPE = "wild-type";

    private final String gene;
    private final String finding;

    Alteration(String gene, String finding) {
        this.gene = gene;
        this.finding = finding;
    }

    /** The key of the marker. */
    String gene() {
        return gene;
    }

    /** The finding of the marker. */
    String finding() {
        return finding;
    }

    /** The number of a drug file that says at which concentration half of the altered target is inhibited. */
    String halfInhibition() {
        return name().toLowerCase(Locale.ROOT) + "_ic50";
    }

    /**
     * What the patient's marker of a gene says.
     *
     * @return empty for a wild-type gene
     * @throws InvalidInputException listing the findings that are known, if the case gives none or another one
     */
    static Optional<Alteration> of(Setting setting, String gene) {
        String found = setting.markers().get(gene);
        if (WILD_TYPE.equals(found)) {
            return Optional.empty();
        }
        Optional<Alteration> alteration = Arrays.stream(values())
                .filter(a -> a.gene.equals(gene) && a.finding.equals(found))
                .findFirst();
        if (alteration.isEmpty()) {
            throw new InvalidInputException(
                    "patient.markers." + gene,
                    (found == null ? "missing" : "'" + found + "' is not known") + "; allowed are "
                            + String.join(", ", findings(gene)));
        }
        return alteration;
    }

    private static List<String> findings(String gene) {
        return Stream.concat(
                        Arrays.stream(values()).filter(a -> a.gene.equals(gene)).map(Alteration::finding),
                        Stream.of(WILD_TYPE))
                .sorted()
                .toList();
    }
}
