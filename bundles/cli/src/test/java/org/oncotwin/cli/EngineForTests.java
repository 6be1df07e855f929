package org.oncotwin.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.Objective;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.ParameterSensitivity;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.SensitivityListener;
import org.oncotwin.api.simulation.SensitivityRequest;
import org.oncotwin.api.simulation.SensitivityResult;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** Grows a volume by a closed form, output by output, and does at one of them what a test asks for. */
final class EngineForTests implements SimulationEngine {
    /** What a test wants to happen. */
    interface Event {
        void happen(Checkpoint last) throws IOException;
    }

    static final PluginIdentity PLUGIN = new PluginIdentity(PluginKind.GROWTH, "logistic", "1.0.0", "test", "00");

    private double rate = 0.1;
    private int eventAt = -1;
    private Event event = last -> {};
    private int threads;
    private String versions = "";
    private Optional<Predicate<PluginIdentity>> visible = Optional.empty();
    private int closed;

    /** Sets the rate of growth, per day. */
    void grow(double perDay) {
        rate = perDay;
    }

    /** Lets something happen before an output, counted from 0. */
    void at(int output, Event what) {
        eventAt = output;
        event = what;
    }

    /** Lets nothing happen any more. */
    void goOn() {
        at(-1, last -> {});
    }

    /** Threads of the last run. */
    int threads() {
        return threads;
    }

    /** Versions of the model that the last request asked for. */
    String versions() {
        return versions;
    }

    /** What the last run that was told so could see. */
    Optional<Predicate<PluginIdentity>> visible() {
        return visible;
    }

    /** Number of simulations that were closed. */
    int closed() {
        return closed;
    }

    @Override
    public Simulation prepare(SimulationRequest request, Predicate<PluginIdentity> visible) {
        this.visible = Optional.of(visible);
        return prepare(request);
    }

    @Override
    public Simulation prepare(SimulationRequest request) {
        versions = request.growth().model().versions();
        return new Running(request);
    }

    private final class Running implements Simulation {
        private final SimulationRequest request;

        Running(SimulationRequest request) {
            this.request = request;
        }

        @Override
        public RunResult run(RunOptions options, RunListener listener) throws IOException {
            return run(0, List.of(), options, listener);
        }

        @Override
        public RunResult resume(Checkpoint checkpoint, RunOptions options, RunListener listener) throws IOException {
            List<Double> values = checkpoint.trajectory().series().get(0).values();
            return run(values.size(), values, options, listener);
        }

        /** As if the volume depended on the rate by the adjoint, and on the capacity by differences. */
        @Override
        public SensitivityResult sensitivity(
                SensitivityRequest wanted, RunOptions options, SensitivityListener listener) {
            threads = options.threads();
            Objective.Observable of =
                    (Objective.Observable) wanted.objective().terms().get(0);
            if (!of.quantity().equals("tumour.volume")) {
                throw new InvalidInputException("objective", "no observable '" + of.quantity() + "'");
            }
            listener.progressed(SensitivityListener.Work.DIFFERENTIATING, 1);
            listener.progressed(SensitivityListener.Work.REPEATING, 1);
            options.cancellation().check();
            double value = 10 * Math.exp(rate * of.time().days());
            ParameterSensitivity capacity = new ParameterSensitivity(
                    "logistic",
                    "carrying_capacity",
                    "cm3",
                    100,
                    0.001,
                    OptionalDouble.of(0.1 / value),
                    ParameterSensitivity.Method.RUN_DIFFERENCES,
                    OptionalDouble.of(0.02),
                    OptionalDouble.empty());
            ParameterSensitivity proliferation = new ParameterSensitivity(
                    "logistic",
                    "proliferation",
                    "/d",
                    rate,
                    -of.time().days() * value,
                    OptionalDouble.of(-of.time().days() * rate),
                    ParameterSensitivity.Method.ADJOINT,
                    OptionalDouble.empty(),
                    wanted.check()
                            ? OptionalDouble.of(-of.time().days() * value * (1 + 1e-8))
                            : OptionalDouble.empty());
            SortedMap<String, Field> maps = new TreeMap<>();
            if (wanted.maps()) {
                maps.put("initial", Field.constant(new Grid(2, 2, 2, Affine.scaling(1, 1, 1)), 0.25));
            }
            return new SensitivityResult(
                    value,
                    "cm3",
                    List.of(capacity, proliferation),
                    maps,
                    Optional.empty(),
                    List.of("a remark"),
                    2_000_000,
                    1.25,
                    4,
                    "request",
                    List.of(PLUGIN));
        }

        private RunResult run(int from, List<Double> before, RunOptions options, RunListener listener)
                throws IOException {
            threads = options.threads();
            List<Double> values = new ArrayList<>(before);
            State state = State.at(request.start());
            Checkpoint last = null;
            for (int i = from; i < request.outputs().size(); i++) {
                if (i == eventAt) {
                    event.happen(last);
                }
                options.cancellation().check();
                SimulationTime time = request.outputs().get(i);
                double volume = 10 * Math.exp(rate * time.days());
                values.add(volume);
                state = State.at(time)
                        .with(List.of(new FieldComponent(
                                Quantity.TUMOUR_CELLULARITY,
                                "logistic",
                                1,
                                Field.constant(new Grid(2, 2, 2, Affine.scaling(1, 1, 1)), volume))));
                listener.reached(time);
                listener.output(new Output(time, Map.of(Quantity.TUMOUR_VOLUME, volume), state));
                last = new Checkpoint(
                        "request", List.of(PLUGIN), List.of(), List.of(), List.of(), state, trajectory(values));
                Checkpoint now = last;
                listener.safePoint(() -> now);
            }
            return new RunResult(
                    trajectory(values),
                    state,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    new Provenance(
                            "request",
                            List.of(PLUGIN),
                            "1.0.0",
                            "00",
                            "17",
                            request.seed(),
                            List.of(),
                            request.inputHashes(),
                            List.of(),
                            "state " + values.get(values.size() - 1)));
        }

        private Trajectory trajectory(List<Double> values) {
            return new Trajectory(
                    request.outputs().subList(0, values.size()),
                    List.of(new Series(Quantity.TUMOUR_VOLUME, new ArrayList<>(values))));
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
