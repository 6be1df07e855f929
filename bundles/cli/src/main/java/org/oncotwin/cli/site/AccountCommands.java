package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Enrolment;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.cli.Console;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account}: who may do what. */
@Command(
        name = "account",
        description = {
            "The accounts of a site. An administrator makes and closes them; a name is never given to another person.",
            "Roles are administrator, site, regulatory, clinical and inspector."
        },
        synopsisSubcommandLabel = "COMMAND")
final class AccountCommands extends CommandGroup {
    private static final String NEW_PASSWORD = "ONCOTWIN_NEW_PASSWORD";

    AccountCommands(Invocation invocation) {
        super(invocation);
    }

    /** What does not fit, such as a name, is a matter of the command line. */
    static <T> T fitting(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException unfit) {
            throw new InvalidInputException("", unfit.getMessage());
        }
    }

    private static void fitting(Runnable work) {
        fitting(() -> {
            work.run();
            return true;
        });
    }

    static String words(Collection<Role> roles) {
        return roles.stream()
                .sorted()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    static void print(Console console, Enrolment enrolment, boolean json) {
        if (json) {
            ObjectNode root = JsonOutput.object();
            root.put("account", enrolment.name());
            root.put("password", enrolment.password());
            root.put("totp_uri", enrolment.totpUri());
            JsonOutput.print(console, root);
            return;
        }
        console.out().println("account         " + enrolment.name());
        console.out().println("first password  " + enrolment.password());
        console.out().println("authenticator   " + enrolment.totpUri());
        console.out()
                .println(
                        "This is shown once and is for the owner of the account alone, who begins with: oncotwin account password "
                                + enrolment.name());
    }

    private void done(SiteOptions options, String name, String words) {
        if (options.json()) {
            JsonOutput.print(console(), JsonOutput.object().put("account", name).put("message", words));
        } else {
            console().out().println(words);
        }
    }

    @Command(
            name = "create",
            description = "Makes an account. First password and secret of the authenticator are shown once.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin account create ben --name 'Ben Okoro' --role site,clinical")
    int create(
            @Parameters(index = "0", paramLabel = "NAME", description = "Name to log in with.") String name,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Name of the person in print, as it stands beside signatures.")
                    String printed,
            @Option(
                            names = "--role",
                            required = true,
                            split = ",",
                            paramLabel = "ROLE",
                            description = "One or more of ${COMPLETION-CANDIDATES}, in small or capital letters.")
                    Set<Role> roles,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            print(console(), fitting(() -> site.accounts().create(session, name, printed, roles)), options.json());
            return ExitCode.OK;
        });
    }

    @Command(
            name = "list",
            description = "Lists the accounts, closed ones too.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin account list")
    int list(@Mixin SiteOptions options) throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            List<Account> accounts = site.accounts().all();
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                ArrayNode list = root.putArray("accounts");
                accounts.forEach(account -> describe(account, list.addObject()));
                JsonOutput.print(console(), root);
                return ExitCode.OK;
            }
            for (Account account : accounts) {
                console()
                        .out()
                        .printf(
                                Locale.ROOT,
                                "%-20s %-28s %s%s%n",
                                account.name(),
                                account.printedName(),
                                words(account.roles()),
                                state(account));
            }
            return ExitCode.OK;
        });
    }

    private static void describe(Account account, ObjectNode node) {
        node.put("account", account.name());
        node.put("name", account.printedName());
        ArrayNode roles = node.putArray("roles");
        account.roles().stream().sorted().forEach(role -> roles.add(role.name().toLowerCase(Locale.ROOT)));
        node.put("closed", account.closed());
        node.put("locked_until", account.lockedUntil().toString());
        node.put("password_expires", account.passwordExpires().toString());
    }

    private static String state(Account account) {
        if (account.closed()) {
            return "; closed";
        }
        Instant now = Instant.now();
        if (now.isBefore(account.lockedUntil())) {
            return "; locked until " + account.lockedUntil();
        }
        return now.isBefore(account.passwordExpires()) ? "" : "; must change the password";
    }

    @Command(
            name = "roles",
            description = "Gives an account other roles. Its sessions end.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin account roles ben --role clinical --reason 'left the study team'")
    int roles(
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the account.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            split = ",",
                            paramLabel = "ROLE",
                            description = "All roles that it shall have.")
                    Set<Role> roles,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            fitting(() -> site.accounts().setRoles(session, name, roles, reason));
            done(options, name, name + " has the roles " + words(roles));
            return ExitCode.OK;
        });
    }

    @Command(
            name = "close",
            description = "Closes an account for good. Its sessions end; its signatures stay.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin account close ben --reason 'left the hospital'")
    int close(
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the account.") String name,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            fitting(() -> site.accounts().close(session, name, reason));
            done(options, name, name + " is closed");
            return ExitCode.OK;
        });
    }

    @Command(
            name = "renew",
            description =
                    "Gives an account new first credentials and lifts a lock, for instance after a lost authenticator.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin account renew ben --reason 'lost the phone'")
    int renew(
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the account.") String name,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            print(console(), fitting(() -> site.accounts().renew(session, name, reason)), options.json());
            return ExitCode.OK;
        });
    }

    @Command(
            name = "password",
            description = {
                "Changes the own password, with the present one and a code of the authenticator. Nobody needs to be logged in.",
                "The new one comes from a file, from the environment variable " + NEW_PASSWORD
                        + ", or is asked for twice."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  oncotwin account password anna",
                "  oncotwin account password anna --password-file old --new-password-file new --code 123456"
            })
    int password(
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the account.") String name,
            @Mixin CredentialOptions credentials,
            @Option(
                            names = "--new-password-file",
                            paramLabel = "FILE",
                            description = "Read the new password from the first line of FILE.")
                    Path file,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Credentials present = credentials.both(invocation(), name);
            char[] fresh = file == null ? asked(name) : CredentialOptions.firstLine("--new-password-file", file);
            fitting(() -> site.accounts().changePassword(name, present, fresh));
            done(options, name, "the password of " + name + " is changed; log in with: oncotwin login " + name);
            return ExitCode.OK;
        });
    }

    private char[] asked(String name) throws IOException {
        Caller caller = invocation().caller();
        Optional<String> once = caller.ask(new Question("New password of " + name, NEW_PASSWORD, true));
        Optional<String> again = caller.ask(new Question("The same again", NEW_PASSWORD, true));
        if (once.isEmpty()) {
            throw new InvalidInputException(
                    "--new-password-file",
                    "no new password: there is no terminal to ask at; give --new-password-file FILE or set "
                            + NEW_PASSWORD);
        }
        if (!once.equals(again)) {
            throw new InvalidInputException("", "the new password was not typed the same way twice");
        }
        return once.get().toCharArray();
    }
}
