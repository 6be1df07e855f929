package org.oncotwin.api.pharmacokinetics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Setting;

/** Covariates as given, or by the formulas of Du Bois and of Cockcroft and Gault. */
class PatientCovariatesTest {

    private static Setting patient(Map<String, Double> covariates, Map<String, String> markers) {
        return new Setting(Optional.empty(), new TreeMap<>(covariates), new TreeMap<>(markers));
    }

    @Test
    void bodySurfaceIsThatOfDuBoisUnlessGiven() {
        // 0.007184 x 70^0.425 x 170^0.725 = 1.810 m2, as the nomogram of Du Bois and Du Bois 1916 has it.
        Map<String, Double> size = Map.of("weight", 70.0, "height", 170.0);
        assertThat(PatientCovariates.require(patient(size, Map.of()), Covariate.BODY_SURFACE_AREA))
                .isCloseTo(1.81, within(0.005));
        Map<String, Double> given = Map.of("weight", 70.0, "height", 170.0, "body_surface_area", 1.5);
        assertThat(PatientCovariates.require(patient(given, Map.of()), Covariate.BODY_SURFACE_AREA))
                .isEqualTo(1.5);
    }

    @Test
    void creatinineClearanceIsThatOfCockcroftAndGault() {
        // (140 - 60) x 72 / (72 x 1) = 80 mL/min for a man, 0.85 of it for a woman.
        Map<String, Double> values = Map.of("age", 60.0, "weight", 72.0, "serum_creatinine", 1.0);
        assertThat(PatientCovariates.require(patient(values, Map.of("sex", "male")), Covariate.CREATININE_CLEARANCE))
                .isCloseTo(80, within(1e-12));
        assertThat(PatientCovariates.require(
                        patient(values, Map.of("sex", "female")), Covariate.GLOMERULAR_FILTRATION_RATE))
                .isCloseTo(68, within(1e-12));
        assertThatThrownBy(() -> PatientCovariates.require(patient(values, Map.of()), Covariate.CREATININE_CLEARANCE))
                .hasMessage("patient.creatinine_clearance: missing; needed is creatinine clearance in mL/min, or "
                        + "serum_creatinine, age, weight and sex");
    }

    @Test
    void effectsAreFactors() {
        Setting setting = patient(Map.of("weight", 140.0), Map.of("sex", "female"));
        assertThat(new CovariateEffect.Power(Covariate.WEIGHT, 70, 0.75).factor(setting))
                .isCloseTo(Math.pow(2, 0.75), within(1e-15));
        CovariateEffect sex = new CovariateEffect.Category("sex", new TreeMap<>(Map.of("female", 0.85, "male", 1.0)));
        assertThat(sex.factor(setting)).isEqualTo(0.85);
        assertThatThrownBy(() -> sex.factor(patient(Map.of(), Map.of("sex", "other"))))
                .hasMessageStartingWith("patient.sex: the finding is not known");
        assertThatThrownBy(() -> sex.factor(patient(Map.of(), Map.of())))
                .hasMessageStartingWith("patient.sex: missing");
    }
}
