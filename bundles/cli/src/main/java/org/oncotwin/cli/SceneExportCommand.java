package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.RunFolder;
import org.oncotwin.scene.BuiltScene;
import org.oncotwin.scene.SceneBuilder;
import org.oncotwin.scene.SceneRequest;
import org.oncotwin.scene.SceneTissue;
import org.oncotwin.scene.TissueMaterial;
import org.oncotwin.scene.TissueMaterials;
import org.oncotwin.scene.TissueRegions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scene export}: a case in, a scene for each simulator out. */
@Command(
        name = "export",
        description = {
            "Makes a scene of a patient's anatomy and tumour at the start of a case and writes it for simulators, each into a folder of its own, with scene.json, which says what is in it.",
            "The probe enters where the outer surface is nearest to the tumour; outside a window around that point the surface is held."
        },
        footerHeading = "%nExamples:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:an exporter failed; nothing was written",
            "2:the case or the command line cannot be used; nothing was written",
            "130:cancelled; nothing was written"
        })
final class SceneExportCommand implements Callable<Integer> {
    private static final String TUMOUR = "tumour";
    private static final int MOST_TISSUES = 250;
    private static final double CUBIC_CENTIMETRES = 1e6;

    private final Services services;
    private final Console console;
    private final Cancellation cancellation;
    private final SceneOptions reader;

    @Parameters(
            index = "0",
            paramLabel = "CASE",
            description = "The case file, with an anatomy and an image of the tumour.")
    private Path caseFile;

    @Option(
            names = "--to",
            required = true,
            split = ",",
            paramLabel = "EXPORTER",
            description = "Where to, one or more of the exporters below.")
    private List<String> exporters = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to make. It must be new or empty.")
    private Path out;

    @Option(
            names = "--edge-length",
            paramLabel = "LENGTH",
            defaultValue = "8 mm",
            description = "Length of the edges of the mesh, by default 8 mm.")
    private String edgeLength;

    @Option(
            names = "--tissue",
            paramLabel = "NAME=LABELS",
            description =
                    "A tissue of the scene and the labels of the anatomy that it is made of, such as brain=csf,grey,white. Without any, each label is a tissue. Labels that are in none are left out.")
    private List<String> tissues = new ArrayList<>();

    @Option(
            names = "--material",
            paramLabel = "NAME=MATERIAL",
            description =
                    "Material of a tissue, or of the tumour: a name of the library, or a stiffness (Young's modulus) such as \"5 kPa\". Tissues that are called as a material need none; the tumour needs one.")
    private List<String> materials = new ArrayList<>();

    @Option(
            names = "--threshold",
            paramLabel = "CELLULARITY",
            defaultValue = "0.5",
            description = "Cellularity at and above which a voxel belongs to the tumour, by default 0.5.")
    private String threshold;

    @Option(
            names = "--smallest-island",
            paramLabel = "VOLUME",
            defaultValue = "1 cm3",
            description =
                    "Parts of a tissue that hang together and are smaller go to what is around them, by default 1 cm3.")
    private String smallestIsland;

    @Option(
            names = "--volume-error",
            paramLabel = "SHARE",
            defaultValue = "2 %",
            description = "Largest error of the volume of a tissue in the mesh, by default 2 %%; more is refused.")
    private String volumeError;

    @Option(
            names = "--window",
            paramLabel = "LENGTH",
            defaultValue = "30 mm",
            description = "Radius of the surgical window, by default 30 mm.")
    private String window;

    @Option(
            names = "--probe-radius",
            paramLabel = "LENGTH",
            defaultValue = "5 mm",
            description = "Radius of the probe, by default 5 mm.")
    private String probeRadius;

    @Option(
            names = "--press",
            paramLabel = "LENGTH",
            defaultValue = "5 mm",
            description = "How deep the probe presses, by default 5 mm.")
    private String press;

    @Option(
            names = "--set",
            paramLabel = "EXPORTER.OPTION=VALUE",
            description = "An option of an exporter, as listed below. May be given several times.")
    private List<String> settings = new ArrayList<>();

    @Mixin
    private CommonOptions common;

    SceneExportCommand(Services services, Console console, Cancellation cancellation) {
        this.services = services;
        this.console = console;
        this.cancellation = cancellation;
        this.reader = new SceneOptions(services.units());
    }

    @Override
    public Integer call() throws IOException {
        long started = System.nanoTime();
        services.folders().check(out, false);
        List<InstalledSceneExporter> chosen = chosen();
        Map<String, String> options = SceneOptions.pairs("--set", settings);
        SceneOptions.refuseUnknown(options, chosen);
        Map<String, Inputs> inputs = new TreeMap<>();
        chosen.forEach(exporter -> inputs.put(exporter.id(), reader.of(exporter, options)));
        Case source = services.cases().read(caseFile);
        cancellation.check();
        BuiltScene built = SceneBuilder.build(request(source), cancellation);
        try (RunFolder folder = services.folders().create(out, false)) {
            HashedFiles files = new HashedFiles(folder);
            for (InstalledSceneExporter exporter : chosen) {
                cancellation.check();
                if (!common.json()) {
                    console.say("writing " + exporter.id());
                }
                try {
                    exporter.exporter().export(built.scene(), inputs.get(exporter.id()), files.under(exporter.id()));
                } catch (InvalidInputException refused) {
                    throw refused.within("--to " + exporter.id());
                }
            }
            ObjectNode record = SceneRecord.of(source, built, chosen, inputs, files.hashes());
            try (OutputStream json = folder.create("scene.json")) {
                JsonOutput.write(record, json);
            }
            cancellation.check();
            folder.commit();
            report(built, chosen, (System.nanoTime() - started) / 1e9, record);
        }
        return ExitCode.OK;
    }

    private List<InstalledSceneExporter> chosen() {
        List<InstalledSceneExporter> chosen = new ArrayList<>();
        for (String id : new LinkedHashSet<>(exporters)) {
            chosen.add(services.sceneExporters().stream()
                    .filter(exporter -> exporter.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(
                            "--to",
                            "no exporter '" + id + "'; there are "
                                    + services.sceneExporters().stream()
                                            .map(InstalledSceneExporter::id)
                                            .toList())));
        }
        return chosen;
    }

    private SceneRequest request(Case source) {
        Anatomy anatomy = source.request()
                .setting()
                .anatomy()
                .orElseThrow(() -> new InvalidInputException(
                        "anatomy", "the case has none, so there is nothing to make a scene of"));
        Map<String, String> given = SceneOptions.pairs("--material", materials);
        List<SceneTissue> made = tissues(anatomy, given);
        List<SceneTissue> all = new ArrayList<>(made);
        if (made.stream().anyMatch(tissue -> tissue.name().equals(TUMOUR))) {
            throw new InvalidInputException("--tissue", "'" + TUMOUR + "' is the name of the tumour itself");
        }
        all.add(new SceneTissue(TUMOUR, List.of(made.size() + 1), material(TUMOUR, given)));
        given.keySet().stream()
                .filter(name -> all.stream().noneMatch(tissue -> tissue.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInputException(
                            "--material",
                            "no tissue '" + name + "'; there are "
                                    + all.stream().map(SceneTissue::name).toList());
                });
        return new SceneRequest(
                sceneName(source.caseName()),
                TissueRegions.of(
                        anatomy, made, CaseTumour.of(source, reader.quantity("--threshold", threshold, "1", 1e-6, 1))),
                all,
                all.size(),
                reader.quantity("--edge-length", edgeLength, "m", 5e-4, 0.1),
                reader.quantity("--smallest-island", smallestIsland, "mm3", 0, 1e9),
                reader.quantity("--volume-error", volumeError, "1", 0, 1),
                reader.quantity("--window", window, "m", 1e-3, 1),
                reader.quantity("--probe-radius", probeRadius, "m", 5e-4, 0.05),
                reader.quantity("--press", press, "m", 0, 0.05));
    }

    private List<SceneTissue> tissues(Anatomy anatomy, Map<String, String> given) {
        Map<String, Integer> labels = new TreeMap<>(TissueRegions.labels(anatomy));
        Map<String, List<String>> wanted = new TreeMap<>();
        if (tissues.isEmpty()) {
            labels.keySet().forEach(name -> wanted.put(sceneName(name), List.of(name)));
        } else {
            SceneOptions.pairs("--tissue", tissues).forEach((name, list) -> wanted.put(name, List.of(list.split(","))));
        }
        if (wanted.size() > MOST_TISSUES) {
            throw new InvalidInputException(
                    "--tissue", wanted.size() + " tissues are too many; allowed are " + MOST_TISSUES);
        }
        Map<String, String> taken = new TreeMap<>();
        List<SceneTissue> made = new ArrayList<>();
        wanted.forEach((name, names) -> {
            if (!name.equals(sceneName(name))) {
                throw new InvalidInputException(
                        "--tissue",
                        "'" + name
                                + "' is no name of a tissue; allowed are lower-case words joined by hyphens, a letter first");
            }
            List<Integer> numbers = new ArrayList<>();
            for (String label : names) {
                Integer number = labels.get(label);
                if (number == null) {
                    throw new InvalidInputException(
                            "--tissue", "the anatomy has no label '" + label + "'; there are " + labels.keySet());
                }
                String other = taken.put(label, name);
                if (other != null) {
                    throw new InvalidInputException(
                            "--tissue", "label '" + label + "' is in two tissues, " + other + " and " + name);
                }
                numbers.add(number);
            }
            made.add(new SceneTissue(name, numbers, material(name, given)));
        });
        return made;
    }

    private TissueMaterial material(String tissue, Map<String, String> given) {
        String field = "--material " + tissue;
        String words = given.get(tissue);
        if (words == null) {
            if (!TissueMaterials.all().containsKey(tissue)) {
                throw new InvalidInputException(
                        field,
                        "is missing; give one of "
                                + new TreeSet<>(TissueMaterials.all().keySet()) + " or a stiffness, such as --material "
                                + tissue + "=\"5 kPa\"");
            }
            return TissueMaterials.named(field, tissue);
        }
        return reader.isQuantity(words, "Pa")
                ? TissueMaterial.given(tissue, reader.quantity(field, words, "Pa", 1, 1e9))
                : TissueMaterials.named(field, words);
    }

    /** A name for files and bodies. */
    private static String sceneName(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        return plain.isEmpty()
                ? "scene"
                : plain.substring(0, Math.min(60, plain.length())).replaceAll("-+$", "");
    }

    private void report(BuiltScene built, List<InstalledSceneExporter> chosen, double seconds, ObjectNode record) {
        if (common.json()) {
            record.put("out", out.toString());
            record.put("seconds", seconds);
            JsonOutput.print(console, record);
            return;
        }
        Scene scene = built.scene();
        console.out().printf(Locale.ROOT, "%s: %s in %.1f s%n", scene.name(), scene.mesh(), seconds);
        for (Tissue tissue : scene.tissues()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %-24s %8.1f cm3  %8.2f kPa%n",
                            tissue.name(),
                            scene.mesh().volumeOfRegion(tissue.region()) * CUBIC_CENTIMETRES,
                            tissue.material().youngsModulus() / 1000);
        }
        built.qualityWords().forEach(words -> console.out().println("  " + words));
        console.out()
                .println("wrote " + out + ": scene.json and "
                        + String.join(
                                ", ",
                                chosen.stream()
                                        .map(exporter -> exporter.id() + "/")
                                        .toList()));
    }
}
