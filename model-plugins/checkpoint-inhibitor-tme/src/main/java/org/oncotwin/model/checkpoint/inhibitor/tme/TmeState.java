package org.oncotwin.model.checkpoint.inhibitor.tme;

import java.util.List;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.tumour.immune.Quantities;

/**
 * The lesion at one time.
 *
 * @param viable volume of viable tumour cells in cm3
 * @param dying volume of killed tumour cells in cm3
 * @param inflamed volume of infiltrate and oedema in cm3
 * @param effectors effector T cells
 * @param regulatory regulatory T cells
 * @param presenting mature antigen-presenting cells
 * @param interferon interferon-gamma in pmol/L
 * @param pd1 occupancy of PD-1 by antibody
 * @param pdl1 occupancy of PD-L1 by antibody
 * @param ctla4 occupancy of CTLA-4 by antibody
 */
record TmeState(
        double viable,
        double dying,
        double inflamed,
        double effectors,
        double regulatory,
        double presenting,
        double interferon,
        double pd1,
        double pdl1,
        double ctla4) {

    /** What is kept, in the order in which it is written. */
    static final List<Quantity> OWNED = List.of(
            Quantities.VIABLE,
            Quantities.DYING,
            Quantities.INFLAMED,
            Quantities.EFFECTORS,
            Quantities.REGULATORY,
            Quantities.PRESENTING,
            Quantities.INTERFERON,
            Quantities.PD1_OCCUPANCY,
            Quantities.PDL1_OCCUPANCY,
            Quantities.CTLA4_OCCUPANCY);

    static TmeState of(State state, String owner) {
        return new TmeState(
                state.scalar(owner, Quantities.VIABLE),
                state.scalar(owner, Quantities.DYING),
                state.scalar(owner, Quantities.INFLAMED),
                state.scalar(owner, Quantities.EFFECTORS),
                state.scalar(owner, Quantities.REGULATORY),
                state.scalar(owner, Quantities.PRESENTING),
                state.scalar(owner, Quantities.INTERFERON),
                state.scalar(owner, Quantities.PD1_OCCUPANCY),
                state.scalar(owner, Quantities.PDL1_OCCUPANCY),
                state.scalar(owner, Quantities.CTLA4_OCCUPANCY));
    }

    List<StateComponent> components(String owner) {
        return List.of(
                component(Quantities.VIABLE, owner, viable),
                component(Quantities.DYING, owner, dying),
                component(Quantities.INFLAMED, owner, inflamed),
                component(Quantities.EFFECTORS, owner, effectors),
                component(Quantities.REGULATORY, owner, regulatory),
                component(Quantities.PRESENTING, owner, presenting),
                component(Quantities.INTERFERON, owner, interferon),
                component(Quantities.PD1_OCCUPANCY, owner, pd1),
                component(Quantities.PDL1_OCCUPANCY, owner, pdl1),
                component(Quantities.CTLA4_OCCUPANCY, owner, ctla4));
    }

    /** Volume that an image shows, in cm3. */
    double lesion() {
        return viable + dying + inflamed;
    }

    private static StateComponent component(Quantity quantity, String owner, double value) {
        return new ScalarComponent(quantity, owner, CheckpointInhibitorModel.SCHEMA_VERSION, value);
    }
}
