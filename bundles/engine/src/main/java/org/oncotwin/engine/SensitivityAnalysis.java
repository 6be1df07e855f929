package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.ParameterSensitivity;
import org.oncotwin.api.simulation.ParameterSensitivity.Method;
import org.oncotwin.api.simulation.SensitivityListener;
import org.oncotwin.api.simulation.SensitivityListener.Work;
import org.oncotwin.api.simulation.SensitivityRequest;
import org.oncotwin.api.simulation.SensitivityResult;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.treatment.DifferentiableCourse;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/**
 * Finds for every parameter the most exact way in which the plugins allow to differentiate, and goes it.
 *
 * <p>If the growth model differentiates itself and no course reads the tumour, one sweep back gives the derivative with respect to all parameters of growth, and of each treatment whose effects
 * have a derivative: its own, or differences of the effects alone, which cost no run. All others, and all parameters where the growth model does not differentiate itself, are
 * differenced by repeating the run.
 */
final class SensitivityAnalysis {

    private final Function<Map<ParameterName, Double>, World> worlds;
    private final SensitivityRequest request;
    private final Cancellation cancellation;
    private final SensitivityListener listener;

    SensitivityAnalysis(
            Function<Map<ParameterName, Double>, World> worlds,
            SensitivityRequest request,
            Cancellation cancellation,
            SensitivityListener listener) {
        this.worlds = worlds;
        this.request = request;
        this.cancellation = cancellation;
        this.listener = listener;
    }

    /** A number on which the run depends, and how its derivative is found. */
    private record Row(
            ParameterName name,
            String unit,
            double value,
            Method method,
            Optional<Stencil> stencil,
            int direction,
            Optional<Stencil> runs) {

        /** False if runs would have to be repeated and the bounds of the number leave no room for that. */
        boolean isPossible() {
            return method != Method.RUN_DIFFERENCES || runs.isPresent();
        }
    }

    /**
     * Does it.
     *
     * @param requestHash hash of the request of the run
     * @param plugins gives the plugins in use once all is done
     */
    SensitivityResult analyse(String requestHash, Supplier<List<PluginIdentity>> plugins) {
        World world = worlds.apply(Map.of());
        ObjectiveTerms objective = new ObjectiveTerms(
                request.objective(), world.request().start(), world.request().end());
        List<SimulationTime> instants =
                world.timeline(objective.times(), objective.times().last());
        State start = world.dynamics().initial();
        String unit = objective.unit(world, start);
        if (world.participants().growth() instanceof DifferentiableGrowthProcess growth) {
            objective.checkDifferentiable(world, growth, start);
        }
        Optional<String> obstacle = obstacle(world);
        Optional<Swept> swept = Optional.empty();
        if (obstacle.isEmpty()) {
            try {
                swept = Optional.of(sweep(world, instants, objective));
            } catch (TumourDependence.Found found) {
                obstacle = Optional.of(found.getMessage());
            }
        }
        if (obstacle.isPresent() && request.maps()) {
            throw new InvalidInputException(
                    "maps",
                    "derivatives with respect to voxels need the adjoint, and there is none: " + obstacle.get());
        }
        List<Row> rows = swept.isPresent() ? swept.get().rows() : rows(world, instants, false, new ArrayList<>());
        Optional<AdjointSweep.Result> adjoint = swept.map(Swept::result);
        Map<Interval, List<StepSequence>> steps = new LinkedHashMap<>();
        RepeatedRuns runs = new RepeatedRuns(worlds, objective, steps, cancellation);
        double value;
        if (adjoint.isPresent()) {
            for (int i = 0; i + 1 < instants.size(); i++) {
                steps.put(
                        new Interval(instants.get(i), instants.get(i + 1)),
                        adjoint.get().steps().get(i));
            }
            value = adjoint.get().value();
        } else {
            value = runs.first(world);
            listener.progressed(Work.DIFFERENTIATING, 1);
        }
        List<String> remarks = rows.stream()
                .filter(row -> !row.isPossible())
                .map(row -> row.name() + " was left out: its bounds leave no room to change it")
                .toList();
        rows = rows.stream().filter(Row::isPossible).toList();
        double daysBefore = runs.advancedDays();
        List<ParameterSensitivity> found = sensitivities(rows, value, adjoint, runs);
        double days = new Interval(instants.get(0), instants.get(instants.size() - 1)).days();
        return new SensitivityResult(
                value,
                unit,
                found,
                request.maps() ? maps(adjoint.orElseThrow()) : new TreeMap<>(),
                obstacle,
                remarks,
                adjoint.map(AdjointSweep.Result::memoryUsed).orElse(0L),
                adjoint.map(AdjointSweep.Result::runs).orElse(1.0),
                (runs.advancedDays() - daysBefore) / days,
                requestHash,
                plugins.get());
    }

    /** What the sweep back gives, and for which numbers. */
    private record Swept(List<Row> rows, AdjointSweep.Result result) {}

    private Swept sweep(World world, List<SimulationTime> instants, ObjectiveTerms objective) {
        CourseStates alone;
        try {
            alone = CourseStates.of(world, instants);
        } catch (SimulationException e) {
            throw new TumourDependence.Found("the treatments cannot be computed without the tumour: " + e.getMessage());
        }
        List<EffectDirection> directions = new ArrayList<>();
        List<Row> rows = rows(world, instants, true, directions);
        return new Swept(
                rows,
                new AdjointSweep(
                                world,
                                instants,
                                objective,
                                directions,
                                new TumourDependence(world, alone),
                                request,
                                cancellation,
                                part -> listener.progressed(Work.DIFFERENTIATING, part))
                        .run());
    }

    /** Why the run cannot be swept back. */
    private static Optional<String> obstacle(World world) {
        Participants participants = world.participants();
        if (!(participants.growth() instanceof DifferentiableGrowthProcess growth)) {
            return Optional.of("the growth model " + participants.growthLabel() + " does not differentiate itself");
        }
        if (growth.obstacle().isPresent()) {
            return growth.obstacle();
        }
        for (Participants.Planned planned : participants.courses()) {
            if (!Double.isInfinite(planned.course().longestInterval())) {
                return Optional.of(
                        "the effects of " + planned.label()
                                + " depend on the state of the tumour: it says for how long it may change before they change, too");
            }
        }
        return Optional.empty();
    }

    private List<Row> rows(
            World world, List<SimulationTime> instants, boolean adjoint, List<EffectDirection> directions) {
        Participants participants = world.participants();
        List<Row> rows = new ArrayList<>();
        DifferentiableGrowthProcess growth = adjoint ? (DifferentiableGrowthProcess) participants.growth() : null;
        List<ParameterDescription> ofGrowth = participants.growthDescriptions();
        participants.growthParameters().values().forEach((name, value) -> {
            ParameterName parameter = new ParameterName(participants.growthLabel(), name);
            ParameterDescription description = PreparedSimulation.description(ofGrowth, name);
            boolean own = growth != null && growth.differentiableParameters().contains(name);
            rows.add(row(parameter, description, value, own ? Method.ADJOINT : Method.RUN_DIFFERENCES, -1));
        });
        for (Observation observation : world.request().growth().initial()) {
            if (observation instanceof Observation.Scalar seen) {
                ParameterName parameter = ParameterName.initial(
                        participants.growthLabel(), seen.quantity().name());
                Method method = adjoint ? Method.ADJOINT : Method.RUN_DIFFERENCES;
                rows.add(new Row(
                        parameter,
                        seen.quantity().unit(),
                        seen.value(),
                        method,
                        Optional.empty(),
                        -1,
                        Stencil.ofRuns(
                                seen.value(),
                                seen.value() == 0 ? 1 : Math.abs(seen.value()),
                                seen.quantity().minimum(),
                                seen.quantity().maximum())));
            }
        }
        for (int course = 0; course < participants.courses().size(); course++) {
            Participants.Planned planned = participants.courses().get(course);
            List<ParameterDescription> descriptions =
                    planned.lease().plugin().description().plugin().parameters();
            for (Map.Entry<String, Double> entry : planned.parameters().values().entrySet()) {
                ParameterName parameter = new ParameterName(planned.label(), entry.getKey());
                ParameterDescription description = PreparedSimulation.description(descriptions, entry.getKey());
                rows.add(ofCourse(world, instants, adjoint, course, parameter, description, directions));
            }
        }
        // What a tumour does depends on where drugs go and not on the harm that they do.
        for (LeasedPharmacology.Used used : participants.pharmacokinetics()) {
            used.parameters()
                    .values()
                    .forEach((name, value) -> rows.add(row(
                            new ParameterName(used.label(), name),
                            PreparedSimulation.description(used.plugin().parameters(), name),
                            value,
                            Method.RUN_DIFFERENCES,
                            -1)));
        }
        return rows;
    }

    private Row ofCourse(
            World world,
            List<SimulationTime> instants,
            boolean adjoint,
            int course,
            ParameterName parameter,
            ParameterDescription description,
            List<EffectDirection> directions) {
        Participants.Planned planned = world.participants().courses().get(course);
        double value = planned.parameters().values().get(parameter.name());
        if (!adjoint) {
            return row(parameter, description, value, Method.RUN_DIFFERENCES, -1);
        }
        if (planned.course() instanceof DifferentiableCourse own
                && own.differentiableParameters().contains(parameter.name())) {
            Interval whole =
                    new Interval(world.request().start(), world.request().end());
            directions.add(new OwnDirection(world.participants(), course, parameter.name(), whole));
            return row(parameter, description, value, Method.ADJOINT, directions.size() - 1);
        }
        Optional<Stencil> stencil =
                Stencil.ofExact(value, scale(value, description), description.minimum(), description.maximum());
        Optional<EffectDirection> direction = stencil.flatMap(s -> differenced(world, instants, parameter, s));
        if (direction.isEmpty()) {
            return row(parameter, description, value, Method.RUN_DIFFERENCES, -1);
        }
        directions.add(direction.get());
        return new Row(
                parameter,
                description.unit(),
                value,
                Method.EFFECT_DIFFERENCES,
                stencil,
                directions.size() - 1,
                Stencil.ofRuns(value, scale(value, description), description.minimum(), description.maximum()));
    }

    /** Differences of effects, if the timeline stays as it is when the parameter changes and the courses accept the change. */
    private Optional<EffectDirection> differenced(
            World world, List<SimulationTime> instants, ParameterName parameter, Stencil stencil) {
        try {
            List<World> changed = new ArrayList<>();
            NavigableSet<SimulationTime> breakpoints = world.dynamics().breakpoints();
            for (double point : stencil.points()) {
                World other = worlds.apply(Map.of(parameter, point));
                if (!other.dynamics().breakpoints().equals(breakpoints)
                        || other.participants().longestInterval().isPresent()) {
                    return Optional.empty();
                }
                changed.add(other);
            }
            return Optional.of(new DifferencedDirection(stencil, changed, instants));
        } catch (InvalidInputException | SimulationException e) {
            // The bounds of one parameter may depend on another; runs are differenced from farther points, and say
            // what is wrong if those fail too.
            return Optional.empty();
        }
    }

    private static Row row(
            ParameterName parameter, ParameterDescription description, double value, Method method, int direction) {
        return new Row(
                parameter,
                description.unit(),
                value,
                method,
                Optional.empty(),
                direction,
                Stencil.ofRuns(value, scale(value, description), description.minimum(), description.maximum()));
    }

    /** Magnitude of a parameter: its own, else that of its default, else a hundredth of its range. */
    private static double scale(double value, ParameterDescription description) {
        if (value != 0) {
            return Math.abs(value);
        }
        double usual = Math.abs(description.defaultValue().orElse(0));
        double range = description.maximum() - description.minimum();
        return usual != 0 ? usual : range > 0 && Double.isFinite(range) ? range / 100 : 1;
    }

    private List<ParameterSensitivity> sensitivities(
            List<Row> rows, double objective, Optional<AdjointSweep.Result> adjoint, RepeatedRuns runs) {
        long repeated = rows.stream().filter(this::repeats).count();
        long done = 0;
        List<ParameterSensitivity> found = new ArrayList<>();
        for (Row row : rows) {
            OptionalDouble byRuns = OptionalDouble.empty();
            if (repeats(row)) {
                byRuns =
                        OptionalDouble.of(runs.derivative(row.name(), row.runs().orElseThrow()));
                done++;
                listener.progressed(Work.REPEATING, (double) done / repeated);
            }
            boolean difference = row.method() == Method.RUN_DIFFERENCES;
            double derivative = difference ? byRuns.getAsDouble() : derivative(row, adjoint.orElseThrow());
            Optional<Stencil> stencil = difference ? row.runs() : row.stencil();
            found.add(new ParameterSensitivity(
                    row.name().participant(),
                    row.name().name(),
                    row.unit(),
                    row.value(),
                    derivative,
                    objective == 0 ? OptionalDouble.empty() : OptionalDouble.of(row.value() / objective * derivative),
                    row.method(),
                    stencil.map(s -> OptionalDouble.of(s.step())).orElse(OptionalDouble.empty()),
                    difference ? OptionalDouble.empty() : byRuns));
        }
        return found;
    }

    private boolean repeats(Row row) {
        return row.method() == Method.RUN_DIFFERENCES
                || request.check() && row.runs().isPresent();
    }

    private static double derivative(Row row, AdjointSweep.Result adjoint) {
        if (row.direction() >= 0) {
            return adjoint.directions()[row.direction()];
        }
        return row.name().isInitial()
                ? adjoint.initial().scalars().getOrDefault(row.name().initialQuantity(), 0.0)
                : adjoint.parameters().getOrDefault(row.name().name(), 0.0);
    }

    private static SortedMap<String, Field> maps(AdjointSweep.Result adjoint) {
        SortedMap<String, Field> maps = new TreeMap<>(adjoint.maps());
        SortedMap<String, Field> initial = adjoint.initial().fields();
        initial.forEach((quantity, field) -> maps.put(initial.size() == 1 ? "initial" : "initial." + quantity, field));
        return maps;
    }
}
