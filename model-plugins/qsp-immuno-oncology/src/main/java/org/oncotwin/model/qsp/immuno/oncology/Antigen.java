package org.oncotwin.model.qsp.immuno.oncology;

import org.oncotwin.api.plugin.Parameters;

/**
 * Self antigens or neoantigens.
 *
 * @param free where free antigen stands in the state; that in endosomes and its epitope follow
 * @param endosomal where complexes with its epitope on endosomes stand
 * @param surface where those on the surface stand
 * @param release antigen per dying cancer cell of all clones, in nmol/L
 * @param dissociation dissociation of epitopes from complexes, in 1/d
 */
record Antigen(int free, int endosomal, int surface, double release, double dissociation) {

    static Antigen self(Parameters p) {
        return new Antigen(
                Species.SELF_ANTIGEN.ordinal(),
                Species.ENDOSOMAL_SELF_MHC.ordinal(),
                Species.SURFACE_SELF_MHC.ordinal(),
                QspParameter.SELF_ANTIGEN_RELEASE.of(p) * QspParameter.REGULATORY_CLONES.of(p),
                QspParameter.SELF_EPITOPE_DISSOCIATION.of(p) * QspParameter.EPITOPE_BINDING.of(p));
    }

    static Antigen neo(Parameters p) {
        return new Antigen(
                Species.NEO_ANTIGEN.ordinal(),
                Species.ENDOSOMAL_NEO_MHC.ordinal(),
                Species.SURFACE_NEO_MHC.ordinal(),
                QspParameter.NEOANTIGEN_RELEASE.of(p) * QspParameter.EFFECTOR_CLONES.of(p),
                QspParameter.NEOEPITOPE_DISSOCIATION.of(p) * QspParameter.EPITOPE_BINDING.of(p));
    }

    int inEndosomes() {
        return free + 1;
    }

    int epitope() {
        return free + 2;
    }
}
