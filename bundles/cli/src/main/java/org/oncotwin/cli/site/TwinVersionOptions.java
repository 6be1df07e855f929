package org.oncotwin.cli.site;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.oncotwin.api.patient.PatientTwins;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.plugin.InvalidInputException;
import picocli.CommandLine.Option;

/** Which version of a twin is meant: the newest, if nothing is said. */
final class TwinVersionOptions {
    private static final String AS_OF = "--as-of";

    /** A date alone is understood too, so that it can be said what it lacks. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            // Otherwise 30 February would be the 28th.
            .withResolverStyle(ResolverStyle.STRICT);

    @Option(
            names = AS_OF,
            paramLabel = "TIME",
            description =
                    "The version that was the newest at this time, written as 2026-11-23T10:00:00Z or 2026-11-23T11:00:00+01:00.")
    private String asOf;

    @Option(names = "--version", paramLabel = "NUMBER", description = "This version. Default: the newest.")
    private Integer version;

    /** Refuses what cannot be meant. */
    void check() {
        if (asOf != null && version != null) {
            throw new InvalidInputException(AS_OF, "a time and --version cannot both be given");
        }
        if (asOf != null) {
            time(asOf);
        }
    }

    /** The version that is meant. */
    TwinVersion find(PatientTwins twins, String id) {
        if (asOf != null) {
            return twins.asOf(id, time(asOf));
        }
        return version == null ? twins.get(id) : twins.get(new TwinReference(id, version));
    }

    static Instant time(String text) {
        try {
            TemporalAccessor read = TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
            if (read instanceof ZonedDateTime zoned) {
                return zoned.toInstant();
            }
            throw new InvalidInputException(
                    AS_OF,
                    "'" + text + "' has no " + (read instanceof LocalDate ? "time of day and no " : "")
                            + "time zone; write for example 2026-11-23T10:00:00Z or 2026-11-23T11:00:00+01:00");
        } catch (DateTimeException wrong) {
            throw new InvalidInputException(
                    AS_OF, "'" + text + "' is not a time; write for example 2026-11-23T10:00:00Z");
        }
    }
}
