/**
 * The audit trail of a site: entries in the database, each bound to the one before by its hash, and their heads in a signed file beside it.
 *
 * <h2>What is hashed</h2>
 *
 * The hash of an entry is the SHA-256 of these bytes, in this order; numbers are big-endian, a text is its length in bytes as 4 bytes and then its UTF-8:
 *
 * <pre>
 *  4 + 20 bytes  text "org.oncotwin.audit/1"  (what this is, and the version of this layout)
 *  8 bytes       number of the entry
 *  8 bytes       time in milliseconds since 1970-01-01T00:00:00Z
 *  4 + n bytes   text actor
 *  4 + n bytes   text action
 *  4 + n bytes   text subject
 *  4 + n bytes   text value before
 *  4 + n bytes   text value after
 *  4 + n bytes   text reason
 *  4 + 64 bytes  text hash of the entry before, in lower-case hexadecimal; 64 zeros for the first
 * </pre>
 *
 * No two different entries have the same bytes, as every length is there and texts that UTF-8 cannot represent are refused.
 *
 * <h2>What is kept outside the database</h2>
 *
 * <pre>
 * audit-heads.log   one line per transaction: line, number, time, hash, SHA-256 of the line before, signature (Ed25519, base64), separated by blanks.
 *                   The signature is over the line up to the blank before it. Line 0 is written when the trail begins, for number 0 and a hash of 64 zeros.
 * audit-key         private key that signs it (PKCS #8, base64), for the owner of the folder only
 * audit-key.pub     public key (X.509 SubjectPublicKeyInfo, base64)
 * </pre>
 *
 * <h2>What this proves, and what not</h2>
 *
 * Who can write to the database but not to the folder is found out whatever he changes. Who can also write the files can cut both tails at the same place, or make a whole new trail
 * with a new key: from inside, that looks like an earlier day. It is found out by comparison with a head that was kept elsewhere (printed, e-mailed, in a signed report): such heads
 * can be handed to the verification.
 */
package org.oncotwin.audit;
