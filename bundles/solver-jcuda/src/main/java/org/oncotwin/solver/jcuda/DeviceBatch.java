package org.oncotwin.solver.jcuda;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;

/** The fields of several members on a device, and the work on them: one launch does the same task for all members that have it to do. */
final class DeviceBatch implements AutoCloseable {

    /**
     * Threads that sum the voxels of a member, and what they are gathered to. Numbers of the scheme, not of a device, for they decide the order of the sums.
     */
    private static final int SUMMING_THREADS = 65_536;

    private static final int GATHERED = 256;

    /** Voxels worked on between two looks at the cancellation: some tenths of a second on slow devices (about 60 bytes each at 200 GB/s). */
    private static final long VOXELS_AT_ONCE = 1L << 30;

    /** Launches between two looks; a driver queues about a thousand. */
    private static final int LAUNCHES_AT_ONCE = 256;

    private final CudaProcessor processor;
    private final DeviceMedium medium;
    private final Cancellation cancellation;
    private final DeviceMemory memory;
    private final int members;
    private final int slots;
    private final int threads;
    private final CudaBuffer fields;
    private final CudaBuffer sums;
    private final CudaBuffer gathered;
    private CudaBuffer weights;
    private CudaBuffer table;
    private long voxelsQueued;
    private int launchesQueued;

    private DeviceBatch(
            CudaProcessor processor,
            DeviceMedium medium,
            int members,
            int slots,
            Cancellation cancellation,
            DeviceMemory memory) {
        this.processor = processor;
        this.medium = medium;
        this.members = members;
        this.slots = slots;
        this.cancellation = cancellation;
        this.memory = memory;
        threads = threads(medium);
        fields = memory.allocate(members * fieldBytes(medium, slots), "the densities of " + members + " members");
        sums = memory.allocate(2L * members * threads * Double.BYTES, "sums");
        gathered = memory.allocate(2L * members * GATHERED * Double.BYTES, "sums");
        weights = memory.allocate(Double.BYTES, "weights");
        table = memory.allocate(Double.BYTES, "coefficients");
    }

    /**
     * Makes room for members.
     *
     * @param slots fields of each member
     * @throws org.oncotwin.api.solver.SolverException if there is not enough memory
     */
    static DeviceBatch of(
            CudaProcessor processor,
            DeviceMedium medium,
            Field first,
            int members,
            int slots,
            Cancellation cancellation) {
        DeviceMemory memory = new DeviceMemory(processor.context(), first.grid());
        try {
            return new DeviceBatch(processor, medium, members, slots, cancellation, memory);
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private static int threads(DeviceMedium medium) {
        return Math.min(SUMMING_THREADS, medium.layout().voxels());
    }

    private static long fieldBytes(DeviceMedium medium, int slots) {
        return slots * medium.layout().stride() * Double.BYTES;
    }

    /**
     * Bytes that each member takes at most.
     *
     * @param weights most weights of sinks of a member
     */
    static long bytesPerMember(DeviceMedium medium, int slots, int weights) {
        return fieldBytes(medium, slots)
                + 2L * (threads(medium) + GATHERED) * Double.BYTES
                + (long) weights * medium.layout().voxels() * Double.BYTES;
    }

    /** Where the first voxel of a field of a member stands. */
    long offset(int member, int slot) {
        return ((long) member * slots + slot) * medium.layout().stride()
                + medium.layout().margin();
    }

    /** Puts the density of a member into one of its fields. */
    void write(int member, int slot, Field density) {
        double[] values = medium.layout().gather(density);
        fields.write(offset(member, slot), values, 0, values.length);
    }

    /** The density in a field of a member. */
    Field read(int member, int slot) {
        double[] values = new double[medium.layout().voxels()];
        fields.read(offset(member, slot), values, 0, values.length);
        return medium.layout().scatter(values);
    }

    /** Puts weights of sinks on the device and returns where each stands; those that several members share are put there once. */
    Map<Field, Long> writeWeights(List<Field> all) {
        Map<Field, Long> offsets = new IdentityHashMap<>();
        List<Field> distinct = new ArrayList<>();
        for (Field weight : all) {
            if (offsets.putIfAbsent(
                            weight, (long) distinct.size() * medium.layout().voxels())
                    == null) {
                distinct.add(weight);
            }
        }
        if (!distinct.isEmpty()) {
            memory.free(weights);
            weights = memory.allocate(
                    (long) distinct.size() * medium.layout().voxels() * Double.BYTES,
                    distinct.size() + " weights of sinks");
            for (Field weight : distinct) {
                double[] values = medium.layout().gather(weight);
                weights.write(offsets.get(weight), values, 0, values.length);
            }
        }
        return offsets;
    }

    /**
     * Does the tasks of some members in turn: first all first tasks, then all second ones and so on. The last task of each is a combination.
     *
     * @param tasks tasks by member, the numbers of the members rising
     * @return the sums of each combination
     */
    Map<Integer, Sums> run(Map<Integer, List<Task>> tasks) {
        NumberTable numbers = new NumberTable();
        List<Launch> launches = launches(tasks, numbers);
        if (table.bytes() < (long) numbers.length() * Double.BYTES) {
            memory.free(table);
            table = memory.allocate(2L * numbers.length() * Double.BYTES, "coefficients");
        }
        table.write(0, numbers.array(), 0, numbers.length());
        for (Launch launch : launches) {
            pause(launch.members());
            launch(launch);
        }
        double[] results = new double[2 * members * GATHERED];
        gathered.read(0, results, 0, results.length);
        return sums(tasks, results);
    }

    /** One launch: as many records of some length, from one of them in the table. */
    private record Launch(KernelName kernel, int first, int length, int members) {}

    private static List<Launch> launches(Map<Integer, List<Task>> tasks, NumberTable table) {
        List<Launch> launches = new ArrayList<>();
        int longest = tasks.values().stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            Map<KernelName, List<double[]>> records = new EnumMap<>(KernelName.class);
            for (List<Task> list : tasks.values()) {
                if (turn < list.size()) {
                    Task task = list.get(turn);
                    records.computeIfAbsent(task.kernel(), k -> new ArrayList<>())
                            .add(task.in(table));
                }
            }
            records.forEach((kernel, of) -> launches.add(launch(kernel, of, table)));
        }
        List<double[]> places =
                tasks.keySet().stream().map(member -> new double[] {member}).toList();
        launches.add(launch(KernelName.GATHER, places, table));
        return launches;
    }

    private static Launch launch(KernelName kernel, List<double[]> records, NumberTable table) {
        int first = table.length();
        records.forEach(table::add);
        return new Launch(kernel, first, records.get(0).length, records.size());
    }

    private void pause(int launchMembers) {
        voxelsQueued += (long) launchMembers * medium.layout().voxels();
        launchesQueued++;
        if (voxelsQueued > VOXELS_AT_ONCE || launchesQueued > LAUNCHES_AT_ONCE) {
            processor.context().synchronise();
            voxelsQueued = 0;
            launchesQueued = 0;
        }
        cancellation.check();
    }

    private void launch(Launch launch) {
        int voxels = medium.layout().voxels();
        CudaBuffer inside = medium.inside();
        switch (launch.kernel()) {
            case REACT -> start(launch, voxels, List.of(fields, table, inside, medium.rate(), weights), voxels);
            case COMBINE -> start(launch, threads, List.of(fields, table, inside, sums), voxels, threads);
            case GATHER -> start(launch, GATHERED, List.of(table, sums, gathered), threads, GATHERED);
            default ->
                start(
                        launch,
                        voxels,
                        List.of(fields, table, inside, medium.conductance(), medium.rate(), weights),
                        voxels,
                        medium.layout().row(),
                        medium.layout().plane(),
                        medium.layout().stride(),
                        medium.layout().margin());
        }
    }

    private void start(Launch launch, long elements, List<CudaBuffer> buffers, long... numbers) {
        long[] all = new long[2 + numbers.length];
        all[0] = launch.first();
        all[1] = launch.length();
        System.arraycopy(numbers, 0, all, 2, numbers.length);
        processor.launch(launch.kernel(), elements, launch.members(), buffers, all);
    }

    private static Map<Integer, Sums> sums(Map<Integer, List<Task>> tasks, double[] results) {
        Map<Integer, Sums> sums = new HashMap<>();
        for (int member : tasks.keySet()) {
            double difference = 0;
            double total = 0;
            for (int i = 2 * member * GATHERED; i < 2 * (member + 1) * GATHERED; i += 2) {
                difference += results[i];
                total += results[i + 1];
            }
            sums.put(member, new Sums(difference, total));
        }
        return sums;
    }

    @Override
    public void close() {
        memory.close();
    }
}
