package org.oncotwin.model.qsp.immuno.oncology;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.Prior;

/**
 * The parameters of the model, each with the value and the source that the platform gives for it. Where that is an estimate, or the width of a prior an assumption, its source says so.
 */
enum QspParameter {
    /** Proliferation rate of cancer cells in a tumour much smaller than the carrying capacity. */
    PROLIFERATION(
            "proliferation",
            "/d",
            0.012,
            0.0001,
            1,
            Prior.logNormal(0.012, 0.3),
            "Proliferation rate of cancer cells in a tumour much smaller than the carrying capacity",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.012 /d after doi 10.1208/s12248-019-0302-5. Width of the prior: assumption"),
    /** Cancer cells at which growth stops. */
    CARRYING_CAPACITY(
            "carrying_capacity",
            "{cells}",
            4188790204786.391,
            1000000000.0,
            100000000000000.0,
            "Cancer cells at which growth stops",
            "Sove et al 2020 (QSP-IO), parameters of example 1: a sphere of 20 cm (doi 10.1371/journal.pone.0093430) with 1e9 cells per mL (Del Monte 2009, Cell Cycle 8:505)"),
    /** Death rate of cancer cells without T cells. */
    INNATE_DEATH(
            "innate_death",
            "/d",
            1e-5,
            0,
            0.01,
            "Death rate of cancer cells without T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1e-5 /d after PMID 3156189"),
    /** Largest rate at which one uninhibited effector T cell among cancer cells kills. */
    T_CELL_KILL(
            "t_cell_kill",
            "/d",
            18,
            0,
            200,
            Prior.logNormal(18, 0.3),
            "Largest rate at which one uninhibited effector T cell among cancer cells kills",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 18 /d, itself an estimate. Width of the prior: assumption"),
    /** Clearance of dead cancer cells and exhausted T cells. */
    DEAD_CELL_CLEARANCE(
            "dead_cell_clearance",
            "/d",
            0.03,
            0.001,
            1,
            Prior.logNormal(0.03, 0.3),
            "Clearance of dead cancer cells and exhausted T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.03 /d, itself an estimate. Width of the prior: assumption"),
    /** Diameter of a cancer cell, for its volume and its surface. */
    CANCER_CELL_DIAMETER(
            "cancer_cell_diameter",
            "um",
            16.9,
            8,
            40,
            "Diameter of a cancer cell, for its volume and its surface",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 16.9 um after doi 10.1371/journal.pone.0067466"),
    /** Volume of the tumour compartment without any cell. */
    TUMOUR_BASE_VOLUME(
            "tumour_base_volume",
            "cm3",
            1e-6,
            1e-9,
            0.001,
            "Volume of the tumour compartment without any cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.001 uL, itself an estimate"),
    /** Cancer cells below which a falling tumour is gone; 0 for never. */
    EXTINCTION(
            "extinction",
            "{cells}",
            0.9,
            0,
            1000,
            "Cancer cells below which a falling tumour is gone; 0 for never",
            "Sove et al 2020 (QSP-IO), event of tumour eradication: below 0.9 cells"),
    /** Number of clones among naive effector T cells. */
    EFFECTOR_DIVERSITY(
            "effector_diversity",
            "1",
            1110000,
            10000.0,
            100000000.0,
            "Number of clones among naive effector T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.11e6 after doi 10.1182/blood-2009-04-217604"),
    /** Number of clones among naive regulatory T cells. */
    REGULATORY_DIVERSITY(
            "regulatory_diversity",
            "1",
            1160000,
            10000.0,
            100000000.0,
            "Number of clones among naive regulatory T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.16e6 after doi 10.1182/blood-2009-04-217604"),
    /** Clones of effector T cells that recognise neoantigens of the tumour. */
    EFFECTOR_CLONES(
            "effector_clones",
            "1",
            100,
            1,
            10000,
            Prior.logNormal(100, 0.3),
            "Clones of effector T cells that recognise neoantigens of the tumour",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 100 after doi 10.1038/psp.2014.30. Width of the prior: assumption"),
    /** Clones of regulatory T cells that recognise self antigens of the tumour. */
    REGULATORY_CLONES(
            "regulatory_clones",
            "1",
            1000,
            1,
            100000,
            Prior.logNormal(1000, 0.3),
            "Clones of regulatory T cells that recognise self antigens of the tumour",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1000 after doi 10.1038/psp.2014.30. Width of the prior: assumption"),
    /** Naive effector T cells from the thymus, of all clones. */
    EFFECTOR_THYMIC_OUTPUT(
            "effector_thymic_output",
            "{cells}/d",
            3.2e9,
            0,
            100000000000.0,
            "Naive effector T cells from the thymus, of all clones",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 3.2e9 cells per day after doi 10.4049/jimmunol.0900743"),
    /** Naive regulatory T cells from the thymus, of all clones. */
    REGULATORY_THYMIC_OUTPUT(
            "regulatory_thymic_output",
            "{cells}/d",
            5e8,
            0,
            100000000000.0,
            "Naive regulatory T cells from the thymus, of all clones",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2.5e8 cells in blood (doi 10.3389/fimmu.2015.00171) times their death rate of 2 /d"),
    /** Largest proliferation of naive T cells of all clones, in blood and in the periphery each. */
    NAIVE_PROLIFERATION(
            "naive_proliferation",
            "{cells}/d",
            3.2e8,
            0,
            10000000000.0,
            "Largest proliferation of naive T cells of all clones, in blood and in the periphery each",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 3.2e8 cells per day after doi 10.1016/j.immuni.2012.02.006"),
    /** Naive T cells of all clones at which they proliferate at half of the largest rate. */
    NAIVE_PROLIFERATION_HALF(
            "naive_proliferation_half",
            "{cells}",
            1e9,
            1000000.0,
            1000000000000.0,
            "Naive T cells of all clones at which they proliferate at half of the largest rate",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1e9 after doi 10.1016/j.immuni.2012.02.006"),
    /** Death rate of naive T cells. */
    NAIVE_DEATH(
            "naive_death",
            "/d",
            0.002,
            0.0001,
            0.1,
            "Death rate of naive T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.002 /d after doi 10.1016/j.immuni.2012.02.006"),
    /** Entry of naive T cells into the lymph nodes, per mL of blood. */
    LYMPH_NODE_ENTRY(
            "lymph_node_entry",
            "/d/mL",
            0.07,
            0.0001,
            1,
            "Entry of naive T cells into the lymph nodes, per mL of blood",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.07 /d/mL after doi 10.1038/psp.2014.30"),
    /** Exit of T cells from the lymph nodes. */
    LYMPH_NODE_EXIT(
            "lymph_node_exit",
            "/d",
            1.13,
            0.1,
            10,
            "Exit of T cells from the lymph nodes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.13 /d after doi 10.1038/psp.2014.30"),
    /** Largest rate of activation of naive T cells in the lymph nodes. */
    T_CELL_ACTIVATION(
            "t_cell_activation",
            "/d",
            20,
            0.1,
            200,
            Prior.logNormal(20, 0.3),
            "Largest rate of activation of naive T cells in the lymph nodes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 20 /d after doi 10.1038/psp.2014.30, the same for effector and regulatory T cells. Width of the prior: assumption"),
    /** Rate at which activated T cells finish their divisions. */
    T_CELL_PROLIFERATION(
            "t_cell_proliferation",
            "/d",
            1,
            0.1,
            10,
            "Rate at which activated T cells finish their divisions",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1 /d after doi 10.1126/science.1260044, the same for effector and regulatory T cells"),
    /** Death rate of mature T cells. */
    T_CELL_DEATH(
            "t_cell_death",
            "/d",
            2,
            0.1,
            20,
            Prior.logNormal(2, 0.15),
            "Death rate of mature T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2 /d after doi 10.1038/psp.2014.30, the same for effector and regulatory T cells. Width of the prior: assumption"),
    /** Rate of migration of T cells through vessel walls per adhesion site. */
    MIGRATION(
            "migration",
            "/min/{cells}",
            1e-12,
            1e-14,
            1e-10,
            "Rate of migration of T cells through vessel walls per adhesion site",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1e-12 /min per cell after doi 10.1038/psp.2014.30, the same for effector and regulatory T cells"),
    /** Adhesion sites for T cells per volume of blood in tissue. */
    ADHESION_DENSITY(
            "adhesion_density",
            "{cells}/cm3",
            1e8,
            1000000.0,
            10000000000.0,
            "Adhesion sites for T cells per volume of blood in tissue",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1e8 per cm3 after doi 10.1038/psp.2014.30"),
    /** Fraction of the peripheral compartment that is blood. */
    PERIPHERAL_BLOOD_FRACTION(
            "peripheral_blood_fraction",
            "1",
            0.0067,
            0.0001,
            0.1,
            "Fraction of the peripheral compartment that is blood",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.0067, itself an estimate"),
    /** Fraction of the tumour that is blood. */
    TUMOUR_BLOOD_FRACTION(
            "tumour_blood_fraction",
            "1",
            0.0067,
            0.0001,
            0.1,
            Prior.logNormal(0.0067, 0.3),
            "Fraction of the tumour that is blood",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.0067, itself an estimate. Width of the prior: assumption"),
    /** Exit of effector T cells from the periphery. */
    EFFECTOR_PERIPHERAL_EXIT(
            "effector_peripheral_exit",
            "/d",
            1,
            0.001,
            10,
            "Exit of effector T cells from the periphery",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1 /d after doi 10.1038/psp.2014.30"),
    /** Exit of regulatory T cells from the periphery. */
    REGULATORY_PERIPHERAL_EXIT(
            "regulatory_peripheral_exit",
            "/d",
            0.015,
            0.0001,
            10,
            "Exit of regulatory T cells from the periphery",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.015 /d after doi 10.1038/psp.2014.30"),
    /** Largest rate at which cancer cells exhaust effector T cells by PD-1. */
    EXHAUSTION_BY_CANCER(
            "exhaustion_by_cancer",
            "/d",
            0.1,
            0,
            10,
            Prior.logNormal(0.1, 0.3),
            "Largest rate at which cancer cells exhaust effector T cells by PD-1",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.1 /d, itself an estimate. Width of the prior: assumption"),
    /** Largest rate at which regulatory T cells exhaust effector T cells. */
    EXHAUSTION_BY_REGULATORY(
            "exhaustion_by_regulatory",
            "/d",
            0.1,
            0,
            10,
            Prior.logNormal(0.1, 0.3),
            "Largest rate at which regulatory T cells exhaust effector T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.1 /d, itself an estimate. Width of the prior: assumption"),
    /** Volume of a T cell. */
    T_CELL_VOLUME(
            "t_cell_volume",
            "um3",
            176,
            50,
            1000,
            "Volume of a T cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 176 um3 after doi 10.1136/jcp.34.10.1083"),
    /** Diameter of a T cell, for its surface. */
    T_CELL_DIAMETER(
            "t_cell_diameter",
            "um",
            6.94,
            3,
            20,
            "Diameter of a T cell, for its surface",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 6.94 um after doi 10.1136/jcp.34.10.1083"),
    /** Divisions of an activated T cell without interleukin-2. */
    DIVISIONS(
            "divisions",
            "1",
            15,
            5,
            20,
            Prior.normal(15, 0.3),
            "Divisions of an activated T cell without interleukin-2",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 15 after doi 10.1126/science.1260044. Width of the prior: assumption"),
    /** Further divisions of an activated T cell with much interleukin-2. */
    INTERLEUKIN_DIVISIONS(
            "interleukin_divisions",
            "1",
            2,
            0,
            5,
            "Further divisions of an activated T cell with much interleukin-2",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2 after doi 10.1126/science.1260044"),
    /** Degradation of interleukin-2. */
    INTERLEUKIN_DEGRADATION(
            "interleukin_degradation",
            "/min",
            0.2,
            0.001,
            10,
            "Degradation of interleukin-2",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.2 /min after PMID 3871099"),
    /** Largest consumption of interleukin-2 by a T cell. */
    INTERLEUKIN_CONSUMPTION(
            "interleukin_consumption",
            "nmol/{cells}/h",
            6e-6,
            0,
            0.0001,
            "Largest consumption of interleukin-2 by a T cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 6e-6 nmol per cell and hour after PMID 3871099"),
    /** Secretion of interleukin-2 by an activated effector T cell. */
    INTERLEUKIN_SECRETION(
            "interleukin_secretion",
            "nmol/{cells}/h",
            3e-5,
            0,
            0.001,
            "Secretion of interleukin-2 by an activated effector T cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 3e-5 nmol per cell and hour after doi 10.1371/journal.pcbi.1004206 and 10.1073/pnas.1117194109"),
    /** Interleukin-2 of half its consumption by effector T cells and half of its effect. */
    INTERLEUKIN_HALF(
            "interleukin_half",
            "nmol/L",
            0.32,
            0.001,
            100,
            "Interleukin-2 of half its consumption by effector T cells and half of its effect",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.32 nmol/L after doi 10.1126/science.1260044"),
    /** Interleukin-2 of half its consumption by regulatory T cells. */
    INTERLEUKIN_HALF_REGULATORY(
            "interleukin_half_regulatory",
            "nmol/L",
            0.0032,
            1e-5,
            1,
            "Interleukin-2 of half its consumption by regulatory T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.0032 nmol/L after doi 10.1084/jem.166.4.1055"),
    /** Largest maturation of antigen-presenting cells in the tumour. */
    APC_MATURATION(
            "apc_maturation",
            "/d",
            1.5,
            0.01,
            20,
            Prior.logNormal(1.5, 0.3),
            "Largest maturation of antigen-presenting cells in the tumour",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.5 /d after doi 10.1038/psp.2014.30. Width of the prior: assumption"),
    /** Migration of mature antigen-presenting cells to the lymph nodes. */
    APC_MIGRATION(
            "apc_migration",
            "/d",
            4,
            0.1,
            40,
            "Migration of mature antigen-presenting cells to the lymph nodes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 4 /d after doi 10.1016/j.celrep.2016.01.048"),
    /** Turnover of immature antigen-presenting cells. */
    APC_DEATH(
            "apc_death",
            "/d",
            0.01,
            0.001,
            1,
            "Turnover of immature antigen-presenting cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.01 /d; doi 10.1074/jbc.M112.448126 is named for it"),
    /** Death of mature antigen-presenting cells. */
    MATURE_APC_DEATH(
            "mature_apc_death",
            "/d",
            0.02,
            0.001,
            1,
            "Death of mature antigen-presenting cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.02 /d; doi 10.1074/jbc.M112.448126 is named for it"),
    /** Antigen-presenting cells that the tumour recruits per volume. */
    TUMOUR_APC_DENSITY(
            "tumour_apc_density",
            "{cells}/mL",
            4e5,
            1000.0,
            100000000.0,
            Prior.logNormal(4e5, 0.3),
            "Antigen-presenting cells that the tumour recruits per volume",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 4e5 per mL after doi 10.1016/j.cell.2017.04.014. Width of the prior: assumption"),
    /** Antigen-presenting cells of the lymph nodes per volume. */
    LYMPH_NODE_APC_DENSITY(
            "lymph_node_apc_density",
            "{cells}/mL",
            1.2e6,
            0,
            100000000.0,
            "Antigen-presenting cells of the lymph nodes per volume",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.2e6 per mL after doi 10.1016/j.immuni.2004.08.007"),
    /** Clearance of the cytokine that makes antigen-presenting cells mature. */
    CYTOKINE_CLEARANCE(
            "cytokine_clearance",
            "/d",
            2,
            0.1,
            100,
            "Clearance of the cytokine that makes antigen-presenting cells mature",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2 /d after doi 10.1038/psp.2014.30"),
    /** That cytokine without killing. */
    CYTOKINE_BASELINE(
            "cytokine_baseline",
            "nmol/L",
            1,
            0.01,
            100,
            "That cytokine without killing",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1 nmol/L after doi 10.1038/psp.2014.30"),
    /** That cytokine at half of the largest maturation. */
    CYTOKINE_HALF(
            "cytokine_half",
            "nmol/L",
            1,
            0.001,
            1000,
            "That cytokine at half of the largest maturation",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1 nmol/L after doi 10.1038/psp.2014.30"),
    /** That cytokine from each cancer cell that T cells kill (damage-associated molecular patterns). */
    CYTOKINE_RELEASE(
            "cytokine_release",
            "nmol/{cells}",
            1.34e-5,
            0,
            0.001,
            "That cytokine from each cancer cell that T cells kill (damage-associated molecular patterns)",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.34e-14 mol per cell after doi 10.1002/bies.201300066 and 10.1155/2016/7436849"),
    /** T cells that an antigen-presenting cell can meet at once. */
    APC_SITES(
            "apc_sites",
            "1",
            10,
            1,
            100,
            "T cells that an antigen-presenting cell can meet at once",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 10 after doi 10.1038/psp.2014.30"),
    /** Self antigen from a dying cancer cell, for each clone that recognises one. */
    SELF_ANTIGEN_RELEASE(
            "self_antigen_release",
            "nmol/L/{cells}",
            10,
            0,
            1000,
            "Self antigen from a dying cancer cell, for each clone that recognises one",
            "Sove et al 2020 (QSP-IO), script of example 1: 1e-8 mol/L per cell"),
    /** Neoantigen from a dying cancer cell, for each clone that recognises one. */
    NEOANTIGEN_RELEASE(
            "neoantigen_release",
            "nmol/L/{cells}",
            10,
            0,
            1000,
            Prior.logNormal(10, 0.5),
            "Neoantigen from a dying cancer cell, for each clone that recognises one",
            "Sove et al 2020 (QSP-IO), script of example 1: 1e-8 mol/L per cell. Width of the prior: assumption"),
    /** Degradation of free antigen. */
    ANTIGEN_DEGRADATION(
            "antigen_degradation",
            "/d",
            2,
            0.1,
            100,
            "Degradation of free antigen",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2 /d; doi 10.1074/jbc.M112.448126 is named for it"),
    /** Uptake of antigen by a mature antigen-presenting cell. */
    ANTIGEN_UPTAKE(
            "antigen_uptake",
            "/d/{cells}",
            14.4,
            0.1,
            1000,
            "Uptake of antigen by a mature antigen-presenting cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 14.4 /d per cell after doi 10.1038/psp.2014.30"),
    /** Degradation of antigen to epitopes in endosomes. */
    ENDOSOMAL_DEGRADATION(
            "endosomal_degradation",
            "/d",
            17.28,
            0.1,
            1000,
            "Degradation of antigen to epitopes in endosomes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 17.28 /d after doi 10.1038/psp.2014.30"),
    /** Degradation of epitopes in endosomes. */
    EPITOPE_DEGRADATION(
            "epitope_degradation",
            "/d",
            144,
            1,
            10000.0,
            "Degradation of epitopes in endosomes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 144 /d after doi 10.1038/psp.2014.30"),
    /** Association of epitopes with major histocompatibility complexes. */
    EPITOPE_BINDING(
            "epitope_binding",
            "L/nmol/d",
            1.44e-4,
            1e-6,
            0.01,
            "Association of epitopes with major histocompatibility complexes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.44e5 L/mol/d after doi 10.1006/jtbi.1996.0190"),
    /** Dissociation constant of self epitopes and major histocompatibility complexes. */
    SELF_EPITOPE_DISSOCIATION(
            "self_epitope_dissociation",
            "nmol/L",
            100,
            1,
            10000,
            "Dissociation constant of self epitopes and major histocompatibility complexes",
            "Sove et al 2020 (QSP-IO), antigen of example 1: 1e-7 mol/L"),
    /** Dissociation constant of neoepitopes and major histocompatibility complexes. */
    NEOEPITOPE_DISSOCIATION(
            "neoepitope_dissociation",
            "nmol/L",
            40,
            1,
            10000,
            Prior.logNormal(40, 0.5),
            "Dissociation constant of neoepitopes and major histocompatibility complexes",
            "Sove et al 2020 (QSP-IO), antigen of example 1: 4e-8 mol/L. Width of the prior: assumption"),
    /** Internalisation of empty major histocompatibility complexes. */
    MHC_INTERNALISATION(
            "mhc_internalisation",
            "/d",
            14.4,
            0.1,
            1000,
            "Internalisation of empty major histocompatibility complexes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 14.4 /d after doi 10.1038/psp.2014.30"),
    /** Transport of major histocompatibility complexes to the surface. */
    MHC_EXTERNALISATION(
            "mhc_externalisation",
            "/d",
            28.8,
            0.1,
            1000,
            "Transport of major histocompatibility complexes to the surface",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 28.8 /d after doi 10.1038/psp.2014.30"),
    /** Major histocompatibility complexes of an antigen-presenting cell. */
    MHC_MOLECULES(
            "mhc_molecules",
            "1",
            2e6,
            10000.0,
            100000000.0,
            "Major histocompatibility complexes of an antigen-presenting cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2e6 after doi 10.1038/psp.2014.30"),
    /** Receptors of a naive T cell. */
    T_CELL_RECEPTORS(
            "t_cell_receptors",
            "1",
            15708,
            100,
            1000000.0,
            "Receptors of a naive T cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 15708 after doi 10.1038/nri3728"),
    /** Association of T cell receptors with presented epitopes. */
    RECEPTOR_ASSOCIATION(
            "receptor_association",
            "um2/s",
            1,
            0.01,
            100,
            "Association of T cell receptors with presented epitopes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1 um2/s per molecule after doi 10.1038/nri3728"),
    /** Dissociation of T cell receptors from presented epitopes. */
    RECEPTOR_DISSOCIATION(
            "receptor_dissociation",
            "/s",
            1,
            0.01,
            100,
            "Dissociation of T cell receptors from presented epitopes",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1 /s after doi 10.1038/nri3728"),
    /** Rate of each step of kinetic proofreading. */
    PROOFREADING_RATE(
            "proofreading_rate",
            "/s",
            1,
            0.01,
            100,
            "Rate of each step of kinetic proofreading",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1 /s after doi 10.1038/nri3728"),
    /** Rate at which a signalling receptor ceases to signal. */
    PROOFREADING_LIMIT(
            "proofreading_limit",
            "/s",
            0.09,
            0,
            10,
            "Rate at which a signalling receptor ceases to signal",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.09 /s after doi 10.1038/nri3728"),
    /** Steps of kinetic proofreading. */
    PROOFREADING_STEPS(
            "proofreading_steps",
            "1",
            10,
            0,
            20,
            "Steps of kinetic proofreading",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 10 after doi 10.1038/nri3728"),
    /** Signalling receptors in the synapse that activate half of naive T cells. */
    ACTIVATION_HALF(
            "activation_half",
            "1",
            0.001,
            1e-6,
            10,
            "Signalling receptors in the synapse that activate half of naive T cells",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.001 after doi 10.1002/eji.1830271230"),
    /** PD-1 on an effector T cell. */
    PD1_MOLECULES(
            "pd1_molecules",
            "1",
            60000,
            100,
            1000000.0,
            Prior.logNormal(60000, 0.3),
            "PD-1 on an effector T cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 6e4 after Cheng et al 2013 (doi 10.1074/jbc.M112.448126). Width of the prior: assumption"),
    /** PD-L1 on a cancer cell. */
    PDL1_MOLECULES(
            "pdl1_molecules",
            "1",
            1.6e6,
            100,
            100000000.0,
            Prior.logNormal(1.6e6, 0.5),
            "PD-L1 on a cancer cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.6e6 after Cheng et al 2013 (doi 10.1074/jbc.M112.448126). Width of the prior: assumption"),
    /** PD-L2 on a cancer cell. */
    PDL2_MOLECULES(
            "pdl2_molecules",
            "1",
            40000,
            0,
            10000000.0,
            "PD-L2 on a cancer cell",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 4e4 after Cheng et al 2013 (doi 10.1074/jbc.M112.448126)"),
    /** Dissociation constant of PD-1 and PD-L1 in solution. */
    PD1_PDL1_DISSOCIATION(
            "pd1_pdl1_dissociation",
            "umol/L",
            8.2,
            0.01,
            1000,
            "Dissociation constant of PD-1 and PD-L1 in solution",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 8.2 umol/L after Cheng et al 2013 (doi 10.1074/jbc.M112.448126)"),
    /** Association of PD-1 and PD-L1 in solution. */
    PD1_PDL1_ASSOCIATION(
            "pd1_pdl1_association",
            "L/umol/s",
            0.175,
            0.001,
            10,
            "Association of PD-1 and PD-L1 in solution",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.175 L/umol/s after Cheng et al 2013 (doi 10.1074/jbc.M112.448126)"),
    /** Dissociation constant of PD-1 and PD-L2 in solution. */
    PD1_PDL2_DISSOCIATION(
            "pd1_pdl2_dissociation",
            "umol/L",
            2.3,
            0.01,
            1000,
            "Dissociation constant of PD-1 and PD-L2 in solution",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2.3 umol/L after Cheng et al 2013 (doi 10.1074/jbc.M112.448126)"),
    /** Association of PD-1 and PD-L2 in solution. */
    PD1_PDL2_ASSOCIATION(
            "pd1_pdl2_association",
            "L/umol/s",
            0.23,
            0.001,
            10,
            "Association of PD-1 and PD-L2 in solution",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 0.23 L/umol/s after Cheng et al 2013 (doi 10.1074/jbc.M112.448126)"),
    /** Width of the gap of the synapse, by which constants in solution are taken to surfaces. */
    SYNAPSE_GAP(
            "synapse_gap",
            "nm",
            3,
            1,
            30,
            "Width of the gap of the synapse, by which constants in solution are taken to surfaces",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 3 nm after doi 10.4049/jimmunol.175.3.1575"),
    /** Dissociation constant of one arm of the antibody and PD-1, for how strongly its second arm binds; the blockade itself is already relative to the constant of the drug. */
    PD1_ANTIBODY_DISSOCIATION(
            "pd1_antibody_dissociation",
            "nmol/L",
            2.6,
            0.001,
            1000,
            "Dissociation constant of one arm of the antibody and PD-1, for how strongly its second arm binds; the blockade itself is already relative to the constant of the drug",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2.6 nmol/L of nivolumab after Wang et al 2014 (doi 10.1158/2326-6066.CIR-14-0040)"),
    /** Association of the antibody and PD-1, for how fast they bind. */
    PD1_ANTIBODY_ASSOCIATION(
            "pd1_antibody_association",
            "L/mol/s",
            1300000,
            10000.0,
            100000000.0,
            "Association of the antibody and PD-1, for how fast they bind",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 1.3e6 L/mol/s of nivolumab after Wang et al 2014 (doi 10.1158/2326-6066.CIR-14-0040)"),
    /** How much more strongly the second arm of the antibody binds PD-1. */
    PD1_CROSS_ARM(
            "pd1_cross_arm",
            "1",
            10,
            0,
            1000,
            "How much more strongly the second arm of the antibody binds PD-1",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 10 after Wang et al 2014 (doi 10.1158/2326-6066.CIR-14-0040)"),
    /** As pd1_antibody_dissociation, of antibody and PD-L1. */
    PDL1_ANTIBODY_DISSOCIATION(
            "pdl1_antibody_dissociation",
            "nmol/L",
            66.5,
            0.001,
            1000,
            "As pd1_antibody_dissociation, of antibody and PD-L1",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 66.5 nmol/L of durvalumab; doi 10.1158/2326-6066.CIR-14-0040 is named for it"),
    /** As pd1_antibody_association, of antibody and PD-L1. */
    PDL1_ANTIBODY_ASSOCIATION(
            "pdl1_antibody_association",
            "L/mol/s",
            430000,
            10000.0,
            100000000.0,
            "As pd1_antibody_association, of antibody and PD-L1",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 4.3e5 L/mol/s of durvalumab; doi 10.1158/2326-6066.CIR-14-0040 is named for it"),
    /** As pd1_cross_arm, of antibody and PD-L1. */
    PDL1_CROSS_ARM(
            "pdl1_cross_arm",
            "1",
            100,
            0,
            1000,
            "As pd1_cross_arm, of antibody and PD-L1",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 100, itself an estimate"),
    /** Complexes of PD-1 with its ligands that take away half of the killing. */
    PD1_HALF_INHIBITION(
            "pd1_half_inhibition",
            "/um2",
            20,
            0.1,
            1000,
            Prior.logNormal(20, 0.3),
            "Complexes of PD-1 with its ligands that take away half of the killing",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 20 per um2, itself an estimate. Width of the prior: assumption"),
    /** Hill coefficient of the inhibition by PD-1. */
    PD1_HILL(
            "pd1_hill",
            "1",
            2,
            1,
            6,
            "Hill coefficient of the inhibition by PD-1",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 2, itself an estimate"),
    /** Volume of the central compartment. */
    BLOOD_VOLUME(
            "blood_volume",
            "L",
            5,
            2,
            10,
            "Volume of the central compartment",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 5 L after doi 10.1002/psp4.12040"),
    /** Volume of the peripheral compartment. */
    PERIPHERAL_VOLUME(
            "peripheral_volume",
            "L",
            60,
            20,
            200,
            "Volume of the peripheral compartment",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 60 L, itself an estimate"),
    /** Number of lymph nodes that drain the tumour. */
    LYMPH_NODES(
            "lymph_nodes",
            "1",
            21,
            1,
            200,
            "Number of lymph nodes that drain the tumour",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 21 in the lung after doi 10.1590/s1806-37132007000200006"),
    /** Diameter of each. */
    LYMPH_NODE_DIAMETER(
            "lymph_node_diameter",
            "mm",
            5,
            1,
            20,
            "Diameter of each",
            "Sove et al 2020 (QSP-IO), parameters of example 1: 5 mm after doi 10.1590/s1806-37132007000200006");

    private final ParameterDescription description;

    QspParameter(
            String name, String unit, double value, double minimum, double maximum, String meaning, String source) {
        this.description = ParameterDescription.optional(name, unit, value, minimum, maximum, meaning, source);
    }

    QspParameter(
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

    ParameterDescription description() {
        return description;
    }

    /** Its value in the declared unit. */
    double of(Parameters parameters) {
        return parameters.value(description.name());
    }

    static List<ParameterDescription> descriptions() {
        return Arrays.stream(values()).map(QspParameter::description).toList();
    }
}
