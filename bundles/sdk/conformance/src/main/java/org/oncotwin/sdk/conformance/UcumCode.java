package org.oncotwin.sdk.conformance;

import java.util.regex.Pattern;

/**
 * Recognises what looks like a UCUM code (https://ucum.org/ucum) of the units that oncology uses: products and quotients of prefixed units with exponents and annotations. The full
 * grammar is checked where a UCUM library is at hand.
 */
final class UcumCode {

    private static final String PREFIX = "(?:da|[YZEPTGMkhdcmunpfazy])";
    private static final String METRIC =
            "(?:mol|osm|eq|bar|cal|rad|Cel|Gy|Bq|Sv|Ci|Pa|Hz|eV|kat|m\\[Hg\\]|\\[iU\\]|[mgsLlKJWNVAU])";
    private static final String PLAIN = "(?:10[*^][+-]?\\d+|\\d+|%|\\[[^\\[\\]]+\\]|min|h|d|wk|mo|a|deg)";
    private static final String ANNOTATION = "\\{[!-z|~]+\\}";
    private static final String TERM = "(?:(?:" + PREFIX + "?" + METRIC + "|" + PLAIN + ")(?:[+-]?[1-9])?(?:"
            + ANNOTATION + ")?|" + ANNOTATION + ")";
    private static final Pattern CODE = Pattern.compile("/?" + TERM + "(?:[./]" + TERM + ")*");

    private UcumCode() {}

    static boolean looksValid(String code) {
        return CODE.matcher(code).matches();
    }
}
