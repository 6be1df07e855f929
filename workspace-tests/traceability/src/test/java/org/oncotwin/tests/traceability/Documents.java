package org.oncotwin.tests.traceability;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes one thing as a page, as a table and as data; equal things give equal bytes. */
final class Documents {

    private Documents() {}

    /** A page from the template of that name. */
    static void html(Path file, String template, Map<String, ?> content) throws IOException {
        try (InputStream in = Documents.class.getResourceAsStream(template);
                InputStream style = Documents.class.getResourceAsStream("style.css")) {
            Map<String, Object> all = new java.util.HashMap<>(content);
            all.put("style", new String(style.readAllBytes(), StandardCharsets.UTF_8));
            Files.writeString(
                    file,
                    Mustache.compiler()
                            .escapeHTML(true)
                            .compile(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .execute(all));
        }
    }

    /** Lines of RFC 4180, the first of them with the names of the columns. */
    static void csv(Path file, List<List<String>> lines) throws IOException {
        Files.writeString(
                file,
                lines.stream()
                        .map(line -> line.stream().map(Documents::cell).collect(Collectors.joining(",")) + "\r\n")
                        .collect(Collectors.joining()));
    }

    /** Data with its keys in the order in which they were put in. */
    static void json(Path file, Object content) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        Files.writeString(file, CheckedJson.MAPPER.writer(printer).writeValueAsString(content) + "\n");
    }

    private static String cell(String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
