package org.oncotwin.account;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How strictly people are identified. The defaults follow NIST SP 800-63B-4 where 21 CFR Part 11 names no number. */
@ObjectClassDefinition(name = "OncoTwin accounts", description = "How strictly people are identified")
@interface AccessRules {

    /** Failures in a row after which logins are refused for a while. */
    @AttributeDefinition(
            name = "Failures",
            description = "Failed identifications in a row that lock an account",
            min = "1")
    int most_failures() default 5;

    /** How long logins are refused then. */
    @AttributeDefinition(name = "Lock", description = "Minutes for which a locked account is refused", min = "1")
    int lock_minutes() default 15;

    /** How long a session may be idle. */
    @AttributeDefinition(name = "Idle", description = "Minutes after which an unused session ends", min = "1")
    int idle_minutes() default 15;

    /** How long a session may last. */
    @AttributeDefinition(name = "Session", description = "Hours after which every session ends", min = "1")
    int session_hours() default 12;

    /** How old a password may get. */
    @AttributeDefinition(name = "Password age", description = "Days after which a password must be changed", min = "1")
    int password_days() default 180;

    /** Fewest characters of a password. */
    @AttributeDefinition(name = "Password length", description = "Fewest characters of a password", min = "8")
    int password_length() default 15;

    /** Memory of the password hash. */
    @AttributeDefinition(name = "Hash memory", description = "Memory in MiB that hashing a password takes", min = "1")
    int hash_memory() default 64;
}
