package org.oncotwin.tests.traceability;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Requirements of one part of the product. */
record Area(String title, List<Requirement> requirements) {

    Area(@JsonProperty("title") String title, @JsonProperty("requirements") List<Requirement> requirements) {
        this.title = title;
        this.requirements = List.copyOf(requirements);
    }
}
