package org.oncotwin.sdk.conformance;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** A copy of a state down to its arrays, to see later whether somebody wrote to an array that a field took over without a copy. */
final class StateCopy {

    private StateCopy() {}

    static State of(State state) {
        SortedMap<String, StateComponent> copy = new TreeMap<>();
        state.components().forEach((key, component) -> copy.put(key, of(component)));
        return new State(state.time(), copy);
    }

    static List<StateComponent> of(List<StateComponent> components) {
        return components.stream().map(StateCopy::of).toList();
    }

    private static StateComponent of(StateComponent component) {
        // Scalars hold no array and agents never share theirs.
        if (component instanceof FieldComponent f) {
            return new FieldComponent(
                    f.quantity(),
                    f.owner(),
                    f.schemaVersion(),
                    Field.owning(f.field().grid(), f.field().toArray()));
        }
        return component;
    }
}
