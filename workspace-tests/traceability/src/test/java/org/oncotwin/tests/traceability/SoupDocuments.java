package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The list of software of unknown provenance as {@code soup.html}, {@code soup.csv} and {@code soup.json}. */
final class SoupDocuments {

    private final SoupList list;

    SoupDocuments(SoupList list) {
        this.list = list;
    }

    /** Writes all three into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Map<String, String>> delivered =
                list.items().stream().map(SoupDocuments::item).toList();
        List<Map<String, String>> environment =
                list.environment().stream().map(SoupDocuments::entry).toList();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("problems", list.problems());
        content.put("delivered", delivered);
        content.put("environment", environment);
        Documents.json(folder.resolve("soup.json"), content);
        content.put("count", delivered.size());
        Documents.html(folder.resolve("soup.html"), "soup.html", content);
        List<List<String>> lines = new ArrayList<>();
        Stream.concat(delivered.stream(), environment.stream()).forEach(item -> {
            if (lines.isEmpty()) {
                lines.add(List.copyOf(item.keySet()));
            }
            lines.add(List.copyOf(item.values()));
        });
        Documents.csv(folder.resolve("soup.csv"), lines);
    }

    private static Map<String, String> item(SoupList.Item item) {
        Map<String, String> all = entry(item.entry());
        all.put("title", item.title());
        all.put("version", item.component().version());
        all.put("used by", String.join(" ", item.users()));
        all.put("through", String.join(" ", item.through()));
        all.put("file", item.file());
        all.put("sha256", item.component().sha256());
        return all;
    }

    private static Map<String, String> entry(SoupEntry entry) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("key", entry.key());
        all.put("title", entry.title());
        all.put("manufacturer", entry.manufacturer());
        all.put("version", entry.version());
        all.put("licence", entry.licence());
        all.put("licence stated", entry.stated());
        all.put("purpose", entry.purpose());
        all.put("needs", entry.needs());
        all.put("anomalies", entry.anomalies());
        all.put("used by", "");
        all.put("through", "");
        all.put("file", "");
        all.put("sha256", "");
        return all;
    }
}
