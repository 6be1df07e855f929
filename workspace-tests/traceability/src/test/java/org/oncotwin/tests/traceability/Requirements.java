package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The requirements of the software, area by area. */
record Requirements(List<Area> areas) {

    private static final String FILE = "requirements.json";
    private static final String SCHEMA = "requirements.schema.json";

    Requirements {
        areas = List.copyOf(areas);
    }

    static Requirements read(Path folder) throws IOException {
        return new Requirements(List.of(CheckedJson.MAPPER.treeToValue(
                CheckedJson.read(folder.resolve(FILE), folder.resolve(SCHEMA)).get("areas"), Area[].class)));
    }

    Stream<Requirement> all() {
        return areas.stream().flatMap(area -> area.requirements().stream());
    }

    /** What is wrong with them before any test is looked at. */
    List<String> problems(Path checkout, Set<String> items) throws IOException {
        List<String> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Requirement requirement : all().toList()) {
            if (!ids.add(requirement.id())) {
                problems.add(requirement.id() + ": the id is there twice");
            }
            for (String item : requirement.items()) {
                if (!items.contains(item)) {
                    problems.add(requirement.id() + ": there is no software item " + item);
                }
            }
            for (String design : requirement.design()) {
                DesignReference.problem(checkout, design)
                        .ifPresent(problem -> problems.add(requirement.id() + ": " + problem));
            }
        }
        return problems;
    }
}
