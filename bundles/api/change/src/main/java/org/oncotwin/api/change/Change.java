package org.oncotwin.api.change;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.account.Signature;
import org.oncotwin.api.plugin.PluginIdentity;

/**
 * A change of one plugin of a combination.
 *
 * @param number 1 for the first of the site
 * @param combination the combination
 * @param from the version in use when it was proposed
 * @param to the proposed version
 * @param kind kind of modification, one of those of the plan
 * @param description what is different, in the words of who proposed it
 * @param plan SHA-256 of the plan that it was judged by
 * @param state how it stands
 * @param message why, such as the criterion that was not met
 * @param evidence SHA-256 of the evidence of its verification
 * @param signatures signatures that hold
 * @param missing signatures that the plan still wants, in words
 */
public record Change(
        long number,
        String combination,
        PluginIdentity from,
        PluginIdentity to,
        String kind,
        String description,
        String plan,
        ChangeState state,
        String message,
        Optional<String> evidence,
        List<Signature> signatures,
        List<String> missing) {

    /** Makes the lists immutable. */
    public Change {
        signatures = List.copyOf(signatures);
        missing = List.copyOf(missing);
    }
}
