package org.oncotwin.units;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses the UCUM code behind other ways to write a unit: {@code mm^2/day}, {@code Gray}, {@code cc}. Only ever used in messages. */
final class CommonSlip {

    private static final Map<String, String> WORDS = words();

    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

    private CommonSlip() {}

    /** Another code, which may not be UCUM either; empty if nothing was recognised. */
    static Optional<String> correct(String code) {
        String signs = code.replaceAll("(?i)\\s*\\bper\\b\\s*", "/")
                .replaceAll("\\s+", "")
                .replace('\u00b5', 'u')
                .replace('\u03bc', 'u')
                .replace('\u2212', '-')
                .replace('\u207b', '-')
                .replace('\u00b9', '1')
                .replace('\u00b2', '2')
                .replace('\u00b3', '3')
                .replace('\u00b7', '.')
                .replace("\u00b0", "deg")
                .replaceAll("(?:\\*\\*|\\^)\\(?([+-]?\\d+)\\)?", "$1")
                .replace('*', '.')
                .replaceAll("^1/", "/");
        Matcher matcher = WORD.matcher(signs);
        StringBuilder corrected = new StringBuilder();
        while (matcher.find()) {
            String word = matcher.group();
            String right = WORDS.getOrDefault(word, WORDS.getOrDefault(word.toLowerCase(Locale.ROOT), word));
            matcher.appendReplacement(corrected, Matcher.quoteReplacement(right));
        }
        matcher.appendTail(corrected);
        return corrected.toString().equals(code) ? Optional.empty() : Optional.of(corrected.toString());
    }

    private static Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        put(words, "d", "day", "days");
        put(words, "h", "hour", "hours", "hr", "hrs");
        put(words, "min", "minute", "minutes", "mins");
        put(words, "s", "second", "seconds", "sec", "secs");
        put(words, "wk", "week", "weeks", "w", "wks");
        put(words, "mo", "month", "months", "mon");
        put(words, "a", "year", "years", "yr", "yrs", "y");
        put(words, "Gy", "gray", "grays", "gy");
        put(words, "cGy", "centigray", "cgy");
        put(words, "mGy", "milligray", "mgy");
        put(words, "mm", "millimeter", "millimeters", "millimetre", "millimetres");
        put(words, "cm", "centimeter", "centimeters", "centimetre", "centimetres");
        put(words, "m", "meter", "meters", "metre", "metres");
        put(words, "um", "micron", "microns", "micrometer", "micrometre");
        put(words, "cm3", "cc", "ccm", "cubiccentimeter", "cubiccentimetre");
        put(words, "L", "liter", "liters", "litre", "litres");
        put(words, "mL", "milliliter", "milliliters", "millilitre", "millilitres");
        put(words, "g", "gram", "grams", "gm");
        put(words, "mg", "milligram", "milligrams");
        put(words, "kg", "kilogram", "kilograms", "kgs");
        put(words, "ug", "mcg", "microgram", "micrograms");
        put(words, "mol/L", "M", "molar");
        put(words, "mmol/L", "mM");
        put(words, "umol/L", "uM");
        put(words, "nmol/L", "nM");
        put(words, "%", "percent", "pct");
        put(words, "[ppm]", "ppm");
        put(words, "[iU]", "iu");
        put(words, "Cel", "degc", "celsius", "C");
        put(words, "{cells}", "cell", "cells");
        return Map.copyOf(words);
    }

    private static void put(Map<String, String> words, String code, String... spellings) {
        for (String spelling : spellings) {
            words.put(spelling, code);
        }
    }
}
