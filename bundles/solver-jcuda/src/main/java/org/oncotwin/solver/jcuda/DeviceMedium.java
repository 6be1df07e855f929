package org.oncotwin.solver.jcuda;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.solver.grid.scheme.Conductances;
import org.oncotwin.solver.grid.scheme.CouplingSummary;
import org.oncotwin.solver.grid.scheme.Direction;
import org.oncotwin.solver.grid.scheme.Rates;

/** What a device keeps of a medium: which voxels belong to it, the conductances of their faces and edges, their scaled rates of proliferation. */
final class DeviceMedium implements AutoCloseable {

    private final BoxLayout layout;
    private final Rates rates;
    private final double largestLoss;
    private final int directions;
    private final DeviceMemory memory;
    private final CudaBuffer inside;
    private final CudaBuffer conductance;
    private final CudaBuffer rate;

    private DeviceMedium(Medium medium, DeviceMemory memory) {
        this.memory = memory;
        layout = BoxLayout.of(medium);
        rates = rates(medium, layout);
        Conductances conductances = Conductances.of(medium);
        largestLoss = CouplingSummary.of(conductances, medium.grid()).spectralBound() / 2;
        directions = medium.orientation().isPresent() ? Direction.COUNT : Direction.FACES;
        inside = memory.allocate(layout.voxels(), "the mask");
        byte[] mask = new byte[layout.voxels()];
        layout.forEach((index, place) -> mask[place] = 1);
        inside.write(0, mask);
        conductance = memory.allocate(directions * layout.stride() * Double.BYTES, "the conductances");
        write(conductances);
        rate = memory.allocate(rates.uniform() ? Double.BYTES : (long) layout.voxels() * Double.BYTES, "the rates");
        if (!rates.uniform()) {
            double[] scaled = new double[layout.voxels()];
            double[] table = medium.proliferation();
            layout.forEach((index, place) -> scaled[place] = rates.scaled(rate(medium, table, index)));
            rate.write(0, scaled, 0, scaled.length);
        }
    }

    /**
     * Puts a medium on a device.
     *
     * @throws CudaException if there is not enough memory
     * @throws SolverException if the medium has no voxel or is not one
     */
    static DeviceMedium of(Medium medium, CudaContext context) {
        DeviceMemory memory = new DeviceMemory(context, medium.grid());
        try {
            return new DeviceMedium(medium, memory);
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private void write(Conductances conductances) {
        double[][] values = new double[directions][Math.toIntExact(layout.stride())];
        // Kept with the lower voxel of the two.
        conductances.forEach((direction, lower, upper, coupling) ->
                values[direction][layout.margin() + layout.place(lower)] = coupling);
        for (int direction = 0; direction < directions; direction++) {
            conductance.write(direction * layout.stride(), values[direction], 0, values[direction].length);
        }
    }

    private static Rates rates(Medium medium, BoxLayout layout) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] table = medium.proliferation();
        layout.forEach((index, place) -> {
            if (medium.classOf(index) < 0 || medium.classOf(index) >= table.length) {
                throw new SolverException("voxel " + BoxLayout.describe(medium.grid(), index) + " is of class "
                        + medium.classOf(index) + ", for which there is no proliferation rate; there are classes 0 to "
                        + (table.length - 1));
            }
            double value = rate(medium, table, index);
            if (!(value >= 0)) {
                throw new SolverException("the proliferation rate of voxel " + BoxLayout.describe(medium.grid(), index)
                        + " (class " + medium.classOf(index) + ") is " + value
                        + " /d; rates of 0 or more can be solved");
            }
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        });
        return new Rates(range[0], range[1]);
    }

    private static double rate(Medium medium, double[] table, int index) {
        return table[medium.classOf(index)] * medium.relativeProliferation().at(index);
    }

    /** Where voxels stand. */
    BoxLayout layout() {
        return layout;
    }

    /** Range of the rates of proliferation. */
    Rates rates() {
        return rates;
    }

    /** Half of the bound of the spectrum of the diffusion operator in 1/d. */
    double largestLoss() {
        return largestLoss;
    }

    /** True if voxels exchange across edges too. */
    boolean crossesEdges() {
        return directions == Direction.COUNT;
    }

    /** 1 per voxel of the medium, 0 elsewhere in the box. */
    CudaBuffer inside() {
        return inside;
    }

    /** Conductances in 1/d: of each direction a field with margins, the coupling of a voxel with the next one in the direction. */
    CudaBuffer conductance() {
        return conductance;
    }

    /** Scaled rates per voxel, if there is more than one. */
    CudaBuffer rate() {
        return rate;
    }

    @Override
    public void close() {
        memory.close();
    }
}
