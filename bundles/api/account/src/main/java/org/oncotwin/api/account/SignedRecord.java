package org.oncotwin.api.account;

/**
 * A record that is signed.
 *
 * @param kind what it is, such as {@code change}
 * @param id which one
 * @param sha256 hash of all that is signed, in hexadecimal
 */
public record SignedRecord(String kind, String id, String sha256) {}
