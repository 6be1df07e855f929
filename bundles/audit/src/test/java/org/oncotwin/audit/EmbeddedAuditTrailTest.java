package org.oncotwin.audit;

class EmbeddedAuditTrailTest extends AuditTrailContract {

    @Override
    String newDatabase() {
        return "";
    }

    @Override
    String takeProtectionAway() {
        return "select 1";
    }
}
