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
        Quantity own = component.quantity();
        Quantity quantity = new Quantity(
                own.name(),
                own.unit(),
                own.kind(),
                Math.max(own.minimum(), declared.minimum()),
                Math.min(own.maximum(), declared.maximum()),
                own.description());
        if (component instanceof ScalarComponent scalar && outside(quantity, scalar.value())) {
            throw new SimulationException(message(time, quantity, scalar.value(), ""));
        } else if (component instanceof FieldComponent field) {
            check(time, quantity, field.field());
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

    private static void check(SimulationTime time, Quantity quantity, Field field) {
        Grid grid = field.grid();
        for (int index = 0; index < grid.size(); index++) {
            double value = field.value(index);
            if (outside(quantity, value)) {
                int i = index % grid.nx();
                int j = index / grid.nx() % grid.ny();
                int k = index / grid.nx() / grid.ny();
                throw new SimulationException(
                        message(time, quantity, value, " in voxel (" + i + ", " + j + ", " + k + ")"));
            }
        }
    }

    private static boolean outside(Quantity quantity, double value) {
        return !(value >= quantity.minimum() && value <= quantity.maximum());
    }

    private static String message(SimulationTime time, Quantity quantity, double value, String place) {
        return quantity.name() + " is " + value + " " + quantity.unit() + place + " at " + time + "; its range is "
                + quantity.minimum() + " to " + quantity.maximum();
    }
}
