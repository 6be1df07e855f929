package org.oncotwin.casefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.SimulationTime;

/** Reads {@code growth} and, because the model says what it can start from, {@code initial}. */
final class GrowthSection {
    private final PluginCatalogue catalogue;
    private final AnatomySection anatomy;
    private final InputFiles files;
    private final Measures measures;

    GrowthSection(PluginCatalogue catalogue, AnatomySection anatomy, InputFiles files, Measures measures) {
        this.catalogue = catalogue;
        this.anatomy = anatomy;
        this.files = files;
        this.measures = measures;
    }

    /** The growth model of a case that starts at a time; absent if there is a problem with it. */
    Optional<GrowthChoice> read(CaseObject root, Optional<CaseObject> initial, SimulationTime start) {
        Optional<CaseObject> section = root.requiredObject("growth", "an object with model and parameters");
        if (section.isEmpty()) {
            return Optional.empty();
        }
        CaseObject object = section.get();
        Optional<PluginSection<GrowthModelDescription>> chosen = PluginSection.read(
                object, "model", "growth model", catalogue.growthModels(), GrowthModelDescription::plugin);
        Optional<String> solver = solver(object);
        OptionalDouble largestStep = largestStep(object);
        if (chosen.isEmpty()) {
            // What else may be there depends on the model.
            return Optional.empty();
        }
        GrowthModelDescription model = chosen.get().entry().description();
        SortedMap<String, Double> parameters =
                new ParameterSection(model.plugin().parameters(), anatomy, measures).read(object);
        object.refuseOthers();
        if (model.spatial() && !root.has("anatomy")) {
            root.problem("anatomy", "missing; " + model.plugin().id() + " needs tissue with labels, a mask, or both");
        }
        List<Observation> seen = initial.map(i -> observations(i, model, start)).orElse(List.of());
        return Optional.of(
                new GrowthChoice(chosen.get().choice(), parameters, seen, solver.map(PluginChoice::of), largestStep));
    }

    private Optional<String> solver(CaseObject object) {
        Optional<String> solver = object.text("solver", "the id of a solver");
        List<String> known = catalogue.solvers().stream()
                .map(s -> s.description().id())
                .distinct()
                .sorted()
                .toList();
        solver.filter(id -> !known.contains(id))
                .ifPresent(id ->
                        object.problem("solver", "no solver '" + Words.shown(id) + "'; " + Words.known(id, known)));
        return solver;
    }

    private OptionalDouble largestStep(CaseObject object) {
        OptionalDouble step = object.value("max_step")
                .map(v -> measures.read(object, "max_step", v, "d"))
                .orElse(OptionalDouble.empty());
        if (step.isPresent() && !(step.getAsDouble() > 0 && step.getAsDouble() <= SimulationTime.LARGEST_DAY)) {
            object.problem(
                    "max_step",
                    step.getAsDouble() + " d is not allowed; allowed is above 0 to " + SimulationTime.LARGEST_DAY
                            + " d");
            return OptionalDouble.empty();
        }
        return step;
    }

    private List<Observation> observations(CaseObject initial, GrowthModelDescription model, SimulationTime start) {
        List<Observation> seen = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (Quantity quantity : model.initialQuantities()) {
            String key = key(quantity);
            if (initial.has(key)) {
                given.add(key);
                observation(initial, key, quantity, start).ifPresent(seen::add);
            }
        }
        List<String> allowed =
                model.initialQuantities().stream().map(GrowthSection::key).toList();
        initial.refuseOthers("unknown key; " + model.plugin().id() + " starts from " + String.join(" or ", allowed));
        if (given.isEmpty() && !allowed.isEmpty()) {
            initial.problem(
                    allowed.get(0), "missing; " + model.plugin().id() + " starts from " + String.join(" or ", allowed));
        }
        if (given.size() > 1) {
            initial.problem(given.get(1), "given beside " + given.get(0) + "; allowed is one of them");
        }
        return seen;
    }

    /** Keys under {@code initial} that quantities stand for: the last word of a quantity's name. */
    static String key(Quantity quantity) {
        return quantity.name().substring(quantity.name().lastIndexOf('.') + 1);
    }

    private Optional<Observation> observation(CaseObject initial, String key, Quantity quantity, SimulationTime start) {
        if (quantity.kind() == QuantityKind.FIELD) {
            return files.field(initial, key, quantity.minimum(), quantity.maximum(), quantity.unit())
                    .flatMap(field -> anatomy.onAnatomy(initial, key, field))
                    .map(field -> new Observation.Image(quantity, start, field, NoiseModel.EXACT));
        }
        OptionalDouble value = measures.read(initial, key, initial.value(key).orElseThrow(), quantity.unit());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.getAsDouble() < quantity.minimum() || value.getAsDouble() > quantity.maximum()) {
            initial.problem(
                    key,
                    value.getAsDouble() + " " + quantity.unit() + " is not allowed; allowed is " + quantity.minimum()
                            + " to " + quantity.maximum() + " " + quantity.unit());
            return Optional.empty();
        }
        return Optional.of(new Observation.Scalar(quantity, start, value.getAsDouble(), NoiseModel.EXACT));
    }
}
