package org.oncotwin.cli;

import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.oncotwin.api.simulation.SensitivityListener;

/** Shows how far a sensitivity analysis has come: a bar to a person who watches, a line per tenth into a log, nothing to a script that asked for JSON. */
abstract class SensitivityProgress implements SensitivityListener, AutoCloseable {
    private static final Map<Work, String> WORDS =
            Map.of(Work.DIFFERENTIATING, "differentiating", Work.REPEATING, "repeating runs");

    static SensitivityProgress of(Console console, boolean json) {
        if (json) {
            return new Silent();
        }
        return console.errIsTerminal() ? new Bar(console) : new Lines(console);
    }

    @Override
    public void close() {}

    private static final class Silent extends SensitivityProgress {
        @Override
        public void progressed(Work work, double part) {}
    }

    private static final class Lines extends SensitivityProgress {
        private final Console console;
        private Work last;
        private long tenths;

        Lines(Console console) {
            this.console = console;
        }

        @Override
        public void progressed(Work work, double part) {
            if (work != last) {
                last = work;
                tenths = 0;
            }
            long now = (long) (10 * part);
            if (now > tenths) {
                tenths = now;
                console.say(WORDS.get(work) + " " + 10 * now + " %");
            }
        }
    }

    private static final class Bar extends SensitivityProgress {
        private static final int STEPS = 1000;
        private final Console console;
        private Work last;
        private ProgressBar bar;

        Bar(Console console) {
            this.console = console;
        }

        @Override
        public void progressed(Work work, double part) {
            if (work != last) {
                close();
                last = work;
                bar = Progress.bar(console, WORDS.get(work), STEPS).build();
            }
            bar.stepTo((long) (STEPS * part));
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
