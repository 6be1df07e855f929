package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.audit.AuditException;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.casefile.InvalidCaseException;
import picocli.CommandLine.ParameterException;

/** Says what went wrong: one line per problem, without stack trace and without the folders of this machine. */
final class Failures {
    /** The folders of an absolute path; what remains is the last name. */
    private static final Pattern FOLDERS = Pattern.compile("(?<![\\w.~/])/(?:[^\\s/:'\",]+/)+");

    private final Console console;
    private final boolean json;

    Failures(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    /**
     * Says what went wrong.
     *
     * @return the exit code
     */
    int report(Throwable failure) {
        if (console.debug()) {
            failure.printStackTrace(console.err());
        }
        List<InvalidInputException> problems =
                failure instanceof InvalidCaseException c ? c.problems() : List.of(asProblem(failure));
        problems.forEach(p -> console.say(oneLine(p.getMessage())));
        if (json) {
            print(problems);
        }
        return code(failure);
    }

    private void print(List<InvalidInputException> problems) {
        ObjectNode root = JsonOutput.object();
        put(root.putObject("error"), problems.get(0));
        if (problems.size() > 1) {
            ArrayNode all = root.putArray("errors");
            problems.forEach(p -> put(all.addObject(), p));
        }
        JsonOutput.print(console, root);
    }

    private static void put(ObjectNode node, InvalidInputException problem) {
        node.put("field", problem.field()).put("message", oneLine(problem.problem()));
    }

    private static int code(Throwable failure) {
        if (failure instanceof InvalidInputException || failure instanceof ParameterException) {
            return ExitCode.BAD_INPUT;
        }
        return failure instanceof CancellationException ? ExitCode.CANCELLED : ExitCode.FAILED;
    }

    private static InvalidInputException asProblem(Throwable failure) {
        if (failure instanceof InvalidInputException invalid) {
            return invalid;
        }
        if (failure instanceof ParameterException usage) {
            String command = usage.getCommandLine().getCommandSpec().qualifiedName();
            return new InvalidInputException("", usage.getMessage() + " (see " + command + " --help)");
        }
        return new InvalidInputException("", words(failure));
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        if (failure instanceof CancellationException) {
            return failure.getMessage() == null ? "cancelled" : failure.getMessage();
        }
        if (failure instanceof FileSystemException file) {
            String name = file.getFile() == null
                    ? "a file"
                    : String.valueOf(Path.of(file.getFile()).getFileName());
            String reason = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
            return name + " cannot be used: " + reason;
        }
        if (failure instanceof SimulationException
                || failure instanceof PluginWithdrawnException
                || failure instanceof SolverException
                || failure instanceof ImageException) {
            return "the run failed" + message;
        }
        if (failure instanceof AccessDeniedException
                || failure instanceof ChangeRefusedException
                || failure instanceof StoreException
                || failure instanceof AuditException) {
            return failure.getMessage();
        }
        if (failure instanceof java.io.IOException) {
            return "reading or writing failed" + message;
        }
        if (failure instanceof OutOfMemoryError) {
            return "there is not enough memory; give Java more with ONCOTWIN_JAVA_OPTIONS=-Xmx8g, or use a coarser grid";
        }
        return "internal error: " + failure.getClass().getSimpleName() + message + " (ONCOTWIN_DEBUG=1 shows where)";
    }

    private static String oneLine(String text) {
        return FOLDERS.matcher(text.strip().replaceAll("\\R+", "; ").replaceAll("\\s+", " "))
                .replaceAll("");
    }
}
