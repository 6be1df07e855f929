package org.oncotwin.change.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.account.SignedRecord;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.change.combination.Sha256;
import org.oncotwin.change.plan.Plan;
import org.oncotwin.change.plan.Plan.Modification;

/**
 * A change as it lies in the database.
 *
 * @param number its number
 * @param combination the combination
 * @param from version in use when it was proposed
 * @param to proposed version
 * @param kind kind of modification
 * @param description what is different
 * @param plan SHA-256 of the plan
 * @param jar SHA-256 of the bundle's file
 * @param supplier who signed it
 * @param proposer who proposed it
 * @param state how it stands
 * @param message why
 * @param evidence SHA-256 of the evidence
 * @param conformance conformance report, if the plan asks for one
 */
record ChangeRow(
        long number,
        String combination,
        PluginIdentity from,
        PluginIdentity to,
        String kind,
        String description,
        String plan,
        String jar,
        String supplier,
        String proposer,
        ChangeState state,
        String message,
        Optional<String> evidence,
        Optional<Conformance> conformance) {

    /** What changes are called in the audit trail, before their numbers. */
    static final String SUBJECT = "change ";

    private static final int LONGEST_MESSAGE = 4000;

    ChangeRow {
        // Messages are often those of plugins: whatever they hold, database and audit trail can keep it.
        message = keepable(message);
    }

    /** A text of which the end is cut off if it is long, and which has no U+0000 and no half characters. */
    static String keepable(String text) {
        return text.substring(0, Math.min(LONGEST_MESSAGE, text.length()))
                .codePoints()
                .map(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    ChangeRow in(ChangeState next, String why) {
        return new ChangeRow(
                number,
                combination,
                from,
                to,
                kind,
                description,
                plan,
                jar,
                supplier,
                proposer,
                next,
                why,
                evidence,
                conformance);
    }

    ChangeRow verified(ChangeState next, String why, String found) {
        return new ChangeRow(
                number,
                combination,
                from,
                to,
                kind,
                description,
                plan,
                jar,
                supplier,
                proposer,
                next,
                why,
                Optional.of(found),
                conformance);
    }

    /** What it is called in the audit trail. */
    String subject() {
        return SUBJECT + number;
    }

    /** How a change stands and the hash of all that counts of it, for the audit trail. */
    String words() {
        return state() + ": from " + from() + " to " + to() + " "
                + to().sha256() + " of "
                + supplier() + "; evidence " + evidence().orElse("none")
                + conformance()
                        .map(kept -> "; conformance report " + kept.report() + " signed " + kept.signature())
                        .orElse("")
                + "; record "
                + signedRecord().sha256();
    }

    /** All that a signature agrees to: whatever of it is altered makes the signature void. */
    SignedRecord signedRecord() {
        StringBuilder text = new StringBuilder();
        for (String part : List.of(
                Long.toString(number()),
                combination(),
                from().toString(),
                from().sha256(),
                to().toString(),
                to().sha256(),
                kind(),
                description(),
                plan(),
                jar(),
                supplier(),
                proposer(),
                evidence().orElse(""),
                conformance().map(Conformance::report).orElse(""),
                conformance().map(Conformance::signature).orElse(""))) {
            text.append(part.length()).append(':').append(part).append('\n');
        }
        try {
            return new SignedRecord(
                    "change",
                    Long.toString(number()),
                    Sha256.of(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8))));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The modification of the plan by which it is judged. */
    Modification modification(Plan of) {
        return of.modifications().stream()
                .filter(modification -> modification.kind().equals(kind) && modification.leads(from, to))
                .findFirst()
                .orElseThrow();
    }
}
