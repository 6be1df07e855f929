package org.oncotwin.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.StateComponent;

/**
 * Holds what a participant returns against its description: exactly the quantities that it owns, within their ranges, and only the ports that it drives. A plugin may come from anywhere; what it says of
 * itself is what a site agreed to.
 */
final class ReturnCheck {

    private final String label;
    private final Map<String, Quantity> owned = new TreeMap<>();
    private final Set<EffectPort<?>> driven;

    ReturnCheck(String label, List<Quantity> owned, Set<EffectPort<?>> driven) {
        this.label = label;
        owned.forEach(q -> this.owned.put(q.name(), q));
        this.driven = driven;
    }

    /** All quantities of the participant, each once. */
    List<StateComponent> state(SimulationTime time, List<StateComponent> components) {
        Set<String> returned = new TreeSet<>();
        for (StateComponent component : components) {
            String name = component.quantity().name();
            Quantity declared = owned.get(name);
            if (!component.owner().equals(label) || declared == null || !returned.add(name)) {
                throw new SimulationException(label + " returned " + component.owner() + "/" + name + " at " + time
                        + "; it owns " + owned.keySet() + ", each once");
            }
            RangeCheck.check(time, declared, component);
        }
        if (!returned.equals(owned.keySet())) {
            throw new SimulationException(
                    label + " returned " + returned + " at " + time + "; it owns " + owned.keySet());
        }
        return components;
    }

    /** Ports that the participant drives, of the right timing. */
    Effects effects(SimulationTime time, EffectPort.Timing timing, Effects effects) {
        for (EffectPort<?> port : effects.ports()) {
            if (!drives(port, timing)) {
                throw new SimulationException(label + " drove the port '" + port + "' at " + time + " (" + timing
                        + "), which its description does not say, or which the course says that it leaves idle");
            }
        }
        return effects;
    }

    /** True if the participant says that it drives a port, of the right timing. */
    boolean drives(EffectPort<?> port, EffectPort.Timing timing) {
        return driven.contains(port) && port.timing() == timing;
    }

    /** The quantities that the participant owns, by name. */
    Map<String, Quantity> owned() {
        return owned;
    }
}
