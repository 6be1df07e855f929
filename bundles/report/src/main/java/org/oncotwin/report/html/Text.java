package org.oncotwin.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers and units the way that people read them, the same in every locale. */
final class Text {

    /** For results: more digits than the models deserve would mislead. */
    static final int RESULT_DIGITS = 3;

    /** For parameters, which are shown as they were given. */
    static final int PARAMETER_DIGITS = 9;

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final String MINUS = "\u2212";

    private Text() {}

    /** A number rounded to significant digits; powers of ten where it is very large or small. */
    static String number(double value, int digits) {
        if (Double.isNaN(value)) {
            return "not a number";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : MINUS + "∞";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String text;
        if (exponent >= -4 && exponent < 6) {
            text = rounded.stripTrailingZeros().toPlainString();
        } else {
            String mantissa =
                    rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
            text = (mantissa.equals("1") ? "" : mantissa.equals("-1") ? "-" : mantissa + " × ") + "10"
                    + superscript(exponent);
        }
        return text.replace("-", MINUS);
    }

    /** A result with {@link #RESULT_DIGITS}. */
    static String number(double value) {
        return number(value, RESULT_DIGITS);
    }

    /** A change in percent of a positive start, with its sign. */
    static String change(double start, double end) {
        double percent = 100 * (end - start) / start;
        if (percent >= 1000) {
            return "× " + number(end / start);
        }
        String magnitude = number(Math.abs(percent), Math.abs(percent) >= 99.5 && percent < 0 ? 4 : 2);
        return (magnitude.equals("0") ? "" : percent < 0 ? MINUS : "+") + magnitude + " %";
    }

    /** A time in days with at most two decimals. */
    static String day(double days) {
        return BigDecimal.valueOf(days)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString()
                .replace("-", MINUS);
    }

    /** A UCUM code with raised exponents and braces dropped: {@code mm2/d} becomes mm²/d. The unit 1 is empty. */
    static String unit(String ucum) {
        if (ucum.equals("1") || ucum.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        String code = ucum.startsWith("/") ? "1" + ucum : ucum;
        boolean afterLetter = false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (afterLetter && Character.isDigit(c)) {
                text.append(SUPERSCRIPTS.charAt(c - '0'));
            } else if (afterLetter && c == '-' && i + 1 < code.length() && Character.isDigit(code.charAt(i + 1))) {
                text.append('⁻');
            } else {
                afterLetter = Character.isLetter(c) || c == ']';
                text.append(c == '.' ? '·' : c);
            }
        }
        return text.toString();
    }

    /** A number with its unit behind a space. */
    static String quantity(double value, String ucum) {
        return quantity(number(value), ucum);
    }

    /** A number already written with its unit behind a space. */
    static String quantity(String number, String ucum) {
        String unit = unit(ucum);
        return unit.isEmpty() ? number : number + " " + unit;
    }

    /** {@code tumour.volume} becomes Tumour volume. */
    static String title(String quantityName) {
        String words = quantityName.replace('.', ' ').replace('-', ' ').replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String superscript(int exponent) {
        StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char c : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(c - '0'));
        }
        return text.toString();
    }
}
