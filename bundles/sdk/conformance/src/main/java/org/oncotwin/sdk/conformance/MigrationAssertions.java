package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.StateComponent;

/** What the contract tests ask of state that earlier versions saved. */
final class MigrationAssertions {

    private MigrationAssertions() {}

    /**
     * Each earlier schema version is answered for.
     *
     * @param earlier recorded states by schema version; no components for a version that is given up
     * @param today schema version of the description
     * @param current a state of today
     * @param use goes on from a migrated state
     */
    static void assertEarlierStatesMigrate(
            Map<Integer, List<StateComponent>> earlier,
            int today,
            List<Quantity> owned,
            String owner,
            List<StateComponent> current,
            UnaryOperator<List<StateComponent>> migrate,
            Consumer<List<StateComponent>> use) {
        assertThat(earlier.keySet())
                .as("earlierStates() has the schema versions before %d", today)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(1, today).boxed().toList());
        earlier.forEach((version, saved) -> {
            String what = "state of schema version " + version;
            if (saved.isEmpty()) {
                List<StateComponent> old = current.stream()
                        .map(component -> atVersion(component, version))
                        .toList();
                DescriptionAssertions.assertRefused(() -> migrate.apply(old), "", what);
                return;
            }
            assertThat(saved).as(what).allSatisfy(component -> assertThat(component.schemaVersion())
                    .isEqualTo(version));
            List<StateComponent> before = StateCopy.of(saved);
            List<StateComponent> migrated = migrate.apply(saved);
            assertThat(saved).as("%s is not changed", what).isEqualTo(before);
            StateAssertions.assertOwned(migrated, owned, owner, today, what);
            StateAssertions.assertInRange(migrated, what);
            use.accept(migrated);
        });
    }

    /** A component as another schema version would have saved it. */
    static StateComponent atVersion(StateComponent c, int version) {
        if (c instanceof ScalarComponent s) {
            return new ScalarComponent(s.quantity(), s.owner(), version, s.value());
        }
        if (c instanceof FieldComponent f) {
            return new FieldComponent(f.quantity(), f.owner(), version, f.field());
        }
        AgentsComponent a = (AgentsComponent) c;
        Map<String, double[]> columns = new TreeMap<>();
        a.columnNames().forEach(name -> columns.put(name, a.column(name)));
        return new AgentsComponent(a.quantity(), a.owner(), version, a.count(), columns);
    }
}
