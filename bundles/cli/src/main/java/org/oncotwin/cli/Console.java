package org.oncotwin.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/**
 * Where a command writes. Results go to {@code out}, everything else to {@code err}, so that scripts can read the one and people the other.
 *
 * @param out standard output
 * @param err standard error
 * @param errIsTerminal true if a person watches standard error
 * @param debug true if stack traces are wanted
 */
public record Console(PrintWriter out, PrintWriter err, boolean errIsTerminal, boolean debug) {
    /** The console of this process. */
    static Console ofProcess() {
        return new Console(
                writer(System.out),
                writer(System.err),
                new ExecTerminalProvider().isSystemStream(SystemStream.Error),
                "1".equals(System.getenv("ONCOTWIN_DEBUG")));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** A line for people, marked as this program's. */
    public void say(String message) {
        err.println("oncotwin: " + message);
        err.flush();
    }
}
