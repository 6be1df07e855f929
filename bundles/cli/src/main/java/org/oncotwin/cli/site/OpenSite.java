package org.oncotwin.cli.site;

import java.nio.file.Path;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Signatures;
import org.oncotwin.api.audit.AuditCopies;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.patient.PatientTwins;

/** A site that is open in this process. Each service is looked up when a command needs it: studies run only where somebody asked for studies. */
public final class OpenSite implements AutoCloseable {
    private final Path folder;
    private final Lookup services;
    private final Runnable closing;

    /** Finds services. */
    @FunctionalInterface
    public interface Lookup {
        /**
         * Finds one.
         *
         * @throws org.oncotwin.api.store.StoreException if it is not there, saying why
         */
        <T> T service(Class<T> type);
    }

    OpenSite(Path folder, Lookup services, Runnable closing) {
        this.folder = folder;
        this.services = services;
        this.closing = closing;
    }

    Path folder() {
        return folder;
    }

    Accounts accounts() {
        return services.service(Accounts.class);
    }

    Signatures signatures() {
        return services.service(Signatures.class);
    }

    AuditTrail audit() {
        return services.service(AuditTrail.class);
    }

    AuditCopies auditCopies() {
        return services.service(AuditCopies.class);
    }

    Combinations combinations() {
        return services.service(Combinations.class);
    }

    PatientTwins twins() {
        return services.service(PatientTwins.class);
    }

    Studies studies() {
        return services.service(Studies.class);
    }

    ChangeControl changes() {
        return services.service(ChangeControl.class);
    }

    @Override
    public void close() {
        closing.run();
    }
}
