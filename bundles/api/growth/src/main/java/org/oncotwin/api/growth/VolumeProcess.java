package org.oncotwin.api.growth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/**
 * A growth process whose state is one volume ({@link Quantity#TUMOUR_VOLUME}, cm3): what models without space have in common, so that each is its law alone. Surviving and remaining fractions multiply the
 * volume; an effect that differs from voxel to voxel is refused. The lesion is taken as fully cellular: burden equals volume.
 */
public final class VolumeProcess implements GrowthProcess {

    /** Relative tolerance asked of the solver of a volume's equation if the run asks for none: far finer than a volume is ever measured, and cheap for one smooth equation. */
    public static final double DEFAULT_RELATIVE_TOLERANCE = 1e-10;

    private final String owner;
    private final int schemaVersion;
    private final VolumeGrowth growth;

    /**
     * A process of one volume.
     *
     * @param owner label under which the model owns its state
     * @param schemaVersion schema version of the model's state
     * @param growth the law
     */
    public VolumeProcess(String owner, int schemaVersion, VolumeGrowth growth) {
        this.owner = owner;
        this.schemaVersion = schemaVersion;
        this.growth = growth;
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
        VolumeEffects acting = new VolumeEffects(
                effects.get(EffectPort.PROLIFERATION_FACTOR),
                effects.get(EffectPort.CARRYING_CAPACITY_FACTOR),
                uniformRate(effects.get(EffectPort.KILL_RATE)));
        double volume = volume(state);
        SimulationTime start = interval.start();
        for (double jump : acting.jumps(interval)) {
            SimulationTime time = SimulationTime.ofDays(jump);
            if (time.isAfter(start) && time.isBefore(interval.end())) {
                volume = growth.volumeAfter(volume, new Interval(start, time), acting);
                start = time;
            }
        }
        return own(growth.volumeAfter(volume, new Interval(start, interval.end()), acting));
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
                && volume.schemaVersion() == schemaVersion) {
            return List.of(volume.ownedBy(owner));
        }
        throw new InvalidInputException(
                "",
                "the model reads one " + Quantity.TUMOUR_VOLUME.name() + " of schema version "
                        + schemaVersion + ", not "
                        + saved.stream()
                                .map(c -> c.quantity().name() + " of version " + c.schemaVersion())
                                .toList());
    }

    private double volume(State state) {
        return state.scalar(owner, Quantity.TUMOUR_VOLUME);
    }

    private List<StateComponent> own(double volume) {
        return List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, owner, schemaVersion, volume));
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
                "differs from voxel to voxel; the model has no space and takes one value for the whole tumour");
    }
}
