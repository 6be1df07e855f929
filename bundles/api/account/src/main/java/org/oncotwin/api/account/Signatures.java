package org.oncotwin.api.account;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Electronic signatures (21 CFR 11 subpart C). */
@ProviderType
public interface Signatures {

    /**
     * Signs a record. The first signing of a session takes both components, later ones at least one (21 CFR 11.200(a)(1)).
     *
     * @throws AccessDeniedException if the components do not suffice or are wrong; the refusal is in the audit trail
     */
    Signature sign(Session session, Credentials credentials, SignedRecord record, Meaning meaning);

    /** Signatures of a record as it is now, oldest first: those whose seal holds and whose hash is the record's. */
    List<Signature> of(SignedRecord record);

    /**
     * Checks every signature of the site.
     *
     * @return what is wrong, each with the number of the signature; empty if nothing is
     */
    List<String> verify();
}
