package org.oncotwin.engine;

import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.StateComponent;

/** Stops a run in which a quantity leaves the range that its description states, or is not a number. */
final class RangeCheck {

    private RangeCheck() {}

    /**
     * Checks one component.
     *
     * @param declared the quantity as the description has it; a component may be narrower, never wider
     */
    static void check(SimulationTime time, Quantity declared, StateComponent component) {
        Quantity quantity = component.quantity();
        double minimum = Math.max(quantity.minimum(), declared.minimum());
        double maximum = Math.min(quantity.maximum(), declared.maximum());
        if (component instanceof ScalarComponent scalar) {
            if (!(scalar.value() >= minimum && scalar.value() <= maximum)) {
                throw outside(time, quantity, minimum, maximum, scalar.value(), "");
            }
        } else if (component instanceof FieldComponent field) {
            check(time, quantity, minimum, maximum, field.field());
        } else if (component instanceof AgentsComponent agents) {
            for (String column : agents.columnNames()) {
                for (double value : agents.column(column)) {
                    if (Double.isNaN(value)) {
                        throw new SimulationException(
                                quantity.name() + " has an agent without a number in column " + column + " at " + time);
                    }
                }
            }
        }
    }

    /** Runs after every advance and response, on millions of voxels: one pass, and nothing made unless a value is outside. */
    private static void check(SimulationTime time, Quantity quantity, double minimum, double maximum, Field field) {
        int size = field.grid().size();
        for (int index = 0; index < size; index++) {
            double value = field.value(index);
            if (!(value >= minimum && value <= maximum)) {
                throw outside(time, quantity, minimum, maximum, value, " in voxel " + place(field.grid(), index));
            }
        }
    }

    private static String place(Grid grid, int index) {
        return "(" + index % grid.nx() + ", " + index / grid.nx() % grid.ny() + ", " + index / grid.nx() / grid.ny()
                + ")";
    }

    private static SimulationException outside(
            SimulationTime time, Quantity quantity, double minimum, double maximum, double value, String place) {
        return new SimulationException(quantity.name() + " is " + value + " " + quantity.unit() + place + " at " + time
                + "; its range is " + minimum + " to " + maximum);
    }
}
