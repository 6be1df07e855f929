package org.oncotwin.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Memory bandwidth by the triad of STREAM, a = b + s c, on arrays that no cache holds. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class TriadBenchmark {

    private static final int LENGTH = 16 * 1024 * 1024;

    /** Arrays of one thread, filled by it. */
    @State(Scope.Thread)
    public static class Arrays {

        private double[] a;
        private double[] b;
        private double[] c;

        /** Fills them. */
        @Setup
        public void fill() {
            a = new double[LENGTH];
            b = new double[LENGTH];
            c = new double[LENGTH];
            java.util.Arrays.fill(b, 1);
            java.util.Arrays.fill(c, 2);
        }
    }

    /** Work done, as rates. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {

        /** Elements computed. */
        public long elements;
    }

    /** One thread. */
    @Benchmark
    @Threads(1)
    public double[] one(Arrays arrays, Work work) {
        return triad(arrays, work);
    }

    /** Two threads. */
    @Benchmark
    @Threads(2)
    public double[] two(Arrays arrays, Work work) {
        return triad(arrays, work);
    }

    private static double[] triad(Arrays arrays, Work work) {
        double[] a = arrays.a;
        double[] b = arrays.b;
        double[] c = arrays.c;
        double s = 3;
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + s * c[i];
        }
        work.elements += a.length;
        return a;
    }
}
