package org.oncotwin.tests.traceability;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What people keep about software of unknown provenance.
 *
 * @param licences SPDX names of the licences that are allowed for what is delivered
 * @param delivered what is part of the distribution
 * @param environment what the distribution runs on and does not bring
 */
@JsonIgnoreProperties("$schema")
record SoupRegister(Set<String> licences, List<SoupEntry> delivered, List<SoupEntry> environment) {

    SoupRegister(
            @JsonProperty("licences") Set<String> licences,
            @JsonProperty("delivered") List<SoupEntry> delivered,
            @JsonProperty("environment") List<SoupEntry> environment) {
        this.licences = Set.copyOf(licences);
        this.delivered = List.copyOf(delivered);
        this.environment = List.copyOf(environment);
    }

    static SoupRegister read(Path folder) throws IOException {
        return CheckedJson.MAPPER.treeToValue(
                CheckedJson.read(folder.resolve("soup.json"), folder.resolve("soup.schema.json")), SoupRegister.class);
    }
}
