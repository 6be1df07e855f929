package org.oncotwin.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.SimulationTime;

/** Shows how far a run has come: a bar to a person who watches, a line per tenth into a log, nothing to a script that asked for JSON. */
public abstract class Progress implements RunListener, AutoCloseable {
    private static final int BAR_WIDTH = 79;

    static Progress of(Console console, boolean json, SimulationRequest request) {
        return of(console, json, request.start(), request.end());
    }

    /** Shows how far a run from one instant to another has come. */
    public static Progress of(Console console, boolean json, SimulationTime start, SimulationTime end) {
        if (json) {
            return new Silent();
        }
        return console.errIsTerminal() ? new Bar(console, start, end) : new Lines(console, start, end);
    }

    /** A bar on the console. */
    static ProgressBarBuilder bar(Console console, String task, long steps) {
        PrintStream err = new PrintStream(new WriterStream(console), true, StandardCharsets.UTF_8);
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(err, BAR_WIDTH));
    }

    @Override
    public void close() {}

    private static final class Silent extends Progress {}

    private static final class Lines extends Progress {
        private final Console console;
        private final long start;
        private final long length;
        private final double lastDay;
        private long tenths;

        Lines(Console console, SimulationTime from, SimulationTime to) {
            this.console = console;
            this.start = from.milliseconds();
            this.length = to.milliseconds() - start;
            this.lastDay = to.days();
        }

        @Override
        public void reached(SimulationTime time) {
            long now = 10 * (time.milliseconds() - start) / length;
            if (now > tenths) {
                tenths = now;
                console.say("day " + Text.plain(time.days()) + " of " + Text.plain(lastDay) + " (" + 10 * now + " %)");
            }
        }
    }

    private static final class Bar extends Progress {
        private final ProgressBar bar;
        private final long start;

        Bar(Console console, SimulationTime from, SimulationTime to) {
            this.start = from.milliseconds();
            this.bar = bar(console, "day", to.milliseconds() - start)
                    .setUnit(" d", SimulationTime.MILLISECONDS_PER_DAY)
                    .build();
        }

        @Override
        public void reached(SimulationTime time) {
            bar.stepTo(time.milliseconds() - start);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** The console as a stream of bytes, which the bar wants. */
    private static final class WriterStream extends OutputStream {
        private final Console console;

        WriterStream(Console console) {
            this.console = console;
        }

        @Override
        public void write(int value) {
            console.err().write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            console.err().write(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            console.err().flush();
        }
    }
}
