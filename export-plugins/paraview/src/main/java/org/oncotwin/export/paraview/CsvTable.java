package org.oncotwin.export.paraview;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A table as RFC 4180 has it: UTF-8, lines end with CRLF. A row may bring new columns; rows without them have empty cells there. */
final class CsvTable {

    private final Set<String> columns;
    private final List<Map<String, String>> rows = new ArrayList<>();

    /** A table with its first columns. */
    CsvTable(List<String> first) {
        this.columns = new LinkedHashSet<>(first);
    }

    /** Adds a row of cells by column. */
    void add(Map<String, String> row) {
        columns.addAll(row.keySet());
        rows.add(Map.copyOf(row));
    }

    void write(OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(columns.stream().map(CsvTable::cell).collect(Collectors.joining(",")))
                .append("\r\n");
        for (Map<String, String> row : rows) {
            text.append(columns.stream()
                            .map(column -> cell(row.getOrDefault(column, "")))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String cell(String value) {
        return value.matches("[^\",\r\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
