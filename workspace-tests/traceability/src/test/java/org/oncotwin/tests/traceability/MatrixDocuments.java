package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The matrix as {@code matrix.html}, {@code matrix.csv} and {@code matrix.json}. */
final class MatrixDocuments {

    private static final List<String> COLUMNS = List.of(
            "requirement",
            "area",
            "text",
            "risk",
            "status",
            "gap",
            "software items",
            "design",
            "test module",
            "test class",
            "test method",
            "outcome",
            "runs passed",
            "runs skipped",
            "reason");

    private final Matrix matrix;

    MatrixDocuments(Matrix matrix) {
        this.matrix = matrix;
    }

    /** Writes all three into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Documents.html(folder.resolve("matrix.html"), "matrix.html", page());
        Documents.csv(folder.resolve("matrix.csv"), table());
        Documents.json(folder.resolve("matrix.json"), data());
    }

    private Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("requirements", matrix.rows().size());
        for (Status status : Status.values()) {
            summary.put(status.words(), matrix.count(status));
        }
        summary.put("tests", matrix.tests().size());
        summary.put(
                "tests that verify a requirement",
                matrix.shares().stream().mapToLong(Matrix.Share::traced).sum());
        return summary;
    }

    private Map<String, Object> page() {
        Map<String, List<Matrix.Row>> areas = matrix.rows().stream()
                .collect(Collectors.groupingBy(Matrix.Row::area, LinkedHashMap::new, Collectors.toList()));
        return Map.of(
                "summary",
                        summary().entrySet().stream()
                                .map(entry -> Map.of("name", entry.getKey(), "value", entry.getValue()))
                                .toList(),
                "narrowed", matrix.narrowed(),
                "problems", matrix.problems(),
                "areas",
                        areas.entrySet().stream()
                                .map(area -> Map.of(
                                        "title",
                                        area.getKey(),
                                        "rows",
                                        area.getValue().stream()
                                                .map(MatrixDocuments::row)
                                                .toList()))
                                .toList(),
                "shares", matrix.shares(),
                "gaps",
                        matrix.rows().stream()
                                .filter(row -> row.requirement().isGap())
                                .map(MatrixDocuments::row)
                                .toList());
    }

    private static Map<String, Object> row(Matrix.Row row) {
        Map<String, List<TracedTest>> classes = row.tests().stream()
                .collect(Collectors.groupingBy(
                        test -> test.module() + " " + test.className(), LinkedHashMap::new, Collectors.toList()));
        return Map.of(
                "requirement", row.requirement(),
                "status", row.status().words(),
                "mark", row.status().name(),
                "classes",
                        classes.values().stream()
                                .map(tests -> Map.of(
                                        "module", tests.get(0).module(),
                                        "name",
                                                tests.get(0)
                                                        .className()
                                                        .substring(tests.get(0)
                                                                        .className()
                                                                        .lastIndexOf('.')
                                                                + 1),
                                        "tests",
                                                tests.stream()
                                                        .map(MatrixDocuments::test)
                                                        .toList()))
                                .toList());
    }

    private static Map<String, Object> test(TracedTest test) {
        Result result = test.result();
        String outcome = result.outcome().words();
        if (result.outcome() == Outcome.PASSED && result.passed() > 1) {
            outcome += ", " + result.passed() + " runs";
        }
        if (result.outcome() == Outcome.PASSED && result.skipped() > 0) {
            outcome += ", " + result.skipped() + " skipped";
        }
        return Map.of(
                "method",
                test.method(),
                "outcome",
                outcome,
                "mark",
                result.outcome().name(),
                "reason",
                result.reason());
    }

    private List<List<String>> table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(COLUMNS);
        for (Matrix.Row row : matrix.rows()) {
            Requirement requirement = row.requirement();
            List<String> start = List.of(
                    requirement.id(),
                    row.area(),
                    requirement.text(),
                    requirement.risk(),
                    row.status().words(),
                    requirement.gap(),
                    String.join(" ", requirement.items()),
                    String.join(" ", requirement.design()));
            if (row.tests().isEmpty()) {
                lines.add(join(start, List.of("", "", "", "", "", "", "")));
            }
            for (TracedTest test : row.tests()) {
                Result result = test.result();
                lines.add(join(
                        start,
                        List.of(
                                test.module(),
                                test.className(),
                                test.method(),
                                result.outcome().words(),
                                Integer.toString(result.passed()),
                                Integer.toString(result.skipped()),
                                result.reason())));
            }
        }
        return lines;
    }

    private static List<String> join(List<String> start, List<String> end) {
        List<String> all = new ArrayList<>(start);
        all.addAll(end);
        return all;
    }

    private Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("summary", summary());
        data.put("narrowed", matrix.narrowed());
        data.put("problems", matrix.problems());
        data.put(
                "requirements",
                matrix.rows().stream()
                        .map(row -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("id", row.requirement().id());
                            entry.put("area", row.area());
                            entry.put("text", row.requirement().text());
                            entry.put("risk", row.requirement().risk());
                            entry.put("items", row.requirement().items());
                            entry.put("design", row.requirement().design());
                            entry.put("gap", row.requirement().gap());
                            entry.put("status", row.status().words());
                            entry.put(
                                    "tests",
                                    row.tests().stream()
                                            .map(test -> test.className() + "." + test.method())
                                            .toList());
                            return entry;
                        })
                        .toList());
        data.put(
                "tests",
                matrix.tests().stream()
                        .map(test -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("module", test.module());
                            entry.put("class", test.className());
                            entry.put("method", test.method());
                            entry.put("requirements", test.requirements());
                            entry.put("outcome", test.result().outcome().words());
                            entry.put("passed", test.result().passed());
                            entry.put("skipped", test.result().skipped());
                            entry.put("reason", test.result().reason());
                            return entry;
                        })
                        .toList());
        data.put(
                "modules",
                matrix.shares().stream()
                        .map(share -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("module", share.module());
                            entry.put("tests", share.tests());
                            entry.put("traced", share.traced());
                            entry.put("untraced", share.untraced());
                            entry.put("not run", share.notRun());
                            return entry;
                        })
                        .toList());
        return data;
    }
}
