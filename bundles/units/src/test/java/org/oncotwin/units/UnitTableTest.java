package org.oncotwin.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@Tag("SR-102")
class UnitTableTest {

    private final UnitTable table = UnitTable.load();

    /**
     * Every unit of the standard against the library's own arithmetic. The library keeps as few as two digits of some (a quart is 0.946 L), so the tolerance is wide:
     * this finds a unit that was misread. {@link UcumUnitConverterTest} finds a wrong digit.
     */
    @Test
    void agreesWithTheLibraryOnEveryUnit() throws Exception {
        UcumEssenceService library;
        try (InputStream essence = getClass().getResourceAsStream("/ucum-essence.xml")) {
            library = new UcumEssenceService(essence);
        }
        List<String> compared = new ArrayList<>();
        for (DefinedUnit unit : table.model().getDefinedUnits()) {
            if (unit.getCode().equals("[m/s2/Hz^(1/2)]")) {
                // The one code that the library's grammar does not read; the standard itself calls it a problem.
                continue;
            }
            UnitDefinition definition = table.define(unit.getCode());
            if (!definition.proportional()) {
                continue;
            }
            Pair canonical = library.getCanonicalForm(new Pair(new Decimal("1." + "0".repeat(40)), unit.getCode()));
            double expected = Double.parseDouble(canonical.getValue().asDecimal());
            double actual = definition
                    .scale()
                    .numerator()
                    .divide(definition.scale().denominator(), MathContext.DECIMAL128)
                    .doubleValue();
            assertThat(actual).as(unit.getCode()).isCloseTo(expected, within(0.05 * expected));
            compared.add(unit.getCode());
        }
        assertThat(compared).hasSizeGreaterThan(250).contains("Gy", "d", "[in_i]", "eV");
    }

    /** The table marks units that a procedure defines; the library drops the mark. */
    @Test
    void unitsDefinedByAProcedureStandForThemselves() throws Exception {
        Set<String> marked = new TreeSet<>();
        try (InputStream essence = getClass().getResourceAsStream("/ucum-essence.xml")) {
            NodeList all = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(essence)
                    .getElementsByTagName("unit");
            for (int i = 0; i < all.getLength(); i++) {
                if (((Element) all.item(i)).getAttribute("isArbitrary").equals("yes")) {
                    marked.add(((Element) all.item(i)).getAttribute("Code"));
                }
            }
        }
        assertThat(marked).hasSizeGreaterThan(30);
        for (String code : marked) {
            assertThat(table.define(code).dimension()).as(code).isNotEqualTo(Dimension.NUMBER);
        }
    }

    @Test
    void operatorsBindFromLeftToRight() {
        assertThat(table.define("m/s.h").dimension()).isEqualTo(Dimension.of("m", 1));
        assertThat(table.define("m/(s.h)").dimension())
                .isEqualTo(Dimension.of("m", 1).times(Dimension.of("s", -2)));
        assertThat(table.define("/m.s").dimension())
                .isEqualTo(Dimension.of("m", -1).times(Dimension.of("s", 1)));
    }

    @Test
    void prefixesBelongToTheUnitBeforeItIsRaised() {
        assertThat(table.define("mm3").scale().numerator()).isEqualByComparingTo(new BigDecimal("1e-9"));
        assertThat(table.define("mm-3").scale().denominator()).isEqualByComparingTo(new BigDecimal("1e-9"));
    }
}
