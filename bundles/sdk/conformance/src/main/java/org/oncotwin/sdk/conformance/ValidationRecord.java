package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A comparison of a number of ours with one that others published: checked, and written to {@code target/validation/CLASS.csv}, from which the build makes a table. Columns are subject, quantity, unit, reference, ours, relative
 * error, tolerance and source, each in quotes, separated by commas.
 */
public final class ValidationRecord {

    private final Path file;
    private final String subject;

    private ValidationRecord(Path file, String subject) {
        this.file = file;
        this.subject = subject;
    }

    /**
     * Comparisons of one test class. Records of an earlier run are dropped: call it once for a class, in a static field.
     *
     * @param test the class
     * @param subject what is compared, such as {@code cisplatin, two compartments}
     */
    public static ValidationRecord of(Class<?> test, String subject) {
        Path folder = Path.of("target", "validation");
        Path file = folder.resolve(test.getName() + ".csv");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ValidationRecord(file, subject);
    }

    /**
     * Fails unless the two agree, and records them.
     *
     * @param quantity what it is, such as {@code concentration 4 h after the start of infusion}
     * @param unit UCUM unit
     * @param reference the published number
     * @param ours our number
     * @param tolerance largest relative error; of a reference of 0 the largest absolute one
     * @param source where the reference stands
     */
    public synchronized void check(
            String quantity, String unit, double reference, double ours, double tolerance, String source) {
        double error = reference == 0 ? Math.abs(ours) : Math.abs(ours - reference) / Math.abs(reference);
        assertThat(error)
                .as("%s, %s: ours %s %s, reference %s (%s)", subject, quantity, ours, unit, reference, source)
                .isLessThanOrEqualTo(tolerance);
        String line = List.of(subject, quantity, unit, reference, ours, error, tolerance, source).stream()
                .map(value -> '"' + value.toString().replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\n"));
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
