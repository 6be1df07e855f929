package org.oncotwin.patient;

class EmbeddedPatientTwinsTest extends PatientTwinsContract {

    @Override
    String newDatabase() {
        return "";
    }
}
