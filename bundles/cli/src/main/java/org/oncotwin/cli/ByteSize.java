package org.oncotwin.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oncotwin.api.plugin.InvalidInputException;

/** Amounts of memory as people write them. */
final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "B",
            1L,
            "kB",
            1000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);

    private ByteSize() {}

    /**
     * A number with a unit, such as {@code 1.5GiB}.
     *
     * @param option the option that it was given for
     */
    static long parse(String option, String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches() || !UNITS.containsKey(matcher.group(2))) {
            throw new InvalidInputException(
                    option, "'" + text + "' is not allowed; allowed is a number of B, kB, MB, GB, KiB, MiB or GiB");
        }
        double bytes = Double.parseDouble(matcher.group(1)) * UNITS.get(matcher.group(2));
        if (!(bytes >= 1 && bytes <= 1L << 50)) {
            throw new InvalidInputException(option, "'" + text + "' is not allowed; allowed is 1 B to 1048576 GiB");
        }
        return (long) bytes;
    }

    /** For people. */
    static String format(long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return bytes < 1 << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
                : String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1 << 30));
    }
}
