package org.oncotwin.api.audit;

import java.time.Instant;

/**
 * An entry of the audit trail.
 *
 * @param number 1 for the first
 * @param time when, in UTC to the millisecond; never before that of the entry before
 * @param event what happened
 * @param previous hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 over all of this and the previous hash, in hexadecimal
 */
public record AuditEntry(long number, Instant time, AuditEvent event, String previous, String hash) {}
