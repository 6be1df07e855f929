package org.oncotwin.tests.traceability;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Set;

/**
 * What people know of a piece of software of unknown provenance and no bill of materials tells.
 *
 * @param key group and name in the bill of materials, with a colon; for what is not delivered a name of its own
 * @param title what it is called
 * @param manufacturer who makes it
 * @param version range of versions of what is not delivered; else empty, for the bill of materials has it
 * @param licence under which it is used, as SPDX names it
 * @param stated what the bill of materials says instead of that; empty if it says the same
 * @param purpose what it is there for and must do (IEC 62304, 5.3.3)
 * @param needs hardware and software that it needs (5.3.4)
 * @param anomalies where its known faults are published (7.1.3)
 * @param users software items that use it through services of the framework, which no bill of materials knows of
 */
record SoupEntry(
        String key,
        String title,
        String manufacturer,
        String version,
        String licence,
        String stated,
        String purpose,
        String needs,
        String anomalies,
        Set<String> users) {

    SoupEntry(
            @JsonProperty("key") String key,
            @JsonProperty("title") String title,
            @JsonProperty("manufacturer") String manufacturer,
            @JsonProperty("version") String version,
            @JsonProperty("licence") String licence,
            @JsonProperty("stated") String stated,
            @JsonProperty("purpose") String purpose,
            @JsonProperty("needs") String needs,
            @JsonProperty("anomalies") String anomalies,
            @JsonProperty("users") Set<String> users) {
        this.key = key;
        this.title = title;
        this.manufacturer = manufacturer;
        this.version = version == null ? "" : version;
        this.licence = licence;
        this.stated = stated == null ? "" : stated;
        this.purpose = purpose;
        this.needs = needs;
        this.anomalies = anomalies;
        this.users = users == null ? Set.of() : Set.copyOf(users);
    }
}
