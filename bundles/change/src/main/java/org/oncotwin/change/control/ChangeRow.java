package org.oncotwin.change.control;

import java.util.Optional;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.plugin.PluginIdentity;

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
        Optional<String> evidence) {

    ChangeRow in(ChangeState next, String why) {
        return new ChangeRow(
                number, combination, from, to, kind, description, plan, jar, supplier, proposer, next, why, evidence);
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
                Optional.of(found));
    }
}
