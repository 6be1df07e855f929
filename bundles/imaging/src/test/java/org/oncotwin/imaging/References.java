package org.oncotwin.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Files that others wrote, with what is expected of them. */
final class References {

    /** The folder of all references. */
    static final Path FOLDER = Path.of("..", "..", "workspace-tests", "references");

    /** The Colin 27 brain. */
    static final Path BRAIN = Path.of("..", "..", "runtime", "data", "brain", "ch2bet.nii.gz");

    private References() {}

    /** The {@code expected.json} of a folder. */
    static JsonNode expected(String folder) throws IOException {
        return new ObjectMapper()
                .readTree(FOLDER.resolve(folder).resolve("expected.json").toFile());
    }

    /** Names of an object, at least one. */
    static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = node.properties().iterator(); all.hasNext(); ) {
            names.add(all.next().getKey());
        }
        assertThat(names).isNotEmpty();
        return names;
    }
}
