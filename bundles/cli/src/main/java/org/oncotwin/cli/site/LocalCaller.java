package org.oncotwin.cli.site;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** The person at the terminal of this process. */
final class LocalCaller implements Caller {
    private final Map<String, String> environment;
    private final SessionFiles sessions;

    /** With the environment of this process. */
    LocalCaller(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.sessions = SessionFiles.of(environment, Path.of(System.getProperty("user.home")));
    }

    @Override
    public Optional<String> ask(Question question) {
        String given = environment.get(question.variable());
        if (given != null && !given.isEmpty()) {
            return Optional.of(given);
        }
        Console terminal = System.console();
        if (terminal == null || !new ExecTerminalProvider().isSystemStream(SystemStream.Input)) {
            return Optional.empty();
        }
        if (!question.secret()) {
            return typed(terminal.readLine("%s: ", question.words()));
        }
        char[] secret = terminal.readPassword("%s: ", question.words());
        return typed(secret == null ? null : new String(secret));
    }

    private static Optional<String> typed(String text) {
        return Optional.ofNullable(text).filter(line -> !line.isEmpty());
    }

    @Override
    public Optional<String> token(Path site) throws IOException {
        return sessions.read(site);
    }

    @Override
    public void keep(Path site, String token) throws IOException {
        sessions.write(site, token);
    }

    @Override
    public void forget(Path site) throws IOException {
        sessions.delete(site);
    }
}
