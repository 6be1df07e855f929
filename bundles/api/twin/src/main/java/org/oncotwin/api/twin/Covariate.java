package org.oncotwin.api.twin;

/** A number about the patient, held in {@link Setting#covariates} by its key and in its unit. */
public enum Covariate {
    /** Age. */
    AGE("age", "a", 0, 130, "age"),
    /** Body weight. */
    WEIGHT("weight", "kg", 0.1, 700, "body weight"),
    /** Body height. */
    HEIGHT("height", "cm", 10, 300, "body height"),
    /** Body surface area. */
    BODY_SURFACE_AREA("body_surface_area", "m2", 0.05, 5, "body surface area"),
    /** Creatinine in serum. */
    SERUM_CREATININE("serum_creatinine", "mg/dL", 0.05, 30, "creatinine in serum"),
    /** Creatinine clearance. */
    CREATININE_CLEARANCE("creatinine_clearance", "mL/min", 1, 400, "creatinine clearance"),
    /** Glomerular filtration rate, not normalised to body surface area. */
    GLOMERULAR_FILTRATION_RATE(
            "glomerular_filtration_rate", "mL/min", 1, 400, "glomerular filtration rate, not normalised to body size"),
    /** Albumin in serum. */
    ALBUMIN("albumin", "g/L", 5, 80, "albumin in serum"),
    /** Bilirubin in serum. */
    BILIRUBIN("bilirubin", "mg/dL", 0.01, 60, "total bilirubin in serum"),
    /** Neutrophils in blood before treatment. */
    NEUTROPHILS("neutrophils", "10*9/L", 0.01, 100, "neutrophils in blood before treatment"),
    /** Platelets in blood before treatment. */
    PLATELETS("platelets", "10*9/L", 1, 3000, "platelets in blood before treatment"),
    /** Performance status of the Eastern Cooperative Oncology Group. */
    ECOG("ecog", "1", 0, 5, "performance status of the Eastern Cooperative Oncology Group, 0 to 5");

    private final String key;
    private final String unit;
    private final double minimum;
    private final double maximum;
    private final String title;

    Covariate(String key, String unit, double minimum, double maximum, String title) {
        this.key = key;
        this.unit = unit;
        this.minimum = minimum;
        this.maximum = maximum;
        this.title = title;
    }

    /** Its key in case files and settings. */
    public String key() {
        return key;
    }

    /** UCUM code of the unit in which it is held. */
    public String unit() {
        return unit;
    }

    /** Smallest value that makes sense. */
    public double minimum() {
        return minimum;
    }

    /** Largest value that makes sense. */
    public double maximum() {
        return maximum;
    }

    /** A few words for people. */
    public String title() {
        return title;
    }
}
