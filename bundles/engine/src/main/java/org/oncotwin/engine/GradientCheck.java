package org.oncotwin.engine;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SimulationTime;

/** Holds what a growth model returns as derivatives against what it says of itself. A plugin may come from anywhere; a number that is not one must not end up in a result. */
final class GradientCheck {

    private final String label;
    private final Set<String> parameters;
    private final Set<String> maps;

    GradientCheck(String label, Set<String> parameters, Set<String> maps) {
        this.label = label;
        this.parameters = Set.copyOf(parameters);
        this.maps = Set.copyOf(maps);
    }

    /**
     * Checks one gradient.
     *
     * @param quantities names with respect to which it may be
     * @param directions directions asked for
     * @param wantsMaps true if maps were asked for
     */
    GrowthGradient check(
            SimulationTime time, GrowthGradient gradient, Set<String> quantities, int directions, boolean wantsMaps) {
        refuseUnknown(time, "the quantities", gradient.state().scalars().keySet(), quantities);
        refuseUnknown(time, "the quantities", gradient.state().fields().keySet(), quantities);
        refuseUnknown(time, "the parameters", gradient.parameters().keySet(), parameters);
        refuseUnknown(time, "the maps", gradient.maps().keySet(), wantsMaps ? maps : Set.of());
        if (gradient.directions().size() != directions) {
            throw new SimulationException(label + " returned derivatives along "
                    + gradient.directions().size() + " directions at " + time + ", asked for " + directions);
        }
        gradient.state().scalars().forEach((name, value) -> refuseNotFinite(time, name, value));
        gradient.parameters().forEach((name, value) -> refuseNotFinite(time, name, value));
        gradient.directions().forEach(value -> refuseNotFinite(time, "a parameter of a treatment", value));
        refuseNotFinite(time, gradient.state().fields());
        refuseNotFinite(time, gradient.maps());
        return gradient;
    }

    private void refuseUnknown(SimulationTime time, String what, Set<String> returned, Set<String> known) {
        if (!known.containsAll(returned)) {
            throw new SimulationException(label + " returned derivatives with respect to " + what + " "
                    + new TreeSet<>(returned) + " at " + time + "; allowed are " + new TreeSet<>(known));
        }
    }

    private void refuseNotFinite(SimulationTime time, Map<String, Field> fields) {
        fields.forEach((name, field) -> {
            int size = field.grid().size();
            for (int index = 0; index < size; index++) {
                if (!Double.isFinite(field.value(index))) {
                    refuseNotFinite(time, name, field.value(index));
                }
            }
        });
    }

    private void refuseNotFinite(SimulationTime time, String name, double value) {
        if (!Double.isFinite(value)) {
            throw new SimulationException("the derivative with respect to " + name + " that " + label + " returned at "
                    + time + " is " + value);
        }
    }
}
