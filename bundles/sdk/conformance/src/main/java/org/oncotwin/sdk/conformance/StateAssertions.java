package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** What the contract tests ask of states. */
final class StateAssertions {

    private StateAssertions() {}

    /** Equal components to a tolerance relative to the largest magnitude of each. */
    static void assertClose(State actual, State expected, double tolerance, String what) {
        assertThat(actual.time()).as(what).isEqualTo(expected.time());
        assertThat(actual.components().keySet())
                .as(what)
                .isEqualTo(expected.components().keySet());
        expected.components().forEach((key, component) -> {
            double[] wanted = numbers(component);
            double[] found = numbers(actual.components().get(key));
            assertThat(found.length).as("%s: size of %s", what, key).isEqualTo(wanted.length);
            double scale = 0;
            for (double value : wanted) {
                scale = Math.max(scale, Math.abs(value));
            }
            for (int i = 0; i < wanted.length; i++) {
                assertThat(Math.abs(found[i] - wanted[i]))
                        .as("%s: %s at %d is %s, not %s", what, key, i, found[i], wanted[i])
                        .isLessThanOrEqualTo(tolerance * scale);
            }
        });
    }

    /** Exactly one component for each owned quantity, of the owner and the schema version. */
    static void assertOwned(
            List<StateComponent> components, List<Quantity> owned, String owner, int schemaVersion, String what) {
        Set<Quantity> seen = new HashSet<>();
        for (StateComponent c : components) {
            assertThat(c.owner())
                    .as("%s: owner of %s", what, c.quantity().name())
                    .isEqualTo(owner);
            assertThat(c.schemaVersion())
                    .as("%s: schema version of %s", what, c.quantity().name())
                    .isEqualTo(schemaVersion);
            assertThat(seen.add(c.quantity()))
                    .as("%s: %s is there once", what, c.quantity().name())
                    .isTrue();
        }
        assertThat(seen)
                .as("%s: all that it owns and nothing else", what)
                .containsExactlyInAnyOrderElementsOf(new HashSet<>(owned));
    }

    /** Every number is finite and within the range of its quantity. Columns of agents have no range of their own and must be finite. */
    static void assertInRange(List<StateComponent> components, String what) {
        for (StateComponent c : components) {
            Quantity q = c.quantity();
            double[] values = numbers(c);
            for (int i = 0; i < values.length; i++) {
                boolean inRange = c instanceof AgentsComponent || values[i] >= q.minimum() && values[i] <= q.maximum();
                assertThat(Double.isFinite(values[i]) && inRange)
                        .as(
                                "%s: %s at %d is %s, allowed is %s to %s %s",
                                what, q.name(), i, values[i], q.minimum(), q.maximum(), q.unit())
                        .isTrue();
            }
        }
    }

    private static double[] numbers(StateComponent component) {
        if (component instanceof ScalarComponent s) {
            return new double[] {s.value()};
        }
        if (component instanceof FieldComponent f) {
            return f.field().toArray();
        }
        AgentsComponent agents = (AgentsComponent) component;
        double[] all = new double[agents.count() * agents.columnNames().size()];
        int next = 0;
        for (String name : agents.columnNames()) {
            double[] column = agents.column(name);
            System.arraycopy(column, 0, all, next, column.length);
            next += column.length;
        }
        return all;
    }
}
