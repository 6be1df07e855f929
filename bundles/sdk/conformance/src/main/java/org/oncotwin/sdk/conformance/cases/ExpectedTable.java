package org.oncotwin.sdk.conformance.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of text with a header, comma separated, without quotes. Lines that start with {@code #} are for people.
 *
 * @param header names of the columns
 * @param rows cells by row
 */
record ExpectedTable(List<String> header, List<List<String>> rows) {

    static ExpectedTable read(Path file) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(List.of(line.split(",", -1)));
            }
        }
        if (lines.size() < 2) {
            throw new IOException(file.getFileName() + " has no row");
        }
        for (List<String> line : lines) {
            if (line.size() != lines.get(0).size()) {
                throw new IOException(file.getFileName() + " has a row of " + line.size() + " cells under a header of "
                        + lines.get(0).size());
            }
        }
        return new ExpectedTable(lines.get(0), lines.subList(1, lines.size()));
    }

    /** Numbers of a column. */
    double[] column(int index) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.get(index)))
                .toArray();
    }
}
