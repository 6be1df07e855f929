package org.oncotwin.api.account;

import java.time.Instant;

/**
 * An electronic signature.
 *
 * @param number 1 for the first of the site
 * @param record what was signed
 * @param account who signed
 * @param printedName the signer's name in print
 * @param time when, in UTC
 * @param meaning what it means
 * @param seal signature of the site's key over all of the above, in Base64, so that it can be neither changed nor moved to another record
 */
public record Signature(
        long number,
        SignedRecord record,
        String account,
        String printedName,
        Instant time,
        Meaning meaning,
        String seal) {}
