package org.oncotwin.api.account;

/**
 * What a new account's owner must be given, and nobody else: shown once, kept nowhere in clear.
 *
 * @param name name to log in with
 * @param password first password, to be changed at the first login
 * @param totpUri otpauth URI of the secret for an authenticator (RFC 6238, SHA-1, 6 digits, 30 s)
 */
public record Enrolment(String name, String password, String totpUri) {}
