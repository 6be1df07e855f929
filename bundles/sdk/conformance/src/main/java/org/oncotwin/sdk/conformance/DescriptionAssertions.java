package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.twin.Quantity;

/** What the contract tests ask of descriptions, and of the refusals that follow from them. */
final class DescriptionAssertions {

    private DescriptionAssertions() {}

    static void assertComplete(PluginDescription plugin) {
        assertThat(plugin.title()).as("title").isNotBlank();
        assertThat(plugin.contextOfUse()).as("context of use").isNotBlank();
        assertThat(plugin.limitations()).as("limitations").isNotEmpty().allSatisfy(text -> assertThat(text)
                .isNotBlank());
        assertThat(plugin.references()).as("references").isNotEmpty().allSatisfy(text -> assertThat(text)
                .isNotBlank());
        Set<String> names = new HashSet<>();
        for (ParameterDescription p : plugin.parameters()) {
            assertThat(names.add(p.name())).as("one parameter %s", p.name()).isTrue();
            assertThat(p.description()).as("description of %s", p.name()).isNotBlank();
            assertThat(p.source()).as("source of %s", p.name()).isNotBlank();
        }
    }

    static void assertUnit(String unit, String what) {
        assertThat(UcumCode.looksValid(unit))
                .as("unit of %s is a UCUM code, not '%s'", what, unit)
                .isTrue();
    }

    static void assertUnits(List<ParameterDescription> parameters, List<Quantity> quantities) {
        parameters.forEach(p -> assertUnit(p.unit(), "parameter " + p.name()));
        quantities.forEach(q -> assertUnit(q.unit(), "quantity " + q.name()));
    }

    /** A quantity with the name of a standard one has its unit and kind and no wider range: nobody reads cubic centimetres from a number of millilitres. */
    static void assertStandardQuantitiesKept(Collection<Quantity> quantities) {
        for (Quantity standard : List.of(Quantity.TUMOUR_VOLUME, Quantity.TUMOUR_BURDEN, Quantity.TUMOUR_CELLULARITY)) {
            assertThat(quantities)
                    .filteredOn(quantity -> quantity.name().equals(standard.name()))
                    .as("%s in %s", standard.name(), standard.unit())
                    .allSatisfy(quantity -> {
                        assertThat(quantity.unit())
                                .as("unit of %s", quantity.name())
                                .isEqualTo(standard.unit());
                        assertThat(quantity.kind())
                                .as("kind of %s", quantity.name())
                                .isEqualTo(standard.kind());
                        // A model may know its values more closely, such as a cellularity that is never above 1.
                        assertThat(quantity.minimum())
                                .as("least %s", quantity.name())
                                .isGreaterThanOrEqualTo(standard.minimum());
                        assertThat(quantity.maximum())
                                .as("greatest %s", quantity.name())
                                .isLessThanOrEqualTo(standard.maximum());
                    });
        }
    }

    /** Refused with an error that names the field. */
    static void assertRefused(ThrowingCallable call, String field, String what) {
        Throwable refusal = catchThrowable(call);
        assertThat(refusal).as(what).isInstanceOf(InvalidInputException.class);
        assertThat(((InvalidInputException) refusal).field())
                .as("%s: the refusal names the field", what)
                .contains(field);
        assertThat(((InvalidInputException) refusal).problem())
                .as("%s: the refusal says what is wrong", what)
                .isNotBlank();
    }

    /** Each parameter is refused by name when it is missing without a default, not a number, or just outside its bounds. */
    static void assertParametersChecked(
            List<ParameterDescription> descriptions, Parameters typical, Consumer<Parameters> use) {
        for (ParameterDescription p : descriptions) {
            SortedMap<String, Double> without = without(typical, p.name());
            if (p.defaultValue().isEmpty()) {
                assertRefused(() -> use.accept(new Parameters(without)), p.name(), "without parameter " + p.name());
            }
            List<Double> outside =
                    List.of(Double.NaN, Double.POSITIVE_INFINITY, Math.nextDown(p.minimum()), Math.nextUp(p.maximum()));
            for (double value : outside) {
                if (value >= p.minimum() && value <= p.maximum() && Double.isFinite(value)
                        || value == Double.NEGATIVE_INFINITY) {
                    continue;
                }
                SortedMap<String, Double> changed = new TreeMap<>(without);
                changed.put(p.name(), value);
                assertRefused(
                        () -> use.accept(new Parameters(changed)),
                        p.name(),
                        "parameter " + p.name() + " of " + value + " " + p.unit());
            }
        }
    }

    /** Typical values with one parameter after the other at each finite bound. */
    static Map<String, Parameters> extremes(List<ParameterDescription> descriptions, Parameters typical) {
        Map<String, Parameters> extremes = new TreeMap<>();
        for (ParameterDescription p : descriptions) {
            for (double bound : new double[] {p.minimum(), p.maximum()}) {
                if (Double.isFinite(bound)) {
                    SortedMap<String, Double> changed = without(typical, p.name());
                    changed.put(p.name(), bound);
                    extremes.put(p.name() + " = " + bound + " " + p.unit(), new Parameters(changed));
                }
            }
        }
        return extremes;
    }

    private static SortedMap<String, Double> without(Parameters parameters, String name) {
        SortedMap<String, Double> copy = new TreeMap<>(parameters.values());
        copy.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "."));
        return copy;
    }
}
