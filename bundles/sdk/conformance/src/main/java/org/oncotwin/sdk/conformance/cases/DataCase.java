package org.oncotwin.sdk.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with a case and what is expected of it, after the SBML Test Suite: a model to run, settings, and a table of results.
 *
 * <pre>
 * untreated/
 *   test.json      {"description": "...", "source": "...", "relative": 1e-8, "absolute": 1e-12}
 *   case.json      a case file as in docs/case-file.md
 *   expected.csv   day [d],tumour.volume [cm3]
 *   expected/      of an exporter: the files that it must write
 * </pre>
 *
 * @param folder where it lies
 * @param settings what {@code test.json} says
 */
public record DataCase(Path folder, Settings settings) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> KEYS = List.of("description", "source", "relative", "absolute", "exporter");

    /**
     * How a case is compared. A value v agrees with the expected value u if {@code |u - v| <= absolute + relative |u|}.
     *
     * @param description what the case shows
     * @param source where the expected numbers come from: paper and table, closed form, or other program
     * @param relative relative tolerance, not negative
     * @param absolute absolute tolerance in the unit of each column, not negative
     * @param exporter id of the exporter to write for, if any
     */
    public record Settings(
            String description, String source, double relative, double absolute, Optional<String> exporter) {

        /** Checks that nothing is left out. */
        public Settings {
            if (description == null || description.isBlank() || source == null || source.isBlank()) {
                throw new IllegalArgumentException("description and source must be texts that are not blank");
            }
            if (!(relative >= 0 && relative < 1) || !(absolute >= 0) || Double.isInfinite(absolute)) {
                throw new IllegalArgumentException("relative is " + relative + " and absolute " + absolute
                        + "; allowed is 0 to below 1, and at least 0");
            }
        }

        boolean agree(double expected, double found) {
            return Math.abs(expected - found) <= absolute + relative * Math.abs(expected);
        }
    }

    /**
     * The cases of a folder, sorted by name; none if it is not there.
     *
     * @throws IOException if the settings of a case cannot be read
     */
    public static List<DataCase> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> folders;
        try (Stream<Path> children = Files.list(folder)) {
            folders = children.filter(Files::isDirectory).sorted().toList();
        }
        List<DataCase> cases = new ArrayList<>();
        for (Path each : folders) {
            try {
                cases.add(new DataCase(each, settings(each.resolve("test.json"))));
            } catch (IOException unreadable) {
                throw new IOException("case " + each.getFileName() + ": test.json cannot be used", unreadable);
            }
        }
        return cases;
    }

    private static Settings settings(Path file) throws IOException {
        JsonNode json = JSON.readTree(file.toFile());
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw new IOException("unknown key " + name + "; allowed are " + KEYS);
            }
        }
        try {
            return new Settings(
                    json.required("description").textValue(),
                    json.required("source").textValue(),
                    number(json, "relative"),
                    number(json, "absolute"),
                    Optional.ofNullable(json.path("exporter").textValue()));
        } catch (IllegalArgumentException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    private static double number(JsonNode json, String name) {
        JsonNode value = json.required(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed is a number");
        }
        return value.doubleValue();
    }

    /** Name of the case. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** The case file. */
    public Path caseFile() {
        return folder.resolve("case.json");
    }

    /** Exporters to write for. */
    public List<String> exporters() {
        return settings.exporter().stream().toList();
    }

    /** The expected table; a case for an exporter may do without. */
    Optional<ExpectedTable> table() throws IOException {
        Path file = folder.resolve("expected.csv");
        return Files.exists(file) ? Optional.of(ExpectedTable.read(file)) : Optional.empty();
    }

    /** The expected files of the exporter by their path; empty if there are none. */
    List<Path> files() throws IOException {
        Path expected = folder.resolve("expected");
        if (!Files.isDirectory(expected)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(expected)) {
            return all.filter(Files::isRegularFile)
                    .map(expected::relativize)
                    .sorted()
                    .toList();
        }
    }
}
