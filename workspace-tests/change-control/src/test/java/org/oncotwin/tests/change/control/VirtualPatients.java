package org.oncotwin.tests.change.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A reference cohort: virtual patients of whom the true course is known in closed form (Verhulst 1838). */
final class VirtualPatients {

    static final int NUMBER = 24;

    private static final int DAYS = 120;
    private static final int OUTPUT = 30;

    private VirtualPatients() {}

    /** Writes the cohort into a folder. */
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Map<String, Object>> cases = new ArrayList<>();
        for (int n = 0; n < NUMBER; n++) {
            double rate = 0.02 + 0.0025 * n;
            double capacity = 50 + 25 * (n % 5);
            double volume = 1 + 2 * (n % 7);
            String file = String.format(Locale.ROOT, "patient-%02d.json", n + 1);
            Files.writeString(
                    folder.resolve(file), text("virtual-" + (n + 1), volume, rate, capacity, DAYS, OUTPUT, 0));
            List<Double> truth = new ArrayList<>();
            for (int day = 0; day <= DAYS; day += OUTPUT) {
                truth.add(volume(volume, rate, capacity, day));
            }
            cases.add(new TreeMap<>(Map.of(
                    "case",
                    file,
                    "sha256",
                    sha256(folder.resolve(file)),
                    "subgroups",
                    List.of(n < NUMBER / 2 ? "slow" : "fast", volume > 7 ? "large" : "small"),
                    "reference",
                    Map.of("tumour.volume", truth))));
        }
        new ObjectMapper()
                .writeValue(folder.resolve("cohort.json").toFile(), Map.of("cases", cases, "files", Map.of()));
        return folder;
    }

    /** The closed form. */
    static double volume(double start, double rate, double capacity, double day) {
        return capacity / (1 + (capacity / start - 1) * Math.exp(-rate * day));
    }

    /** A case file. */
    static String text(String name, double volume, double rate, double capacity, int days, int output, int gate) {
        return "{ \"case\": \"" + name + "\", \"initial\": { \"day\": 0, \"volume\": \"" + volume + " cm3\" },\n"
                + "  \"growth\": { \"model\": \"verhulst\", \"parameters\": { \"proliferation\": \"" + rate
                + " /d\", \"carrying_capacity\": \"" + capacity + " cm3\", \"gate\": " + gate + " } },\n"
                + "  \"horizon\": \"" + days + " d\", \"output\": \"" + output + " d\" }\n";
    }

    static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Copies a folder with all that is in it. */
    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return to;
    }
}
