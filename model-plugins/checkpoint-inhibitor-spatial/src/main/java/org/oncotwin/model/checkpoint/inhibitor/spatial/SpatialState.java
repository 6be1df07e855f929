package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.tumour.immune.Quantities;

/**
 * The tumour at one time.
 *
 * @param cellularity viable tumour cells as a fraction of fully packed tumour
 * @param depth how deep in the tumour as it was at the start, in mm; 0 outside
 * @param immune what is the same throughout, see {@link ImmuneSystem} for the order; the logarithm of the volume, which is relative to the start of an interval, is 0
 * @param pd1 occupancy of PD-1 by antibody
 * @param pdl1 occupancy of PD-L1 by antibody
 * @param ctla4 occupancy of CTLA-4 by antibody
 */
record SpatialState(Field cellularity, Field depth, double[] immune, double pd1, double pdl1, double ctla4) {

    /** Version of the layout of the state. */
    static final int SCHEMA_VERSION = 1;

    /** A sum of rounding errors may carry a saturated voxel this much above the carrying capacity. */
    private static final double ROUNDING = 1e-9;

    static final Quantity CELLULARITY = new Quantity(
            Quantity.TUMOUR_CELLULARITY.name(),
            Quantity.TUMOUR_CELLULARITY.unit(),
            QuantityKind.FIELD,
            0,
            1 + ROUNDING,
            Quantity.TUMOUR_CELLULARITY.description());

    static final Quantity DEPTH = new Quantity(
            "tme.rim-depth",
            "mm",
            QuantityKind.FIELD,
            0,
            1e6,
            "Distance to the nearest voxel outside of the tumour as it was at the start; 0 outside");

    /** Scalars of the state as {@link ImmuneSystem} numbers them, the tumour left out. */
    private static final List<Quantity> IMMUNE = List.of(
            Quantities.EFFECTORS,
            Quantities.REGULATORY,
            Quantities.PRESENTING,
            Quantities.INTERFERON,
            Quantities.DYING,
            Quantities.INFLAMED);

    /** What is kept, in the order in which it is written. */
    static final List<Quantity> OWNED = owned();

    private static List<Quantity> owned() {
        List<Quantity> owned = new ArrayList<>(List.of(CELLULARITY, DEPTH));
        owned.addAll(IMMUNE);
        owned.addAll(List.of(Quantities.PD1_OCCUPANCY, Quantities.PDL1_OCCUPANCY, Quantities.CTLA4_OCCUPANCY));
        return List.copyOf(owned);
    }

    static SpatialState of(State state, String owner) {
        double[] immune = new double[1 + IMMUNE.size()];
        for (int n = 0; n < IMMUNE.size(); n++) {
            immune[1 + n] = state.scalar(owner, IMMUNE.get(n));
        }
        return new SpatialState(
                state.field(owner, CELLULARITY),
                state.field(owner, DEPTH),
                immune,
                state.scalar(owner, Quantities.PD1_OCCUPANCY),
                state.scalar(owner, Quantities.PDL1_OCCUPANCY),
                state.scalar(owner, Quantities.CTLA4_OCCUPANCY));
    }

    List<StateComponent> components(String owner) {
        List<StateComponent> components = new ArrayList<>();
        components.add(new FieldComponent(CELLULARITY, owner, SCHEMA_VERSION, cellularity));
        components.add(new FieldComponent(DEPTH, owner, SCHEMA_VERSION, depth));
        for (int n = 0; n < IMMUNE.size(); n++) {
            components.add(new ScalarComponent(IMMUNE.get(n), owner, SCHEMA_VERSION, immune[1 + n]));
        }
        components.add(new ScalarComponent(Quantities.PD1_OCCUPANCY, owner, SCHEMA_VERSION, pd1));
        components.add(new ScalarComponent(Quantities.PDL1_OCCUPANCY, owner, SCHEMA_VERSION, pdl1));
        components.add(new ScalarComponent(Quantities.CTLA4_OCCUPANCY, owner, SCHEMA_VERSION, ctla4));
        return components;
    }

    /** Volume of viable cells in cm3. */
    double viable() {
        return cellularity.sum() * cellularity.grid().voxelVolume();
    }

    /** Volume that an image shows, in cm3. */
    double lesion() {
        return viable() + immune[ImmuneSystem.DYING] + immune[ImmuneSystem.INFLAMED];
    }

    /** With another tumour and other cells, the same antibodies. */
    SpatialState with(Field newCellularity, double[] newImmune) {
        return new SpatialState(newCellularity, depth, newImmune, pd1, pdl1, ctla4);
    }
}
