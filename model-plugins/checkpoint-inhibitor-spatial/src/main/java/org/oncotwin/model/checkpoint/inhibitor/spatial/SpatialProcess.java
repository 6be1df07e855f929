package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.tumour.immune.CheckpointBinding;
import org.oncotwin.tumour.immune.Quantities;
import org.oncotwin.tumour.immune.TmeEquations;

/** The model tied to a patient. */
final class SpatialProcess implements GrowthProcess {

    private final Medium medium;
    private final double capacity;
    private final TmeEquations equations;
    private final double effectorDensity;
    private final Infiltration infiltration;
    private final RunContext context;

    SpatialProcess(
            Medium medium,
            double capacity,
            TmeEquations equations,
            double effectorDensity,
            Infiltration infiltration,
            RunContext context) {
        this.medium = medium;
        this.capacity = capacity;
        this.equations = equations;
        this.effectorDensity = effectorDensity;
        this.infiltration = infiltration;
        this.context = context;
    }

    @Override
    public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
        Field seen = seen(time, observations);
        double[] values = seen.toArray();
        double inside = 0;
        for (int index = 0; index < values.length; index++) {
            double value = values[index];
            if (!(value >= 0 && value <= capacity)) {
                throw new InvalidInputException(
                        SpatialState.CELLULARITY.name(),
                        value + " in voxel " + place(index) + " is not allowed; allowed is 0 to the carrying capacity, "
                                + capacity);
            }
            if (medium.contains(index)) {
                inside += value;
            } else {
                values[index] = 0;
            }
        }
        if (!(inside > 0) && seen.sum() > 0) {
            throw new InvalidInputException(
                    SpatialState.CELLULARITY.name(),
                    "all of the tumour lies outside the tissue in which it can be; do the images fit together?");
        }
        Field cellularity = Field.owning(medium.grid(), values);
        Field depths = infiltration.depths(cellularity);
        double viable = cellularity.sum() * medium.grid().voxelVolume();
        double reach = inside > 0
                ? new Shape(medium, capacity, List.of(infiltration.weight(depths))).of(cellularity)[Shape.REACH]
                : 0;
        double[] cells = new Start(equations, viable, largestVolume(), effectorDensity * viable, reach).cells();
        return new SpatialState(cellularity, depths, cells, 0, 0, 0).components(context.owner());
    }

    @Override
    public List<String> remarks(List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation instanceof Observation.Image image) {
                Field field = image.value();
                double outside = 0;
                for (int index = 0; index < field.grid().size(); index++) {
                    outside += medium.contains(index) ? 0 : field.value(index);
                }
                if (outside > 0) {
                    return List.of(String.format(
                            Locale.ROOT,
                            "%.3g cm3 (%.2g %%) of the given tumour burden lies where the tumour cannot be and was left out",
                            outside * field.grid().voxelVolume(),
                            100 * outside / field.sum()));
                }
            }
        }
        return List.of();
    }

    private Field seen(SimulationTime time, List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation instanceof Observation.Image image
                    && image.quantity().name().equals(Quantity.TUMOUR_CELLULARITY.name())) {
                if (!image.time().equals(time)) {
                    throw new InvalidInputException(
                            "initial.day", "cellularity is of " + image.time() + ", the run starts at " + time);
                }
                Grid grid = image.value().grid();
                if (!grid.coincidesWith(medium.grid())) {
                    throw new InvalidInputException(
                            SpatialState.CELLULARITY.name(),
                            "lies on another grid (" + grid.describe() + ") than the anatomy ("
                                    + medium.grid().describe() + ")");
                }
                return image.value();
            }
        }
        throw new InvalidInputException(
                SpatialState.CELLULARITY.name(), "missing; the model starts from an image of cellularity");
    }

    private String place(int index) {
        Grid grid = medium.grid();
        return "(" + index % grid.nx() + ", " + index / grid.nx() % grid.ny() + ", " + index / grid.nx() / grid.ny()
                + ")";
    }

    @Override
    public List<StateComponent> advance(State state, Interval interval, Effects effects) {
        SpatialState before = SpatialState.of(state, context.owner());
        Acting acting = Acting.of(effects);
        Coupling coupling = new Coupling(
                equations, medium, capacity, largestVolume(), infiltration.weight(before.depth()), acting, context);
        Coupling.Point point = new Coupling.Point(interval.start(), before.cellularity(), before.immune());
        for (double jump : acting.jumps(interval)) {
            SimulationTime time = SimulationTime.ofDays(jump);
            if (time.isAfter(point.time()) && time.isBefore(interval.end())) {
                point = coupling.through(point, time);
            }
        }
        point = coupling.through(point, interval.end());
        double day = interval.end().days();
        return new SpatialState(
                        point.cellularity(),
                        before.depth(),
                        point.immune(),
                        CheckpointBinding.occupancy(acting.pd1().at(day)),
                        CheckpointBinding.occupancy(acting.pdl1().at(day)),
                        CheckpointBinding.occupancy(acting.ctla4().at(day)))
                .components(context.owner());
    }

    private double largestVolume() {
        int voxels = 0;
        for (int index = 0; index < medium.grid().size(); index++) {
            voxels += medium.contains(index) ? 1 : 0;
        }
        return capacity * voxels * medium.grid().voxelVolume();
    }

    /** Cells that do not survive are dying; what is removed takes viable cells where it is, and of what is the same throughout as large a part as of viable cells. */
    @Override
    public List<StateComponent> respond(State state, Effects effects) {
        SpatialState before = SpatialState.of(state, context.owner());
        Field surviving = times(before.cellularity(), effects.get(EffectPort.SURVIVING_FRACTION));
        SpatialValue fraction = effects.get(EffectPort.REMAINING_FRACTION);
        Field left = times(surviving, fraction);
        double voxel = medium.grid().voxelVolume();
        double remaining = remaining(surviving, left, fraction, before.depth());
        double[] immune = before.immune();
        immune[ImmuneSystem.DYING] +=
                equations.dyingRetained() * (before.cellularity().sum() - surviving.sum()) * voxel;
        for (int of :
                new int[] {ImmuneSystem.DYING, ImmuneSystem.INFLAMED, ImmuneSystem.EFFECTORS, ImmuneSystem.REGULATORY
                }) {
            immune[of] *= remaining;
        }
        double viable = left.sum() * voxel;
        boolean extinct = viable < before.viable() && viable < equations.extinctionVolume();
        return before.with(extinct ? Field.constant(left.grid(), 0) : left, immune)
                .components(context.owner());
    }

    private static Field times(Field density, SpatialValue fraction) {
        if (fraction instanceof SpatialValue.Uniform uniform && uniform.value() == 1) {
            return density;
        }
        double[] values = density.toArray();
        for (int index = 0; index < values.length; index++) {
            if (values[index] != 0) {
                values[index] *= fraction.at(index);
            }
        }
        return Field.owning(density.grid(), values);
    }

    /** Part of the viable cells that is not removed; without any, of the place where the tumour was at the start. */
    private static double remaining(Field before, Field after, SpatialValue fraction, Field depth) {
        if (fraction instanceof SpatialValue.Uniform uniform) {
            return uniform.value();
        }
        double cells = before.sum();
        if (cells > 0) {
            return after.sum() / cells;
        }
        double sum = 0;
        int count = 0;
        for (int index = 0; index < depth.grid().size(); index++) {
            if (depth.value(index) > 0) {
                sum += fraction.at(index);
                count++;
            }
        }
        return count == 0 ? 1 : sum / count;
    }

    @Override
    public Map<Quantity, Double> observe(State state) {
        SpatialState tumour = SpatialState.of(state, context.owner());
        double lesion = tumour.lesion();
        Map<Quantity, Double> observed = new LinkedHashMap<>();
        observed.put(Quantity.TUMOUR_VOLUME, lesion);
        observed.put(Quantity.TUMOUR_BURDEN, tumour.viable());
        observed.put(Quantities.DIAMETER, StrictMath.cbrt(lesion * 6 / Math.PI));
        observed.put(
                Quantities.EFFECTOR_DENSITY,
                tumour.immune()[ImmuneSystem.EFFECTORS] / (lesion + equations.cellVolume()));
        observed.put(Quantities.PD1_OCCUPANCY, tumour.pd1());
        observed.put(Quantities.PDL1_OCCUPANCY, tumour.pdl1());
        observed.put(Quantities.CTLA4_OCCUPANCY, tumour.ctla4());
        observed.put(Quantities.INTERFERON, tumour.immune()[ImmuneSystem.INTERFERON]);
        return Collections.unmodifiableMap(observed);
    }

    @Override
    public List<StateComponent> migrate(List<StateComponent> saved) {
        Set<Quantity> quantities = saved.stream().map(StateComponent::quantity).collect(Collectors.toSet());
        boolean today = saved.size() == SpatialState.OWNED.size()
                && quantities.equals(Set.copyOf(SpatialState.OWNED))
                && saved.stream().allMatch(this::isToday);
        if (!today) {
            throw new InvalidInputException(
                    "",
                    "the model reads "
                            + SpatialState.OWNED.stream().map(Quantity::name).toList() + " of schema version "
                            + SpatialState.SCHEMA_VERSION + " on "
                            + medium.grid().describe() + ", not "
                            + saved.stream()
                                    .map(c -> c.quantity().name() + " of version " + c.schemaVersion())
                                    .toList());
        }
        return saved.stream().map(c -> c.ownedBy(context.owner())).toList();
    }

    private boolean isToday(StateComponent component) {
        return component.schemaVersion() == SpatialState.SCHEMA_VERSION
                && (!(component instanceof FieldComponent field)
                        || field.field().grid().equals(medium.grid()));
    }
}
