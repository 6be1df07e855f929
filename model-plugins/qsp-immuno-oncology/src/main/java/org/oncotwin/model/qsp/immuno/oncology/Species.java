package org.oncotwin.model.qsp.immuno.oncology;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;

/** What the model keeps, in the order in which it is solved and written. */
enum Species {
    /** Cancer cells in the tumour. */
    CANCER("qsp.cancer-cells", Kind.CELLS, "Cancer cells in the tumour"),
    /** Dead cancer cells in the tumour that are not cleared yet. */
    DEAD("qsp.dead-cancer-cells", Kind.CELLS, "Dead cancer cells in the tumour that are not cleared yet"),
    /** Dead and exhausted T cells in the tumour that are not cleared yet. */
    EXHAUSTED("qsp.exhausted-t-cells", Kind.CELLS, "Dead and exhausted T cells in the tumour that are not cleared yet"),
    /** Naive effector T cells of one clone in blood. */
    CENTRAL_NAIVE_EFFECTOR(
            "qsp.central-naive-effector-cells", Kind.CELLS, "Naive effector T cells of one clone in blood"),
    /** Naive effector T cells of one clone in the periphery. */
    PERIPHERAL_NAIVE_EFFECTOR(
            "qsp.peripheral-naive-effector-cells", Kind.CELLS, "Naive effector T cells of one clone in the periphery"),
    /** Naive effector T cells of one clone in the lymph nodes. */
    NODAL_NAIVE_EFFECTOR(
            "qsp.lymph-node-naive-effector-cells",
            Kind.CELLS,
            "Naive effector T cells of one clone in the lymph nodes"),
    /** Activated, dividing effector T cells in the lymph nodes. */
    ACTIVATED_EFFECTOR(
            "qsp.activated-effector-cells", Kind.CELLS, "Activated, dividing effector T cells in the lymph nodes"),
    /** Mature effector T cells in the lymph nodes. */
    NODAL_EFFECTOR("qsp.lymph-node-effector-cells", Kind.CELLS, "Mature effector T cells in the lymph nodes"),
    /** Mature effector T cells in blood. */
    CENTRAL_EFFECTOR("qsp.central-effector-cells", Kind.CELLS, "Mature effector T cells in blood"),
    /** Mature effector T cells in the periphery. */
    PERIPHERAL_EFFECTOR("qsp.peripheral-effector-cells", Kind.CELLS, "Mature effector T cells in the periphery"),
    /** Mature effector T cells in the tumour. */
    TUMOUR_EFFECTOR("qsp.tumour-effector-cells", Kind.CELLS, "Mature effector T cells in the tumour"),
    /** Naive regulatory T cells of one clone in blood. */
    CENTRAL_NAIVE_REGULATORY(
            "qsp.central-naive-regulatory-cells", Kind.CELLS, "Naive regulatory T cells of one clone in blood"),
    /** Naive regulatory T cells of one clone in the periphery. */
    PERIPHERAL_NAIVE_REGULATORY(
            "qsp.peripheral-naive-regulatory-cells",
            Kind.CELLS,
            "Naive regulatory T cells of one clone in the periphery"),
    /** Naive regulatory T cells of one clone in the lymph nodes. */
    NODAL_NAIVE_REGULATORY(
            "qsp.lymph-node-naive-regulatory-cells",
            Kind.CELLS,
            "Naive regulatory T cells of one clone in the lymph nodes"),
    /** Activated, dividing regulatory T cells in the lymph nodes. */
    ACTIVATED_REGULATORY(
            "qsp.activated-regulatory-cells", Kind.CELLS, "Activated, dividing regulatory T cells in the lymph nodes"),
    /** Mature regulatory T cells in the lymph nodes. */
    NODAL_REGULATORY("qsp.lymph-node-regulatory-cells", Kind.CELLS, "Mature regulatory T cells in the lymph nodes"),
    /** Mature regulatory T cells in blood. */
    CENTRAL_REGULATORY("qsp.central-regulatory-cells", Kind.CELLS, "Mature regulatory T cells in blood"),
    /** Mature regulatory T cells in the periphery. */
    PERIPHERAL_REGULATORY("qsp.peripheral-regulatory-cells", Kind.CELLS, "Mature regulatory T cells in the periphery"),
    /** Mature regulatory T cells in the tumour. */
    TUMOUR_REGULATORY("qsp.tumour-regulatory-cells", Kind.CELLS, "Mature regulatory T cells in the tumour"),
    /** Interleukin-2 in the lymph nodes. */
    INTERLEUKIN("qsp.interleukin-2", Kind.NANOMOLAR, "Interleukin-2 in the lymph nodes"),
    /** Immature antigen-presenting cells in the tumour. */
    TUMOUR_APC("qsp.tumour-antigen-presenting-cells", Kind.CELLS, "Immature antigen-presenting cells in the tumour"),
    /** Mature antigen-presenting cells in the tumour. */
    TUMOUR_MATURE_APC(
            "qsp.tumour-mature-antigen-presenting-cells", Kind.CELLS, "Mature antigen-presenting cells in the tumour"),
    /** Immature antigen-presenting cells in the lymph nodes. */
    NODAL_APC(
            "qsp.lymph-node-antigen-presenting-cells",
            Kind.CELLS,
            "Immature antigen-presenting cells in the lymph nodes"),
    /** Mature antigen-presenting cells in the lymph nodes. */
    NODAL_MATURE_APC(
            "qsp.lymph-node-mature-antigen-presenting-cells",
            Kind.CELLS,
            "Mature antigen-presenting cells in the lymph nodes"),
    /** Cytokine in the tumour that makes antigen-presenting cells mature. */
    CYTOKINE(
            "qsp.maturation-cytokine",
            Kind.NANOMOLAR,
            "Cytokine in the tumour that makes antigen-presenting cells mature"),
    /** Free self antigen in the tumour, in the scale of the platform. */
    SELF_ANTIGEN("qsp.self-antigen", Kind.NANOMOLAR, "Free self antigen in the tumour, in the scale of the platform"),
    /** Self antigen in the endosomes of antigen-presenting cells. */
    ENDOSOMAL_SELF_ANTIGEN(
            "qsp.endosomal-self-antigen", Kind.NANOMOLAR, "Self antigen in the endosomes of antigen-presenting cells"),
    /** Self epitope in the endosomes of antigen-presenting cells. */
    SELF_EPITOPE("qsp.self-epitope", Kind.NANOMOLAR, "Self epitope in the endosomes of antigen-presenting cells"),
    /** Free neoantigen in the tumour, in the scale of the platform. */
    NEO_ANTIGEN("qsp.neoantigen", Kind.NANOMOLAR, "Free neoantigen in the tumour, in the scale of the platform"),
    /** Neoantigen in the endosomes of antigen-presenting cells. */
    ENDOSOMAL_NEO_ANTIGEN(
            "qsp.endosomal-neoantigen", Kind.NANOMOLAR, "Neoantigen in the endosomes of antigen-presenting cells"),
    /** Neoepitope in the endosomes of antigen-presenting cells. */
    NEO_EPITOPE("qsp.neoepitope", Kind.NANOMOLAR, "Neoepitope in the endosomes of antigen-presenting cells"),
    /** Empty major histocompatibility complexes on endosomes. */
    ENDOSOMAL_MHC("qsp.endosomal-mhc", Kind.SURFACE, "Empty major histocompatibility complexes on endosomes"),
    /** Major histocompatibility complexes with self epitope on endosomes. */
    ENDOSOMAL_SELF_MHC(
            "qsp.endosomal-self-epitope-mhc",
            Kind.SURFACE,
            "Major histocompatibility complexes with self epitope on endosomes"),
    /** Major histocompatibility complexes with neoepitope on endosomes. */
    ENDOSOMAL_NEO_MHC(
            "qsp.endosomal-neoepitope-mhc",
            Kind.SURFACE,
            "Major histocompatibility complexes with neoepitope on endosomes"),
    /** Empty major histocompatibility complexes on the surface of antigen-presenting cells. */
    SURFACE_MHC(
            "qsp.surface-mhc",
            Kind.SURFACE,
            "Empty major histocompatibility complexes on the surface of antigen-presenting cells"),
    /** Major histocompatibility complexes with self epitope on the surface of antigen-presenting cells. */
    SURFACE_SELF_MHC(
            "qsp.surface-self-epitope-mhc",
            Kind.SURFACE,
            "Major histocompatibility complexes with self epitope on the surface of antigen-presenting cells"),
    /** Major histocompatibility complexes with neoepitope on the surface of antigen-presenting cells. */
    SURFACE_NEO_MHC(
            "qsp.surface-neoepitope-mhc",
            Kind.SURFACE,
            "Major histocompatibility complexes with neoepitope on the surface of antigen-presenting cells"),
    /** Complexes of PD-1 and PD-L1 in the synapse of effector T cell and cancer cell. */
    PD1_PDL1(
            "qsp.pd1-pdl1",
            Kind.SYNAPSE,
            "Complexes of PD-1 and PD-L1 in the synapse of effector T cell and cancer cell"),
    /** Complexes of PD-1 and PD-L2 in that synapse. */
    PD1_PDL2("qsp.pd1-pdl2", Kind.SYNAPSE, "Complexes of PD-1 and PD-L2 in that synapse"),
    /** PD-1 with antibody that holds one PD-1. */
    PD1_ANTIBODY("qsp.pd1-antibody", Kind.SYNAPSE, "PD-1 with antibody that holds one PD-1"),
    /** Antibody that holds two PD-1. */
    PD1_ANTIBODY_PD1("qsp.pd1-antibody-pd1", Kind.SYNAPSE, "Antibody that holds two PD-1"),
    /** PD-L1 with antibody that holds one PD-L1. */
    PDL1_ANTIBODY("qsp.pdl1-antibody", Kind.SYNAPSE, "PD-L1 with antibody that holds one PD-L1"),
    /** Antibody that holds two PD-L1. */
    PDL1_ANTIBODY_PDL1("qsp.pdl1-antibody-pdl1", Kind.SYNAPSE, "Antibody that holds two PD-L1");

    /** Unit, upper end of the range and what cannot be seen of it, to which the absolute tolerance is relative. */
    private enum Kind {
        CELLS("{cells}", 1e25, 1),
        NANOMOLAR("nmol/L", 1e20, 1e-9),
        SURFACE("/um2", 1e8, 1e-6),
        SYNAPSE("/um2", 1e8, 0.1);

        private final String unit;
        private final double maximum;
        private final double scale;

        Kind(String unit, double maximum, double scale) {
            this.unit = unit;
            this.maximum = maximum;
            this.scale = scale;
        }
    }

    /** How many there are. */
    static final int COUNT = values().length;

    private final Kind kind;
    private final Quantity quantity;

    Species(String name, Kind kind, String description) {
        this.kind = kind;
        this.quantity = new Quantity(name, kind.unit, QuantityKind.SCALAR, 0, kind.maximum, description);
    }

    Quantity quantity() {
        return quantity;
    }

    /** What cannot be seen of it, in its unit. */
    double scale() {
        return kind.scale;
    }

    static List<Quantity> quantities() {
        return Arrays.stream(values()).map(Species::quantity).toList();
    }
}
