package org.oncotwin.cli;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.twin.Cancellation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scene}: surgical scenes of patients. */
@Command(
        name = "scene",
        description =
                "Surgical scenes of patients for simulators: soft tissue with its stiffness, what holds it and what touches it.",
        synopsisSubcommandLabel = "COMMAND")
final class SceneCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** The group with its commands; the help of {@code export} lists the exporters that are there now. */
    static CommandLine of(Services services, Console console, Cancellation cancellation) {
        CommandLine group = new CommandLine(new SceneCommands());
        CommandLine export = new CommandLine(new SceneExportCommand(services, console, cancellation));
        export.getCommandSpec().usageMessage().footer(footer(services).toArray(String[]::new));
        group.addSubcommand(export);
        return group;
    }

    private static List<String> footer(Services services) {
        List<String> lines = new ArrayList<>(List.of(
                "  oncotwin scene export case.json --to mujoco,fenics --out scenes/first \\",
                "      --tissue brain=csf,grey,white --material tumour=high-grade-glioma",
                "  oncotwin scene export case.json --to mujoco --out scenes/soft \\",
                "      --material tissue=\"3 kPa\" --material tumour=\"5 kPa\" --set mujoco.version=3.12",
                "",
                "Exporters:"));
        for (InstalledSceneExporter exporter : services.sceneExporters()) {
            lines.add("  " + exporter.id() + " " + exporter.version() + ": "
                    + exporter.description().plugin().title());
            for (InputDescription option : exporter.description().options()) {
                lines.add("    --set " + exporter.id() + "." + option.name() + "="
                        + option.defaultText().orElseThrow() + "  " + option.description()
                        + (option.choices().isEmpty() ? "" : " One of " + option.choices() + "."));
            }
        }
        if (services.sceneExporters().isEmpty()) {
            lines.add("  none");
        }
        // A percent sign would be a format.
        return lines.stream().map(text -> text.replace("%", "%%")).toList();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; there are "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
