package org.oncotwin.cli.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.plugin.InvalidInputException;
import picocli.CommandLine.Option;

/** Where password and code come from. Never from the command line itself for a password: others on the machine can see it there. */
final class CredentialOptions {
    private static final String PASSWORD = "ONCOTWIN_PASSWORD";
    private static final String CODE = "ONCOTWIN_CODE";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = {
                "Read the password from the first line of FILE.",
                "Default: the environment variable " + PASSWORD + ", else it is asked for."
            })
    private Path passwordFile;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = {
                "Code that the authenticator shows.",
                "Default: the environment variable " + CODE + ", else it is asked for."
            })
    private String code;

    /**
     * Both components.
     *
     * @throws InvalidInputException if one is not given and there is no terminal to ask at
     */
    Credentials both(Invocation invocation, String name) throws IOException {
        Credentials given = any(invocation, name);
        if (given.password().isEmpty()) {
            throw new InvalidInputException(
                    "--password-file",
                    "no password: there is no terminal to ask at; give --password-file FILE or set " + PASSWORD);
        }
        if (given.code().isEmpty()) {
            throw new InvalidInputException(
                    "--code",
                    "no code of the authenticator: there is no terminal to ask at; give --code CODE or set " + CODE);
        }
        return given;
    }

    /** What there is of both. */
    Credentials any(Invocation invocation, String name) throws IOException {
        Optional<char[]> password = passwordFile == null
                ? invocation
                        .caller()
                        .ask(new Question("Password of " + name, PASSWORD, true))
                        .map(String::toCharArray)
                : Optional.of(firstLine("--password-file", passwordFile));
        Optional<String> shown = code == null
                ? invocation.caller().ask(new Question("Code of the authenticator of " + name, CODE, false))
                : Optional.of(code);
        return new Credentials(password, shown.map(String::strip));
    }

    static char[] firstLine(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(option, "there is no file " + file.getFileName());
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> new InvalidInputException(
                            option, "the first line of " + file.getFileName() + " is empty, allowed is a password"))
                    .toCharArray();
        }
    }
}
