package org.oncotwin.change.plan;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with a file, in the words of whoever wrote it and not in those of the library that reads it. */
final class PlanProblem {

    /** The library keeps a text that stands in the place of a number only in its message. */
    private static final Pattern TEXT = Pattern.compile("String value \\(\"(.*?)\"\\)");

    private PlanProblem() {}

    static String words(JsonMappingException wrong) {
        for (Throwable cause = wrong.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException ours) {
                return ours.getMessage();
            }
        }
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            return "is unknown; there are " + new TreeSet<>(unknown.getKnownPropertyIds());
        }
        if (wrong instanceof InvalidNullException) {
            return "is null; write a value, or leave the key out if it may be left out";
        }
        if (wrong instanceof InvalidFormatException format) {
            return "'" + format.getValue() + "' is not allowed; allowed is " + allowed(format.getTargetType());
        }
        if (wrong instanceof MismatchedInputException mismatch) {
            String message = mismatch.getOriginalMessage();
            Matcher text = TEXT.matcher(message);
            return message.startsWith("Missing required creator property")
                    ? "is missing"
                    : (text.find() ? "'" + text.group(1) + "' " : "") + "is not allowed; allowed is "
                            + allowed(mismatch.getTargetType());
        }
        return wrong.getOriginalMessage();
    }

    private static String allowed(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text in quotes";
        }
        return Collection.class.isAssignableFrom(type)
                ? "a list in brackets"
                : Map.class.isAssignableFrom(type) ? "an object with a key for each" : "an object in braces";
    }
}
