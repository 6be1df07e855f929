package org.oncotwin.tumour.immune;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.Prior;

/** The parameters of the model. Where a source is an assumption it says so. */
public enum TmeParameter {
    /** Proliferation rate a of a tumour much smaller than the carrying capacity. */
    PROLIFERATION(
            "proliferation",
            "/d",
            0.012,
            0,
            10,
            Prior.logNormal(0.012, 0.7),
            "Proliferation rate a of a tumour much smaller than the carrying capacity",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.012 /d. The prior spans doubling times of 15 to 230 d"),
    /** Carrying capacity K: volume of the lesion, with dying cells and infiltrate, at which growth stops. */
    CARRYING_CAPACITY(
            "carrying_capacity",
            "cm3",
            4189,
            1e-9,
            100000.0,
            Prior.logNormal(4189, 0.7),
            "Carrying capacity K: volume of the lesion, with dying cells and infiltrate, at which growth stops",
            "Sove et al 2020 (QSP-IO), parameters of example 1: largest diameter of 20 cm, as a sphere"),
    /** Volume of the lesion per tumour cell, by which cells and cm3 are converted. */
    TUMOUR_CELL_VOLUME(
            "tumour_cell_volume",
            "um3",
            2527,
            100,
            100000.0,
            Prior.logNormal(2527, 0.3),
            "Volume of the lesion per tumour cell, by which cells and cm3 are converted",
            "Sove et al 2020 (QSP-IO), parameters of example 1: cell of 16.9 um diameter. Del Monte 2009 (Cell Cycle 8:505) discusses 1e8 to 1e9 cells per cm3, hence the prior"),
    /** Influx s of effector T cells without a tumour. */
    EFFECTOR_INFLUX(
            "effector_influx",
            "{cells}/d",
            13000.0,
            0,
            1000000000.0,
            Prior.logNormal(13000.0, 1),
            "Influx s of effector T cells without a tumour",
            "Kuznetsov et al 1994, value for BCL1 lymphoma in the mouse: 1.3e4 cells per day"),
    /** Largest rate p at which effectors in the lesion recruit or divide into more. */
    EFFECTOR_RECRUITMENT(
            "effector_recruitment",
            "/d",
            0.1245,
            0,
            10,
            Prior.logNormal(0.1245, 0.4),
            "Largest rate p at which effectors in the lesion recruit or divide into more",
            "Kuznetsov et al 1994, value for BCL1 lymphoma in the mouse"),
    /** Tumour cells g at which recruitment is half of the largest. */
    RECRUITMENT_HALF_TUMOUR(
            "recruitment_half_tumour",
            "{cells}",
            20190000.0,
            1,
            100000000000000.0,
            Prior.logNormal(20190000.0, 1),
            "Tumour cells g at which recruitment is half of the largest",
            "Kuznetsov et al 1994, value for BCL1 lymphoma in the mouse"),
    /** Inactivation m of effectors per tumour cell. */
    EFFECTOR_INACTIVATION(
            "effector_inactivation",
            "/{cells}/d",
            1e-13,
            0,
            1,
            Prior.logNormal(1e-13, 1),
            "Inactivation m of effectors per tumour cell",
            "Assumption: 3.422e-10 of Kuznetsov et al 1994 scaled so that m times the carrying capacity is about theirs, 0.17 /d"),
    /** Death and emigration d of effectors. */
    EFFECTOR_DEATH(
            "effector_death",
            "/d",
            0.0412,
            0.001,
            100,
            Prior.logNormal(0.0412, 0.4),
            "Death and emigration d of effectors",
            "Kuznetsov et al 1994, value for BCL1 lymphoma in the mouse"),
    /** Rate n at which one uninhibited effector kills each tumour cell of a small tumour. */
    EFFECTOR_KILL(
            "effector_kill",
            "/{cells}/d",
            1e-9,
            0,
            1,
            Prior.logNormal(1e-09, 0.7),
            "Rate n at which one uninhibited effector kills each tumour cell of a small tumour",
            "Assumption: with the saturation a kill of at most 10 tumour cells per effector and day, within 2 to 16 (Halle et al 2016, virus-infected cells in the mouse); 1.101e-7 of Kuznetsov et al 1994 is for 1e3 times fewer cells"),
    /** Saturation of killing with tumour cells; 0 for none, as in the published model. */
    KILL_SATURATION(
            "kill_saturation",
            "/{cells}",
            1e-10,
            0,
            1,
            Prior.logNormal(1e-10, 0.5),
            "Saturation of killing with tumour cells; 0 for none, as in the published model",
            "Assumption: see effector_kill"),
    /** One over the number of effectors at which recruitment ends; 0 for no such end, as in the published model. */
    EFFECTOR_CROWDING(
            "effector_crowding",
            "/{cells}",
            1e-8,
            0,
            0.001,
            Prior.logNormal(1e-08, 0.7),
            "One over the number of effectors at which recruitment ends; 0 for no such end, as in the published model",
            "Assumption: some 1e7 effectors per cm3 in a lesion of 10 cm3, the order of dense infiltrates"),
    /** Effector T cells per volume of the lesion at the start. */
    INITIAL_EFFECTOR_DENSITY(
            "initial_effector_density",
            "/cm3",
            300000.0,
            0,
            1000000000.0,
            Prior.logNormal(300000.0, 1),
            "Effector T cells per volume of the lesion at the start",
            "Assumption: 1e5 to 5e5 in the course of example 1 of Sove et al 2020; measure it where a biopsy is at hand"),
    /** PD-1 molecules on an effector per area. */
    PD1_DENSITY(
            "pd1_density",
            "/um2",
            20.5,
            0,
            100000.0,
            Prior.logNormal(20.5, 0.5),
            "PD-1 molecules on an effector per area",
            "Wang et al 2021 (QSP model of breast cancer) after Cheng et al 2013: 3.1e3 molecules on a T cell of 6.94 um diameter"),
    /** PD-L1 molecules on tumour cells per area without interferon-gamma, at the reference score. */
    PDL1_DENSITY(
            "pdl1_density",
            "/um2",
            10,
            0,
            100000.0,
            Prior.logNormal(10, 0.7),
            "PD-L1 molecules on tumour cells per area without interferon-gamma, at the reference score",
            "Wang et al 2021 (QSP model of breast cancer) after Cheng et al 2013: 5.4e4 molecules at full induction, six times fewer without, on a cell of 16.9 um diameter"),
    /** Dissociation constant of PD-1 and PD-L1 in solution. */
    PD1_PDL1_DISSOCIATION(
            "pd1_pdl1_dissociation",
            "umol/L",
            8.2,
            1e-6,
            1000000.0,
            Prior.logNormal(8.2, 0.3),
            "Dissociation constant of PD-1 and PD-L1 in solution",
            "Cheng et al 2013, as used by Sove et al 2020"),
    /** Width of the gap of the synapse, by which the dissociation constant is taken to surfaces. */
    SYNAPSE_GAP(
            "synapse_gap",
            "nm",
            3,
            0.1,
            100,
            Prior.logNormal(3, 0.3),
            "Width of the gap of the synapse, by which the dissociation constant is taken to surfaces",
            "Sove et al 2020 (QSP-IO), parameters of example 1"),
    /** Complexes of PD-1 and PD-L1 that inhibit half as much as can be; Hill coefficient 2. */
    PD1_HALF(
            "pd1_half_inhibition",
            "/um2",
            6,
            1e-6,
            100000.0,
            Prior.logNormal(6, 0.5),
            "Complexes of PD-1 and PD-L1 that inhibit half as much as can be; Hill coefficient 2",
            "Wang et al 2021 (QSP model of breast cancer) after Jafarnejad et al 2019 (PMID 31236847)"),
    /** Largest fraction of killing and of cytokine release that PD-1 takes away; 0 for no checkpoint, as in the published model. */
    PD1_KILL_INHIBITION(
            "pd1_kill_inhibition",
            "1",
            0.9,
            0,
            1,
            Prior.uniform(0.7, 1),
            "Largest fraction of killing and of cytokine release that PD-1 takes away; 0 for no checkpoint, as in the published model",
            "Assumption: Sove et al 2020 let it take all"),
    /** Largest fraction of recruitment that PD-1 takes away; 0 for no checkpoint. */
    PD1_PROLIFERATION_INHIBITION(
            "pd1_proliferation_inhibition",
            "1",
            0.9,
            0,
            1,
            Prior.uniform(0.7, 1),
            "Largest fraction of recruitment that PD-1 takes away; 0 for no checkpoint",
            "Assumption: as killing"),
    /** Factor of the PD-L1 that interferon-gamma adds, at most. */
    PDL1_INDUCTION(
            "pdl1_induction",
            "1",
            5,
            0,
            100,
            Prior.logNormal(5, 0.4),
            "Factor of the PD-L1 that interferon-gamma adds, at most",
            "Wang et al 2021 (QSP model of breast cancer) after Shin et al 2017: six-fold in all"),
    /** Interferon-gamma that adds half of the PD-L1. */
    PDL1_INDUCTION_HALF(
            "pdl1_induction_half",
            "pmol/L",
            2.96,
            1e-6,
            1000000.0,
            Prior.logNormal(2.96, 0.7),
            "Interferon-gamma that adds half of the PD-L1",
            "Wang et al 2021 (QSP model of breast cancer) after Shin et al 2017"),
    /** Interferon-gamma in a lesion full of uninhibited effectors. */
    INTERFERON_MAXIMUM(
            "interferon_maximum",
            "pmol/L",
            30,
            0,
            1000000.0,
            Prior.logNormal(30, 0.7),
            "Interferon-gamma in a lesion full of uninhibited effectors",
            "Assumption: ten times the concentration that adds half of the PD-L1"),
    /** Effectors per volume of the lesion at which interferon-gamma is half of the largest. */
    INTERFERON_HALF_DENSITY(
            "interferon_half_density",
            "/cm3",
            1000000.0,
            1,
            1000000000000.0,
            Prior.logNormal(1000000.0, 0.7),
            "Effectors per volume of the lesion at which interferon-gamma is half of the largest",
            "Assumption: between the densities before and under treatment"),
    /** Clearance of interferon-gamma. */
    INTERFERON_CLEARANCE(
            "interferon_clearance",
            "/d",
            11,
            0.01,
            1000.0,
            Prior.logNormal(11, 0.3),
            "Clearance of interferon-gamma",
            "Wang et al 2021 (QSP model of breast cancer) after Hofstra et al 1998: 7.68 to 11 /d in two versions"),
    /** Effectors that arrive in the lesion per mature antigen-presenting cell and day without CTLA-4; 0 for none, as in the published model. */
    PRIMING(
            "priming",
            "/d",
            0.04,
            0,
            1000.0,
            Prior.logNormal(0.04, 1),
            "Effectors that arrive in the lesion per mature antigen-presenting cell and day without CTLA-4; 0 for none, as in the published model",
            "Assumption: primed effectors then are 0.5 to 5 times those of effector_influx"),
    /** Largest rate at which antigen-presenting cells mature. */
    APC_MATURATION(
            "apc_maturation",
            "{cells}/d",
            100000.0,
            0,
            1000000000.0,
            Prior.logNormal(100000.0, 1),
            "Largest rate at which antigen-presenting cells mature",
            "Assumption: density of 4e5 per cm3 and death of 0.01 /d (Sove et al 2020) in some 25 cm3 of tissue"),
    /** Death of mature antigen-presenting cells. */
    APC_DEATH(
            "apc_death",
            "/d",
            0.02,
            0.001,
            100,
            Prior.logNormal(0.02, 0.5),
            "Death of mature antigen-presenting cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1"),
    /** Antigen that reaches presenting cells from dying tumour, relative to viable tumour of that volume. */
    DYING_ANTIGEN(
            "dying_antigen",
            "1",
            1,
            0,
            1000,
            Prior.logNormal(1, 0.7),
            "Antigen that reaches presenting cells from dying tumour, relative to viable tumour of that volume",
            "Assumption: as much"),
    /** CD80 and CD86 on presenting cells over their dissociation constants with CTLA-4 in the synapse. */
    CTLA4_LIGANDS(
            "ctla4_ligands",
            "1",
            13,
            0,
            1000000.0,
            Prior.logNormal(13, 0.5),
            "CD80 and CD86 on presenting cells over their dissociation constants with CTLA-4 in the synapse",
            "Assumption: 2000 and 43000 molecules on 900 um2 (Jansson et al 2005, as used by Wang et al 2021), dissociation constants 0.42 (van der Merwe et al 1997, J Exp Med 185:393) and 2.6 umol/L in a gap of 3 nm: 2.9 and 10.2"),
    /** Largest fraction of priming that CTLA-4 takes away. */
    CTLA4_INHIBITION(
            "ctla4_inhibition",
            "1",
            0.9,
            0,
            1,
            Prior.uniform(0.5, 1),
            "Largest fraction of priming that CTLA-4 takes away",
            "Assumption: most, as mice without CTLA-4 die of their T cells"),
    /** Largest influx of regulatory T cells into the lesion. */
    REGULATORY_INFLUX(
            "regulatory_influx",
            "{cells}/d",
            100000.0,
            0,
            1000000000.0,
            Prior.logNormal(100000.0, 1),
            "Largest influx of regulatory T cells into the lesion",
            "Assumption: 2e6 in a lesion, some tenths of the effectors"),
    /** Death and emigration of regulatory T cells. */
    REGULATORY_DEATH(
            "regulatory_death",
            "/d",
            0.05,
            0.001,
            100,
            Prior.logNormal(0.05, 0.5),
            "Death and emigration of regulatory T cells",
            "Assumption: as effectors"),
    /** One over the regulatory T cells that halve killing and recruitment; 0 for none, as in the published model. */
    REGULATORY_SUPPRESSION(
            "regulatory_suppression",
            "/{cells}",
            2e-7,
            0,
            1,
            Prior.logNormal(2e-07, 0.7),
            "One over the regulatory T cells that halve killing and recruitment; 0 for none, as in the published model",
            "Assumption: a third is taken away before treatment"),
    /** Rate at which antibody on all CTLA-4 depletes regulatory T cells. */
    REGULATORY_DEPLETION(
            "regulatory_depletion",
            "/d",
            0.05,
            0,
            100,
            Prior.logNormal(0.05, 1),
            "Rate at which antibody on all CTLA-4 depletes regulatory T cells",
            "Assumption: halves them; whether it happens in patients is debated"),
    /** Fraction of the volume of killed tumour cells that stays until it is cleared; 0 for clearance at once, as in the published model. */
    DYING_RETAINED(
            "dying_retained",
            "1",
            1,
            0,
            1,
            Prior.uniform(0.5, 1),
            "Fraction of the volume of killed tumour cells that stays until it is cleared; 0 for clearance at once, as in the published model",
            "Assumption: all of it"),
    /** Clearance of killed tumour cells. */
    DYING_CLEARANCE(
            "dying_clearance",
            "/d",
            0.03,
            0.001,
            100,
            Prior.logNormal(0.03, 0.5),
            "Clearance of killed tumour cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.03 /d, itself an estimate"),
    /** Rate at which infiltrate and oedema add volume, per volume of viable tumour, at full inflammation; 0 for none, as in the published model. */
    INFLAMMATION(
            "inflammation",
            "/d",
            0.05,
            0,
            100,
            Prior.logNormal(0.05, 0.7),
            "Rate at which infiltrate and oedema add volume, per volume of viable tumour, at full inflammation; 0 for none, as in the published model",
            "Assumption: up to a doubling of the lesion"),
    /** Interferon-gamma of half inflammation. */
    INFLAMMATION_HALF(
            "inflammation_half",
            "pmol/L",
            20,
            1e-6,
            1000000.0,
            Prior.logNormal(20, 0.7),
            "Interferon-gamma of half inflammation",
            "Assumption: little before and much under treatment"),
    /** Resolution of infiltrate and oedema. */
    INFLAMMATION_CLEARANCE(
            "inflammation_clearance",
            "/d",
            0.05,
            0.001,
            100,
            Prior.logNormal(0.05, 0.5),
            "Resolution of infiltrate and oedema",
            "Assumption: half in two weeks"),
    /** Tumour cells below which a falling tumour is gone; 0 for never, as in the published model. */
    EXTINCTION(
            "extinction",
            "{cells}",
            1,
            0,
            1000000.0,
            Prior.logNormal(1, 0.1),
            "Tumour cells below which a falling tumour is gone; 0 for never, as in the published model",
            "Assumption: a tumour of less than one cell is none"),
    /** Power with which antigenicity follows the tumour mutational burden; 0 for no effect. */
    TMB_EXPONENT(
            "tmb_exponent",
            "1",
            0.2,
            -1,
            2,
            Prior.normal(0.2, 0.3),
            "Power with which antigenicity follows the tumour mutational burden; 0 for no effect",
            "Assumption: for an effect: response of 58 % at 20 and more against 20 % below (Goodman et al 2017); against one: Gurjao et al 2023 (eLife 87465) find little evidence in 882 patients. The prior includes none"),
    /** Tumour mutational burden, in mutations per megabase, at which antigenicity is 1. */
    TMB_REFERENCE(
            "tmb_reference",
            "/{Mbp}",
            10,
            0.1,
            1000,
            Prior.logNormal(10, 0.3),
            "Tumour mutational burden, in mutations per megabase, at which antigenicity is 1",
            "Assumption: threshold of the label of pembrolizumab after KEYNOTE-158"),
    /** Antigenicity of a tumour with high microsatellite instability. */
    MSI_ANTIGENICITY(
            "msi_antigenicity",
            "1",
            2,
            0.01,
            100,
            Prior.logNormal(2, 0.5),
            "Antigenicity of a tumour with high microsatellite instability",
            "Assumption: tumours with mismatch-repair deficiency respond in about half of patients; the strength is not measured"),
    /** Tumour proportion score of PD-L1 that goes with pdl1_density. */
    PDL1_REFERENCE_SCORE(
            "pdl1_reference_score",
            "%",
            50,
            0,
            100,
            Prior.uniform(10, 90),
            "Tumour proportion score of PD-L1 that goes with pdl1_density",
            "Assumption: threshold of high expression in lung cancer"),
    /** PD-L1 on a negative tumour cell, relative to a positive one. */
    PDL1_NEGATIVE_DENSITY(
            "pdl1_negative_density",
            "1",
            0.1,
            0.001,
            1,
            Prior.uniform(0.01, 0.3),
            "PD-L1 on a negative tumour cell, relative to a positive one",
            "Assumption: what stains as negative has some"),
    /** Arrival of effectors in a tumour of excluded phenotype, relative to an inflamed one. */
    EXCLUDED_INFILTRATION(
            "excluded_infiltration",
            "1",
            0.3,
            0,
            1,
            Prior.uniform(0.1, 0.6),
            "Arrival of effectors in a tumour of excluded phenotype, relative to an inflamed one",
            "Assumption: the phenotypes are those of Chen and Mellman 2017; the strength is not measured"),
    /** Arrival of effectors in a tumour of desert phenotype, relative to an inflamed one. */
    DESERT_INFILTRATION(
            "desert_infiltration",
            "1",
            0.05,
            0,
            1,
            Prior.uniform(0, 0.2),
            "Arrival of effectors in a tumour of desert phenotype, relative to an inflamed one",
            "Assumption: as excluded_infiltration");

    private final ParameterDescription description;

    TmeParameter(
            String name,
            String unit,
            double value,
            double minimum,
            double maximum,
            Prior prior,
            String meaning,
            String source) {
        this.description = ParameterDescription.optional(name, unit, value, minimum, maximum, meaning, source)
                .withPrior(prior);
    }

    /** What it says of itself. */
    public ParameterDescription description() {
        return description;
    }

    /** Its value in the declared unit. */
    public double of(Parameters parameters) {
        return parameters.value(description.name());
    }

    /** All of them. */
    public static List<ParameterDescription> descriptions() {
        return Arrays.stream(values()).map(TmeParameter::description).toList();
    }
}
