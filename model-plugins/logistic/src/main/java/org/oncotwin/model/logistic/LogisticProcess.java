package org.oncotwin.model.logistic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/** Logistic growth of one patient's tumour. Its state is the volume. */
final class LogisticProcess implements GrowthProcess {

    private final LogisticGrowth growth;
    private final RunContext context;

    LogisticProcess(LogisticGrowth growth, RunContext context) {
        this.growth = growth;
        this.context = context;
    }

    @Override
    public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
        for (Observation seen : observations) {
            if (seen instanceof Observation.Scalar s && s.quantity().equals(Quantity.TUMOUR_VOLUME)) {
                if (!(s.value() >= 0) || Double.isInfinite(s.value())) {
                    throw new InvalidInputException(
                            Quantity.TUMOUR_VOLUME.name(),
                            s.value() + " cm3 is not allowed; allowed is at least 0 cm3");
                }
                return own(s.value());
            }
        }
        throw new InvalidInputException(
                Quantity.TUMOUR_VOLUME.name(), "missing; the model starts from a tumour volume in cm3");
    }

    @Override
    public List<StateComponent> advance(State state, Interval interval, Effects effects) {
        LogisticGrowth.Drivers drivers = new LogisticGrowth.Drivers(
                effects.get(EffectPort.PROLIFERATION_FACTOR),
                effects.get(EffectPort.CARRYING_CAPACITY_FACTOR),
                uniformRate(effects.get(EffectPort.KILL_RATE)));
        return own(
                growth.volumeAfter(volume(state), interval, drivers, context.solvers(), context.relativeTolerance()));
    }

    @Override
    public List<StateComponent> respond(State state, Effects effects) {
        return own(volume(state)
                * uniform(EffectPort.SURVIVING_FRACTION, effects)
                * uniform(EffectPort.REMAINING_FRACTION, effects));
    }

    /** Volume, and as burden the same: the lesion is taken as fully cellular. */
    @Override
    public Map<Quantity, Double> observe(State state) {
        Map<Quantity, Double> observed = new LinkedHashMap<>();
        observed.put(Quantity.TUMOUR_VOLUME, volume(state));
        observed.put(Quantity.TUMOUR_BURDEN, volume(state));
        return Collections.unmodifiableMap(observed);
    }

    @Override
    public List<StateComponent> migrate(List<StateComponent> saved) {
        if (saved.size() == 1
                && saved.get(0) instanceof ScalarComponent volume
                && volume.quantity().equals(Quantity.TUMOUR_VOLUME)
                && volume.schemaVersion() == LogisticModel.SCHEMA_VERSION) {
            return List.of(volume.ownedBy(context.owner()));
        }
        throw new InvalidInputException(
                "",
                "the logistic model reads one " + Quantity.TUMOUR_VOLUME.name() + " of schema version "
                        + LogisticModel.SCHEMA_VERSION + ", not "
                        + saved.stream()
                                .map(c -> c.quantity().name() + " of version " + c.schemaVersion())
                                .toList());
    }

    private double volume(State state) {
        return state.scalar(context.owner(), Quantity.TUMOUR_VOLUME);
    }

    private List<StateComponent> own(double volume) {
        return List.of(
                new ScalarComponent(Quantity.TUMOUR_VOLUME, context.owner(), LogisticModel.SCHEMA_VERSION, volume));
    }

    private static double uniform(EffectPort<SpatialValue> port, Effects effects) {
        if (effects.get(port) instanceof SpatialValue.Uniform u) {
            return u.value();
        }
        throw spatial(port);
    }

    private static TimeFunction uniformRate(KillRate rate) {
        if (!rate.terms().stream().allMatch(term -> term.weight() instanceof SpatialValue.Uniform)) {
            throw spatial(EffectPort.KILL_RATE);
        }
        return rate.uniformRate();
    }

    private static InvalidInputException spatial(EffectPort<?> port) {
        return new InvalidInputException(
                port.name(),
                "differs from voxel to voxel; the logistic model has no space and takes one value for the whole tumour");
    }
}
