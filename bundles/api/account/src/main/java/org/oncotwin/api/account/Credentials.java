package org.oncotwin.api.account;

import java.util.Optional;

/**
 * The two components that identify a person.
 *
 * @param password something only the person knows
 * @param code code of the authenticator that only the person holds
 */
public record Credentials(Optional<char[]> password, Optional<String> code) {

    /** Both. */
    public static Credentials of(char[] password, String code) {
        return new Credentials(Optional.of(password), Optional.of(code));
    }

    @Override
    public String toString() {
        return "Credentials[" + (password.isPresent() ? "password" : "") + (code.isPresent() ? " code" : "") + "]";
    }
}
