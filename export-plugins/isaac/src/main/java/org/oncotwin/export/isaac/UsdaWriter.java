package org.oncotwin.export.isaac;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Writes the text form of USD: prims in prims, an attribute on each line. */
final class UsdaWriter {

    private static final int PER_LINE = 8;

    private final Writer out;
    private int depth;

    UsdaWriter(Writer out) {
        this.out = out;
    }

    /** A name as USD allows it: letters, digits and underscores. */
    static String name(String name) {
        return name.replace('-', '_');
    }

    /** A single-precision number as text that reads back to the same bits. */
    static String number(double value) {
        float single = (float) value;
        return single == Math.rint(single) && Math.abs(single) < 1e6
                ? String.format(Locale.ROOT, "%d", (long) single)
                : Float.toString(single);
    }

    static String tuple(double x, double y, double z) {
        return "(" + number(x) + ", " + number(y) + ", " + number(z) + ")";
    }

    void line(String text) throws IOException {
        out.write("    ".repeat(depth));
        out.write(text);
        out.write('\n');
    }

    void line() throws IOException {
        out.write('\n');
    }

    /** Begins a prim of a type, with the schemas that are applied to it. */
    void open(String type, String name, List<String> schemas) throws IOException {
        line();
        line("def " + type + " \"" + name(name) + "\"" + (schemas.isEmpty() ? "" : " ("));
        if (!schemas.isEmpty()) {
            line("    prepend apiSchemas = ["
                    + schemas.stream().map(schema -> '"' + schema + '"').collect(Collectors.joining(", ")) + "]");
            line(")");
        }
        line("{");
        depth++;
    }

    void close() throws IOException {
        depth--;
        line("}");
    }

    /** An attribute that holds a list. */
    void array(String declaration, int length, IntFunction<String> element) throws IOException {
        line(declaration + " = [");
        StringBuilder row = new StringBuilder();
        for (int n = 0; n < length; n++) {
            row.append(element.apply(n)).append(n + 1 < length ? ", " : "");
            if ((n + 1) % PER_LINE == 0 || n + 1 == length) {
                line("    " + row.toString().stripTrailing());
                row.setLength(0);
            }
        }
        line("]");
    }
}
