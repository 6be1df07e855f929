package org.oncotwin.engine;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CheckpointFormat;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.osgi.service.component.annotations.Component;

/** A line that names the format, then compressed content with its SHA-256 at the end. */
@Component
public final class BinaryCheckpointFormat implements CheckpointFormat {

    private static final byte[] FIRST_LINE = "OncoTwin checkpoint 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_ITEMS = 1_000_000;

    @Override
    public void write(Checkpoint checkpoint, OutputStream target) throws IOException {
        target.write(FIRST_LINE);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            DeflaterOutputStream compressed = new DeflaterOutputStream(new StaysOpen(target), deflater, 1 << 16);
            DigestOutputStream digested = new DigestOutputStream(compressed, Hashes.sha256());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(digested, 1 << 16));
            out.writeUTF(checkpoint.requestHash());
            write(checkpoint.plugins(), out);
            write(checkpoint.earlier(), out);
            out.writeInt(checkpoint.solvers().size());
            for (SolverUse use : checkpoint.solvers()) {
                out.writeUTF(use.solver());
                out.writeLong(use.calls());
                out.writeLong(use.steps());
                out.writeLong(use.rejectedSteps());
                out.writeLong(use.evaluations());
                out.writeDouble(use.tolerance().orElse(Double.NaN));
                out.writeDouble(use.error().orElse(Double.NaN));
                out.writeDouble(use.longestStep());
                out.writeInt(use.warnings().size());
                for (String warning : use.warnings()) {
                    out.writeUTF(warning);
                }
            }
            out.writeInt(checkpoint.history().size());
            for (String sentence : checkpoint.history()) {
                out.writeUTF(sentence);
            }
            StateEncoder encoder = new StateEncoder(out);
            encoder.write(checkpoint.state());
            write(checkpoint.trajectory(), out, encoder);
            out.flush();
            compressed.write(digested.getMessageDigest().digest());
            compressed.finish();
        } finally {
            deflater.end();
        }
        target.flush();
    }

    private static void write(Trajectory trajectory, DataOutputStream out, StateEncoder encoder) throws IOException {
        out.writeInt(trajectory.times().size());
        for (SimulationTime time : trajectory.times()) {
            out.writeLong(time.milliseconds());
        }
        out.writeInt(trajectory.series().size());
        for (Series series : trajectory.series()) {
            encoder.write(series.quantity());
            for (double value : series.values()) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    public Checkpoint read(InputStream source) throws IOException {
        if (!Arrays.equals(source.readNBytes(FIRST_LINE.length), FIRST_LINE)) {
            throw new IOException("this is not a checkpoint of this version of OncoTwin");
        }
        try {
            InputStream compressed = new BufferedInputStream(new InflaterInputStream(source), 1 << 16);
            DigestInputStream digested = new DigestInputStream(compressed, Hashes.sha256());
            // No buffer on top of the digest: it would read ahead into the hash at the end.
            DataInputStream in = new DataInputStream(digested);
            String requestHash = in.readUTF();
            StateDecoder decoder = new StateDecoder(in);
            List<PluginIdentity> plugins = plugins(in, decoder);
            List<PluginIdentity> earlier = plugins(in, decoder);
            List<SolverUse> solvers = solvers(in, decoder);
            int sentences = decoder.count(MOST_ITEMS, "sentences");
            List<String> history = new ArrayList<>();
            for (int i = 0; i < sentences; i++) {
                history.add(in.readUTF());
            }
            State state = decoder.state();
            Trajectory trajectory = trajectory(in, decoder);
            byte[] expected = digested.getMessageDigest().digest();
            if (!MessageDigest.isEqual(expected, compressed.readNBytes(expected.length)) || compressed.read() >= 0) {
                throw new IOException("the checkpoint is damaged: its content does not have the hash at its end");
            }
            return new Checkpoint(requestHash, plugins, earlier, solvers, history, state, trajectory);
        } catch (EOFException e) {
            throw new IOException("the checkpoint is truncated", e);
        } catch (ZipException | IllegalArgumentException e) {
            throw new IOException("the checkpoint is damaged: " + e.getMessage(), e);
        }
    }

    private static void write(List<PluginIdentity> plugins, DataOutputStream out) throws IOException {
        out.writeInt(plugins.size());
        for (PluginIdentity plugin : plugins) {
            out.writeUTF(plugin.kind().name());
            out.writeUTF(plugin.id());
            out.writeUTF(plugin.version());
            out.writeUTF(plugin.bundle());
            out.writeUTF(plugin.sha256());
        }
    }

    private static List<PluginIdentity> plugins(DataInputStream in, StateDecoder decoder) throws IOException {
        int count = decoder.count(MOST_ITEMS, "plugins");
        List<PluginIdentity> plugins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            plugins.add(new PluginIdentity(
                    PluginKind.valueOf(in.readUTF()), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()));
        }
        return plugins;
    }

    private static List<SolverUse> solvers(DataInputStream in, StateDecoder decoder) throws IOException {
        int count = decoder.count(MOST_ITEMS, "solvers");
        List<SolverUse> solvers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = in.readUTF();
            long calls = in.readLong();
            long steps = in.readLong();
            long rejected = in.readLong();
            long evaluations = in.readLong();
            OptionalDouble tolerance = numberOrNone(in);
            OptionalDouble error = numberOrNone(in);
            double longest = in.readDouble();
            int sentences = decoder.count(MOST_ITEMS, "warnings");
            List<String> warnings = new ArrayList<>();
            for (int n = 0; n < sentences; n++) {
                warnings.add(in.readUTF());
            }
            solvers.add(new SolverUse(id, calls, steps, rejected, evaluations, tolerance, error, longest, warnings));
        }
        return solvers;
    }

    private static OptionalDouble numberOrNone(DataInputStream in) throws IOException {
        double number = in.readDouble();
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private static Trajectory trajectory(DataInputStream in, StateDecoder decoder) throws IOException {
        int timeCount = decoder.count(MOST_ITEMS, "times");
        List<SimulationTime> times = new ArrayList<>();
        for (int i = 0; i < timeCount; i++) {
            times.add(new SimulationTime(in.readLong()));
        }
        int seriesCount = decoder.count(MOST_ITEMS, "series");
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < seriesCount; i++) {
            Quantity quantity = decoder.quantity();
            series.add(new Series(
                    quantity, Arrays.stream(decoder.doubles(timeCount)).boxed().toList()));
        }
        return new Trajectory(times, series);
    }

    private static final class StaysOpen extends FilterOutputStream {

        StaysOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
