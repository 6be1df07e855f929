package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UcumCodeTest {

    @Test
    void acceptsCodesOfUnits() {
        assertThat(List.of(
                        "1",
                        "%",
                        "/d",
                        "d",
                        "cm3",
                        "mm2/d",
                        "/Gy",
                        "Gy",
                        "Gy-2",
                        "/Gy2",
                        "mg/m2",
                        "10*9/L",
                        "umol/L/h",
                        "[iU]/L",
                        "mm[Hg]",
                        "h-1",
                        "{cells}/mL",
                        "ug.h/mL",
                        "mL/min/{1.73_m2}",
                        "kg",
                        "Cel",
                        "ng/mL"))
                .allSatisfy(
                        code -> assertThat(UcumCode.looksValid(code)).as(code).isTrue());
    }

    @Test
    void refusesProseAndNearMisses() {
        assertThat(List.of("per day", "", "days", "mm^2/d", "cc", "1/day", "mm²/d", "Gray", "/", "cm3/", "mg//L", " d"))
                .allSatisfy(
                        code -> assertThat(UcumCode.looksValid(code)).as(code).isFalse());
    }
}
