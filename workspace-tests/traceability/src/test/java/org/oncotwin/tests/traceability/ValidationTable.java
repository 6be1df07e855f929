package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The comparisons with published numbers that the tests of this build made.
 *
 * @param rows sorted by subject and test
 */
record ValidationTable(List<Row> rows) {

    private static final String BEGIN = "<!-- published numbers: written by the build -->\n";
    private static final String END = "<!-- end of published numbers -->\n";
    private static final Pattern CELL = Pattern.compile("\"((?:[^\"]|\"\")*)\"(?:,|$)");

    /**
     * One comparison.
     *
     * @param module folder of the module
     * @param cells subject, quantity, unit, reference, ours, relative error, tolerance, source
     */
    record Row(String module, List<String> cells) {

        String subject() {
            return cells.get(0);
        }

        /** A line of a Markdown table. Our number is rounded to five digits and the error to one, so that the last bits of a machine do not count. */
        String markdown() {
            return "| " + text(cells.get(0)) + " | " + text(cells.get(1)) + " | " + rounded(cells.get(3), 12) + " "
                    + text(cells.get(2).equals("1") ? "" : cells.get(2)) + " | " + rounded(cells.get(4), 5) + " | "
                    + error() + " | " + rounded(cells.get(6), 2) + " | " + text(cells.get(7)) + " | `" + module
                    + "` |\n";
        }

        private String error() {
            double error = Double.parseDouble(cells.get(5));
            return error < 1e-9 ? "< 1e-9" : String.format(Locale.ROOT, "%.0e", error);
        }

        private static String text(String cell) {
            return cell.replace("|", "\\|").replace("\n", " ");
        }

        private static String rounded(String number, int digits) {
            double value = Double.parseDouble(number);
            if (value == 0) {
                return "0";
            }
            BigDecimal rounded =
                    new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
            boolean plain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7;
            return plain ? rounded.toPlainString() : rounded.toString();
        }
    }

    /** What the tests left in {@code target/validation} of every module. */
    static ValidationTable read(Path checkout, List<Module> modules) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Module module : modules) {
            Path folder = module.folder().resolve("target/validation");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.sorted().toList()) {
                        String name = checkout.relativize(module.folder()).toString();
                        for (String line : Files.readAllLines(file)) {
                            rows.add(new Row(name, cells(line)));
                        }
                    }
                }
            }
        }
        rows.sort(Comparator.comparing(Row::module).thenComparing(Row::subject));
        return new ValidationTable(List.copyOf(rows));
    }

    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher matcher = CELL.matcher(line);
        while (matcher.find()) {
            cells.add(matcher.group(1).replace("\"\"", "\""));
        }
        if (cells.size() != 8) {
            throw new IllegalArgumentException("not a comparison: " + line);
        }
        return cells;
    }

    String markdown() {
        StringBuilder table = new StringBuilder(BEGIN);
        table.append("| subject | quantity | published | ours | relative error | tolerance | source | where |\n");
        table.append("|---|---|---|---|---|---|---|---|\n");
        rows.forEach(row -> table.append(row.markdown()));
        return table.append(END).toString();
    }

    /** The part of a page that the build writes. */
    static String block(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no place for the table");
        }
        return page.substring(begin, end + END.length());
    }
}
