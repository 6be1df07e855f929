package org.oncotwin.treatment.immunotherapy;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.twin.TimeFunction;

/** A receptor or ligand that an antibody may bind. */
enum Checkpoint {
    /** Programmed cell death protein 1 on T cells. */
    PD1("pd1", "PD-1", EffectPort.PD1_BLOCKADE),
    /** Its ligand on tumour and myeloid cells. */
    PDL1("pdl1", "PD-L1", EffectPort.PDL1_BLOCKADE),
    /** Cytotoxic T-lymphocyte-associated protein 4 on T cells. */
    CTLA4("ctla4", "CTLA-4", EffectPort.CTLA4_BLOCKADE);

    private final String key;
    private final String title;
    private final EffectPort<TimeFunction> port;

    Checkpoint(String key, String title, EffectPort<TimeFunction> port) {
        this.key = key;
        this.title = title;
        this.port = port;
    }

    /** Its name in facts and curves. */
    String key() {
        return key;
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** The effect that blocks it. */
    EffectPort<TimeFunction> port() {
        return port;
    }

    /** The effects that block all checkpoints but some. */
    static Set<EffectPort<?>> portsWithout(Set<Checkpoint> bound) {
        return Arrays.stream(values())
                .filter(checkpoint -> !bound.contains(checkpoint))
                .map(Checkpoint::port)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The number of a drug file that says how strongly it is bound. */
    String dissociationConstant() {
        return key + "_dissociation_constant";
    }
}
