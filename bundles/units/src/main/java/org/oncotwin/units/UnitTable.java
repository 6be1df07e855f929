package org.oncotwin.units;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.BaseUnit;
import org.fhir.ucum.Component;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.ExpressionParser;
import org.fhir.ucum.Factor;
import org.fhir.ucum.Operator;
import org.fhir.ucum.Symbol;
import org.fhir.ucum.Term;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumModel;
import org.fhir.ucum.Unit;
import org.fhir.ucum.definitions.DefinitionsProviderFactory;
import org.oncotwin.api.units.UnitException;

/**
 * The table of UCUM and the meaning of codes.
 *
 * <p>Table and grammar are those of the library. The arithmetic is not: the library's decimals carry the number of digits in which a value was written, so that it
 * converts 0.05 /h to 1 /d, and it takes units defined by a procedure for pure numbers.
 */
final class UnitTable {

    /** Longest code that is looked up. */
    private static final int LONGEST_CODE = 100;

    /** Largest exponent; 10*99 is still a number that a double holds. */
    private static final int LARGEST_EXPONENT = 99;

    /** Codes kept once they are understood; a run uses a few, and a hostile file must not fill the memory. */
    private static final int MOST_KEPT = 1000;

    private final UcumModel model;
    private final Map<String, UnitDefinition> kept = new ConcurrentHashMap<>();

    private UnitTable(UcumModel model) {
        this.model = model;
    }

    static UnitTable load() {
        try (InputStream essence = UnitTable.class.getResourceAsStream("/ucum-essence.xml")) {
            if (essence == null) {
                throw new IllegalStateException("the table of units, ucum-essence.xml, is missing from the bundle");
            }
            return new UnitTable(DefinitionsProviderFactory.getProvider().parse(essence));
        } catch (IOException | UcumException e) {
            throw new IllegalStateException("the table of units, ucum-essence.xml, cannot be read", e);
        }
    }

    UcumModel model() {
        return model;
    }

    /**
     * The meaning of a code.
     *
     * @throws UnitException if it is not UCUM
     */
    UnitDefinition define(String code) {
        UnitDefinition known = kept.get(code);
        if (known != null) {
            return known;
        }
        try {
            UnitDefinition found = understand(code);
            if (kept.size() < MOST_KEPT) {
                kept.put(code, found);
            }
            return found;
        } catch (UcumException | ArithmeticException | NumberFormatException e) {
            UnitException unknown = new UnitException(unknown(code));
            unknown.initCause(e);
            throw unknown;
        }
    }

    private String unknown(String code) {
        String start = code.isBlank() ? "a unit is missing" : "unit " + Quote.of(code) + " is unknown";
        return start + "; units are UCUM codes such as d, /d, mm2/d, cm3, Gy"
                + CommonSlip.correct(code)
                        .filter(this::isUnderstood)
                        .map(right -> "; did you mean '" + right + "'?")
                        .orElse("");
    }

    private boolean isUnderstood(String code) {
        try {
            understand(code);
            return true;
        } catch (UcumException | ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private UnitDefinition understand(String code) throws UcumException {
        if (code.isBlank() || code.length() > LONGEST_CODE) {
            throw new UcumException("a code has 1 to " + LONGEST_CODE + " characters");
        }
        return product(new ExpressionParser(model).parse(code), code);
    }

    /** Factors and quotients from left to right: a/b.c is (a/b).c, as the standard has it in section 6. */
    private UnitDefinition product(Term first, String code) throws UcumException {
        UnitDefinition result = number(code, BigDecimal.ONE);
        int sign = 1;
        for (Term term = first; term != null; term = term.getTerm()) {
            if (term.getComp() != null) {
                result = result.times(component(term.getComp()).power(sign), code);
            } else if (term != first) {
                throw new UcumException("two signs of division in a row");
            }
            sign = term.getOp() == Operator.DIVISION ? -1 : 1;
        }
        return result;
    }

    private UnitDefinition component(Component component) throws UcumException {
        if (component instanceof Term nested) {
            return product(nested, "");
        }
        if (component instanceof Factor factor) {
            if (factor.getValue() <= 0) {
                throw new UcumException("the number " + factor.getValue() + " in a unit");
            }
            return number("", BigDecimal.valueOf(factor.getValue()));
        }
        Symbol symbol = (Symbol) component;
        if (Math.abs(symbol.getExponent()) > LARGEST_EXPONENT) {
            throw new UcumException("the exponent " + symbol.getExponent());
        }
        UnitDefinition unit = unit(symbol.getUnit());
        return Optional.ofNullable(symbol.getPrefix())
                .map(prefix -> number("", new BigDecimal(prefix.getValue().asDecimal())))
                .map(prefix -> prefix.times(unit, unit.code()))
                .orElse(unit)
                .power(symbol.getExponent());
    }

    private UnitDefinition unit(Unit unit) throws UcumException {
        if (unit instanceof BaseUnit) {
            return new UnitDefinition(unit.getCode(), Scale.ONE, Dimension.of(unit.getCode(), 1), true);
        }
        DefinedUnit defined = (DefinedUnit) unit;
        if (defined.isSpecial()) {
            return new UnitDefinition(unit.getCode(), Scale.ONE, Dimension.of(unit.getCode(), 1), false);
        }
        BigDecimal value = new BigDecimal(defined.getValue().getValue().asDecimal());
        String of = defined.getValue().getUnit();
        if (of.equals("1") && value.compareTo(BigDecimal.ONE) == 0) {
            // "One of nothing else": a unit whose size only a procedure defines.
            return new UnitDefinition(unit.getCode(), Scale.ONE, Dimension.of(unit.getCode(), 1), true);
        }
        return number("", value).times(product(new ExpressionParser(model).parse(of), ""), unit.getCode());
    }

    private static UnitDefinition number(String code, BigDecimal value) {
        return new UnitDefinition(code, Scale.of(value), Dimension.NUMBER, true);
    }
}
