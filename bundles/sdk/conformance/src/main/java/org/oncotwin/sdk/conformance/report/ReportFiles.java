package org.oncotwin.sdk.conformance.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a report as JSON, and as a page for people. */
final class ReportFiles {

    private static final String PAGE = "report.html";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFiles() {}

    static void delete(Path folder) {
        for (String name : List.of(
                ConformanceReport.FILE,
                ConformanceReport.FILE + ConformanceReport.SIGNATURE_SUFFIX,
                ConformanceReport.FILE + ConformanceReport.CERTIFICATE_SUFFIX,
                PAGE)) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Writes both and returns the JSON file. */
    static Path write(ReportContent content, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path json = folder.resolve(ConformanceReport.FILE);
        Files.write(json, JSON.writeValueAsBytes(content));
        Files.writeString(folder.resolve(PAGE), page(content));
        return json;
    }

    private static String page(ReportContent content) throws IOException {
        try (InputStream template = ReportFiles.class.getResourceAsStream("report.mustache")) {
            return Mustache.compiler()
                    .escapeHTML(true)
                    .compile(new String(template.readAllBytes(), StandardCharsets.UTF_8))
                    .execute(JSON.convertValue(
                            content, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class)));
        }
    }
}
