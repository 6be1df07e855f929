package org.oncotwin.change.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.plugin.PluginIdentity;

/**
 * What the verification of a change found; kept as JSON.
 *
 * @param change number of the change
 * @param kind kind of modification
 * @param time when, ISO 8601 in UTC
 * @param plan SHA-256 of the plan
 * @param cohort SHA-256 of the cohort
 * @param bundle SHA-256 of the bundle's file
 * @param supplier who signed it
 * @param from version in use
 * @param to proposed version
 * @param plugins all plugins of the combination, with the version in use
 * @param differences what the new version says otherwise of itself
 * @param files SHA-256 of each file of the cohort by its path
 * @param runs what each case gave
 * @param findings how each criterion came out
 * @param passed true if all criteria are met
 */
record Evidence(
        @JsonProperty long change,
        @JsonProperty String kind,
        @JsonProperty String time,
        @JsonProperty String plan,
        @JsonProperty String cohort,
        @JsonProperty String bundle,
        @JsonProperty String supplier,
        @JsonProperty PluginIdentity from,
        @JsonProperty PluginIdentity to,
        @JsonProperty List<PluginIdentity> plugins,
        @JsonProperty List<String> differences,
        @JsonProperty Map<String, String> files,
        @JsonProperty List<Run> runs,
        @JsonProperty List<Finding> findings,
        @JsonProperty boolean passed) {

    /** All plugins of a combination: what a cohort gives is true of these together. */
    static List<PluginIdentity> plugins(Combination combination) {
        return combination.plugins().stream().map(PinnedPlugin::plugin).toList();
    }

    /**
     * A case on both versions.
     *
     * @param caseFile the case
     * @param current hash of the final state on the version in use
     * @param proposed hash of the final state on the proposed version
     */
    record Run(
            @JsonProperty("case") String caseFile,
            @JsonProperty String current,
            @JsonProperty String proposed) {}

    /**
     * A criterion in one group of cases.
     *
     * @param criterion its name
     * @param words what must hold
     * @param group subgroup, or {@code all}
     * @param cases number of cases
     * @param value what was found
     * @param atMost what is allowed
     * @param worst case and day of the largest difference
     * @param met true if it holds
     */
    record Finding(
            @JsonProperty String criterion,
            @JsonProperty String words,
            @JsonProperty String group,
            @JsonProperty int cases,
            @JsonProperty double value,
            @JsonProperty("at_most") double atMost,
            @JsonProperty String worst,
            @JsonProperty boolean met) {

        /** In a sentence. */
        String sentence() {
            return words + " in " + (group.equals("all") ? "all cases" : "the subgroup " + group)
                    + (met ? ": met, " : ": NOT met, ")
                    + (cases == 0 ? "there is no such case" : "it is " + value + " (" + worst + ")");
        }
    }
}
