package org.oncotwin.patient;

import org.oncotwin.store.PostgreSqlCluster;

class PostgreSqlPatientTwinsTest extends PatientTwinsContract {

    @Override
    String newDatabase() {
        return PostgreSqlCluster.required().newDatabase();
    }
}
