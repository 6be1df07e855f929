package org.oncotwin.change.plan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;

/**
 * A predetermined change control plan. Its three parts are those of FDA's guidance Marketing Submission Recommendations for a Predetermined Change Control Plan (December 2024,
 * reissued August 2025): description of modifications, modification protocol, impact assessment. As a file it is JSON after {@code docs/plan.schema.json}, in which comments are allowed.
 *
 * @param name name of the plan
 * @param version its version
 * @param combination combination that it controls
 * @param suppliers who may sign bundles
 * @param modifications which changes are foreseen
 * @param protocols how each kind is verified and put in place
 * @param impact what they may do to patients
 */
@JsonIgnoreProperties("$schema")
public record Plan(
        @JsonProperty(value = "plan", required = true) String name,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) String combination,
        @JsonProperty(required = true) List<Supplier> suppliers,

        @JsonProperty(value = "description_of_modifications", required = true)
        List<Modification> modifications,

        @JsonProperty(value = "modification_protocols", required = true)
        List<Protocol> protocols,

        @JsonProperty(value = "impact_assessment", required = true)
        Impact impact) {

    /** Checks that its parts fit together and makes the lists immutable. */
    public Plan {
        suppliers = List.copyOf(suppliers);
        modifications = List.copyOf(modifications);
        protocols = List.copyOf(protocols);
        Checks.notBlank("plan", name);
        Checks.notBlank("version", version);
        Checks.notBlank("combination", combination);
        Checks.notEmpty("suppliers", suppliers);
        Checks.notEmpty("description_of_modifications", modifications);
        Checks.distinct("description_of_modifications", modifications.stream().map(Modification::kind));
        Checks.distinct("modification_protocols", protocols.stream().map(Protocol::id));
        for (Modification modification : modifications) {
            if (protocols.stream().noneMatch(p -> p.id().equals(modification.protocol()))) {
                throw new IllegalArgumentException("modification '" + modification.kind() + "' names the protocol '"
                        + modification.protocol() + "', which the plan does not have");
            }
        }
    }

    /** The protocol of a modification. */
    public Protocol protocol(Modification modification) {
        return protocols.stream()
                .filter(p -> p.id().equals(modification.protocol()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Who may sign bundles.
     *
     * @param name for people
     * @param certificate SHA-256 of the certificate in DER, in hexadecimal
     */
    public record Supplier(
            @JsonProperty(required = true) String name,

            @JsonProperty(value = "certificate_sha256", required = true)
            String certificate) {

        /** Checks the name and the hash. */
        public Supplier {
            Checks.notBlank("name of a supplier", name);
            Checks.sha256("certificate_sha256 of supplier " + name, certificate);
        }
    }

    /**
     * A kind of modification.
     *
     * @param kind its name, such as {@code numerical-method}
     * @param description what is foreseen, in words
     * @param plugin which plugin may be modified so
     * @param replacedBy id of the plugin of the same kind to which it leads; if left out, a version of the same plugin
     * @param versions versions to which it may lead, in OSGi notation
     * @param differences what the new version may say otherwise of itself
     * @param parameterDefaults range of the default of a parameter by its name, for differences of defaults
     * @param protocol protocol by which it is verified
     */
    public record Modification(
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) String description,
            @JsonProperty(required = true) PluginReference plugin,
            // May be left out.
            @JsonProperty("replaced_by") @JsonSetter(nulls = Nulls.SET)
            String replacedBy,

            @JsonProperty(required = true) String versions,

            @JsonProperty(value = "allowed_differences", required = true)
            Set<Difference.Kind> differences,

            // May be left out.
            @JsonProperty("parameter_defaults") @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, Range> parameterDefaults,

            @JsonProperty(required = true) String protocol) {

        /** Checks the texts and makes the collections immutable. */
        public Modification {
            Checks.notBlank("kind", kind);
            Checks.notBlank("description of modification " + kind, description);
            if (replacedBy == null) {
                replacedBy = plugin.id();
            } else {
                checkReplacement(kind, plugin, replacedBy);
            }
            Checks.versionRange("versions of modification " + kind, versions);
            Checks.notBlank("protocol of modification " + kind, protocol);
            differences = Set.copyOf(differences);
            // Sorted: a change that leaves several ranges is refused in the same words each time.
            parameterDefaults = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(parameterDefaults)));
        }

        /** The plugin to which it leads. */
        public PluginReference target() {
            return new PluginReference(plugin.kind(), replacedBy);
        }

        /** True if it leads from one plugin to another, whatever their versions. */
        public boolean leads(PluginIdentity from, PluginIdentity to) {
            return plugin.names(from) && target().names(to);
        }

        private static void checkReplacement(String kind, PluginReference plugin, String id) {
            Checks.notBlank("replaced_by of modification " + kind, id);
            if (!REPLACEABLE.contains(plugin.kind())) {
                throw new IllegalArgumentException(
                        "replaced_by of modification " + kind + " is " + id + " for a "
                                + plugin.kind().name().toLowerCase(Locale.ROOT)
                                + " plugin, which cases name; allowed is one that studies find by themselves: pharmacokinetics, solver");
            }
        }
    }

    /** Kinds of plugin that a study may find by itself, so that another one can take the place of the one that it uses. */
    private static final Set<PluginKind> REPLACEABLE = EnumSet.of(PluginKind.PHARMACOKINETICS, PluginKind.SOLVER);

    /**
     * Which plugin.
     *
     * @param kind what it is for
     * @param id its id
     */
    public record PluginReference(
            @JsonProperty(required = true) PluginKind kind,
            @JsonProperty(required = true) String id) {

        /** Checks the id. */
        public PluginReference {
            Checks.notBlank("id of a plugin", id);
        }

        /** True if it is this plugin, in whatever version. */
        public boolean names(PluginIdentity identity) {
            return kind == identity.kind() && id.equals(identity.id());
        }
    }

    /**
     * A range of numbers.
     *
     * @param minimum smallest
     * @param maximum largest
     */
    public record Range(
            @JsonProperty(required = true) double minimum,
            @JsonProperty(required = true) double maximum) {

        /** Checks the order. */
        public Range {
            if (!(minimum <= maximum) || Double.isInfinite(minimum) || Double.isInfinite(maximum)) {
                throw new IllegalArgumentException("the range from " + minimum + " to " + maximum
                        + " is not allowed; allowed are finite numbers, minimum not above maximum");
            }
        }
    }

    /**
     * How a modification is verified and put in place.
     *
     * @param id its name
     * @param dataManagement where the cohort comes from and how it is kept apart from development, in words
     * @param cohort the reference cohort
     * @param criteria what must hold before it may be put in place
     * @param conformanceReport true if a conformance report of the bundle must come with it
     * @param signatures who must agree
     * @param distinctPersons true if no two of them may be the same person
     * @param postConditions what must hold once it is in place, or it is taken back
     * @param update in words, how users are told and labels are updated
     * @param rollback in words, when it is taken back beyond the post-conditions
     */
    public record Protocol(
            @JsonProperty(required = true) String id,

            @JsonProperty(value = "data_management", required = true)
            String dataManagement,

            @JsonProperty(required = true) CohortReference cohort,

            @JsonProperty(value = "acceptance_criteria", required = true)
            List<Criterion> criteria,

            @JsonProperty(value = "conformance_report", required = true)
            boolean conformanceReport,

            @JsonProperty(required = true) List<RequiredSignature> signatures,

            @JsonProperty(value = "distinct_persons", required = true)
            boolean distinctPersons,

            @JsonProperty(value = "post_conditions", required = true)
            List<Criterion> postConditions,

            @JsonProperty(value = "update_procedure", required = true)
            String update,

            @JsonProperty(value = "rollback_conditions", required = true)
            String rollback) {

        /** Checks that something is asked for and makes the lists immutable. */
        public Protocol {
            Checks.notBlank("id of a protocol", id);
            Checks.notBlank("data_management of protocol " + id, dataManagement);
            Checks.notBlank("update_procedure of protocol " + id, update);
            Checks.notBlank("rollback_conditions of protocol " + id, rollback);
            criteria = List.copyOf(criteria);
            signatures = List.copyOf(signatures);
            postConditions = List.copyOf(postConditions);
            Checks.notEmpty("acceptance_criteria of protocol " + id, criteria);
            Checks.notEmpty("signatures of protocol " + id, signatures);
            Checks.distinct(
                    "criteria of protocol " + id,
                    Stream.concat(criteria.stream(), postConditions.stream()).map(Criterion::id));
        }
    }

    /**
     * A reference cohort: a file {@code cohort.json} in a folder with its cases.
     *
     * @param sha256 SHA-256 of that file, which holds those of all others
     * @param leastCases fewest cases that it must have
     */
    public record CohortReference(
            @JsonProperty(required = true) String sha256,

            @JsonProperty(value = "least_cases", required = true)
            int leastCases) {

        /** Checks the hash. */
        public CohortReference {
            Checks.sha256("sha256 of the cohort", sha256);
            if (leastCases < 1) {
                throw new IllegalArgumentException("least_cases is " + leastCases + "; allowed is 1 or more");
            }
        }
    }

    /** With what a version is compared. */
    public enum Against {
        /** The version in use. */
        CURRENT,
        /** The values of the cohort. */
        REFERENCE
    }

    /** Which number of all differences counts. */
    public enum Statistic {
        /** Largest. */
        MAXIMUM,
        /** Mean. */
        MEAN
    }

    /**
     * What must hold of a quantity.
     *
     * @param id its name
     * @param quantity name of the quantity
     * @param against with what it is compared
     * @param statistic which number of the relative differences |new - old| / max(|old|, floor) at all outputs of all cases counts
     * @param floor smallest denominator, in the unit of the quantity
     * @param atMost largest value allowed
     * @param subgroups subgroups of the cohort in each of which it must hold beside the whole; a subgroup without a case is a failure
     */
    public record Criterion(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) String quantity,
            @JsonProperty(required = true) Against against,
            @JsonProperty(required = true) Statistic statistic,
            @JsonProperty(required = true) double floor,

            @JsonProperty(value = "at_most", required = true)
            double atMost,

            @JsonProperty(required = true) List<String> subgroups) {

        /** Checks the numbers and makes the list immutable. */
        public Criterion {
            Checks.notBlank("id of a criterion", id);
            Checks.notBlank("quantity of criterion " + id, quantity);
            subgroups.forEach(subgroup -> Checks.notBlank("a subgroup of criterion " + id, subgroup));
            subgroups = List.copyOf(subgroups);
            if (!(floor > 0) || !(atMost >= 0) || Double.isInfinite(atMost) || Double.isInfinite(floor)) {
                throw new IllegalArgumentException("criterion '" + id + "' has floor " + floor + " and at_most "
                        + atMost + "; allowed are finite numbers, floor above 0 and at_most 0 or more");
            }
        }

        /** In words. */
        public String words() {
            return "the " + statistic.name().toLowerCase(Locale.ROOT) + " relative difference of " + quantity
                    + " from "
                    + (against == Against.CURRENT ? "the version in use" : "the reference values") + " is at most "
                    + atMost;
        }
    }

    /**
     * A signature that is asked for.
     *
     * @param role role of the signer
     * @param meaning meaning of the signature
     */
    public record RequiredSignature(
            @JsonProperty(required = true) Role role,
            @JsonProperty(required = true) Meaning meaning) {}

    /**
     * What modifications may do.
     *
     * @param risks risks and what is done about them
     * @param cumulative how the effect of several modifications is judged, in words
     * @param mostChanges most changes under this plan; another one needs a new plan
     */
    public record Impact(
            @JsonProperty(required = true) List<Risk> risks,

            @JsonProperty(value = "cumulative_effect", required = true)
            String cumulative,

            @JsonProperty(value = "most_changes", required = true)
            int mostChanges) {

        /** Makes the list immutable. */
        public Impact {
            risks = List.copyOf(risks);
            Checks.notEmpty("risks", risks);
            Checks.notBlank("cumulative_effect", cumulative);
            if (mostChanges < 1) {
                throw new IllegalArgumentException("most_changes is " + mostChanges + "; allowed is 1 or more");
            }
        }
    }

    /**
     * A risk.
     *
     * @param risk what may go wrong
     * @param mitigation what is done about it
     */
    public record Risk(
            @JsonProperty(required = true) String risk,
            @JsonProperty(required = true) String mitigation) {

        /** Checks that both are there. */
        public Risk {
            Checks.notBlank("risk", risk);
            Checks.notBlank("mitigation of risk " + risk, mitigation);
        }
    }
}
