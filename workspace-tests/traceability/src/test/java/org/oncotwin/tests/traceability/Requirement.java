package org.oncotwin.tests.traceability;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the software must do, in one sentence that a test can verify.
 *
 * @param id such as {@code SR-101}
 * @param text the sentence
 * @param risk what goes wrong for the person who uses the result if it does not hold; empty if nothing beyond the obvious
 * @param items the software items that carry it out, by symbolic name
 * @param design where the design is told: {@code file.md#heading}
 * @param gap why nothing verifies it yet; empty if it is verified
 */
record Requirement(String id, String text, String risk, List<String> items, List<String> design, String gap) {

    Requirement(
            @JsonProperty("id") String id,
            @JsonProperty("text") String text,
            @JsonProperty("risk") String risk,
            @JsonProperty("items") List<String> items,
            @JsonProperty("design") List<String> design,
            @JsonProperty("gap") String gap) {
        this.id = id;
        this.text = text;
        this.risk = risk == null ? "" : risk;
        this.items = List.copyOf(items);
        this.design = List.copyOf(design);
        this.gap = gap == null ? "" : gap;
    }

    boolean isGap() {
        return !gap.isEmpty();
    }
}
