package org.oncotwin.solver.jcuda;

import java.util.List;

/** The kernels once more, in Java, for one member of a launch. Indices out of range throw, which a device would not. */
final class FakeKernels {

    private final List<FakeDriver.FakeBuffer> buffers;
    private final long[] numbers;
    private final int record;

    FakeKernels(List<FakeDriver.FakeBuffer> buffers, long[] numbers, int member) {
        this.buffers = buffers;
        this.numbers = numbers;
        this.record = (int) (numbers[0] + member * numbers[1]);
    }

    void run(String kernel, int thread) {
        switch (kernel) {
            case "react" -> react(thread);
            case "stage3" -> stage(thread, 3, false);
            case "stage3_react" -> stage(thread, 3, true);
            case "stage9" -> stage(thread, 9, false);
            case "stage9_react" -> stage(thread, 9, true);
            case "combine" -> combine(thread);
            case "gather" -> gather(thread);
            default -> throw new IllegalArgumentException(kernel);
        }
    }

    private double[] numbersOf(int buffer) {
        return buffers.get(buffer).numbers();
    }

    private boolean outside(int thread) {
        return thread >= numbers[2] || buffers.get(2).octets()[thread] == 0;
    }

    private void react(int i) {
        if (outside(i)) {
            return;
        }
        double[] fields = numbersOf(0);
        double[] table = numbersOf(1);
        int from = (int) table[record];
        int to = (int) table[record + 1];
        fields[to + i] = reacted((int) table[record + 2], numbersOf(3), numbersOf(4), i, fields[from + i]);
    }

    private void stage(int i, int directions, boolean reacts) {
        if (outside(i)) {
            return;
        }
        double[] fields = numbersOf(0);
        double[] table = numbersOf(1);
        int nx = (int) numbers[3];
        int nxy = (int) numbers[4];
        int stride = (int) numbers[5];
        int margin = (int) numbers[6];
        int[] steps = {1, nx, nxy, nx + 1, nx - 1, nxy + 1, nxy - 1, nxy + nx, nxy - nx};
        int last = (int) table[record + 5] + i;
        double exchange = 0;
        for (int d = 0; d < directions; d++) {
            double[] w = numbersOf(3);
            int face = d * stride + margin + i;
            exchange += w[face] * (fields[last + steps[d]] - fields[last])
                    - w[face - steps[d]] * (fields[last] - fields[last - steps[d]]);
        }
        double value = table[record] * fields[(int) table[record + 4] + i]
                + table[record + 1] * fields[last]
                + table[record + 2] * exchange;
        if (table[record + 3] != 0) {
            value += table[record + 3] * fields[(int) table[record + 6] + i];
        }
        fields[(int) table[record + 7] + i] =
                reacts ? reacted((int) table[record + 8], numbersOf(4), numbersOf(5), i, value) : value;
    }

    private double reacted(int term, double[] rate, double[] weight, int i, double u) {
        double[] table = numbersOf(1);
        int exponents = (int) table[term];
        int crowdings = (int) table[term + 1];
        int sinks = (int) table[term + 2];
        double z = exponents > 1 || crowdings > 1 ? rate[i] : 0;
        double exponent = 0;
        for (int k = exponents - 1; k >= 0; k--) {
            exponent = exponent * z + table[term + 3 + k];
        }
        double crowding = 0;
        for (int k = crowdings - 1; k >= 0; k--) {
            crowding = crowding * z + table[term + 3 + exponents + k];
        }
        double before = 0;
        double after = 0;
        for (int s = term + 3 + exponents + crowdings; s < term + 3 + exponents + crowdings + 3 * sinks; s += 3) {
            before += table[s] * weight[(int) table[s + 2] + i];
            after += table[s + 1] * weight[(int) table[s + 2] + i];
        }
        double v = sinks > 0 ? u * Math.exp(-before) : u;
        v += v * (exponent - crowding * v) / (1 + crowding * v);
        return sinks > 0 ? v * Math.exp(-after) : v;
    }

    private void combine(int thread) {
        int threads = (int) numbers[3];
        if (thread >= threads) {
            return;
        }
        double[] fields = numbersOf(0);
        double[] table = numbersOf(1);
        int rows = (int) table[record];
        int to = (int) table[record + 1];
        double largest = table[record + 2];
        int terms = (int) table[record + 4];
        double difference = 0;
        double total = 0;
        for (int i = thread; i < numbers[2]; i += threads) {
            if (buffers.get(2).octets()[i] != 0) {
                double best = 0;
                double lower = 0;
                for (int row = 0; row < rows; row++) {
                    double value = fields[(int) table[terms + 3 * row] + i];
                    best += table[terms + 3 * row + 1] * value;
                    lower += table[terms + 3 * row + 2] * value;
                }
                double candidate = Math.max(0, Math.min(largest, best));
                fields[to + i] = candidate;
                total += candidate;
                difference += Double.isFinite(best)
                        ? Math.abs(candidate - Math.max(0, Math.min(largest, lower)))
                        : Double.NaN;
            }
        }
        int place = (int) table[record + 3] * threads + thread;
        numbersOf(3)[2 * place] = difference;
        numbersOf(3)[2 * place + 1] = total;
    }

    private void gather(int thread) {
        int threads = (int) numbers[2];
        int results = (int) numbers[3];
        if (thread >= results) {
            return;
        }
        int member = (int) numbersOf(0)[record];
        for (int part = 0; part < 2; part++) {
            double sum = 0;
            for (int t = thread; t < threads; t += results) {
                sum += numbersOf(1)[2 * (member * threads + t) + part];
            }
            numbersOf(2)[2 * (member * results + thread) + part] = sum;
        }
    }
}
