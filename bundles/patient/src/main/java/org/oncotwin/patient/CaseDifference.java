package org.oncotwin.patient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.oncotwin.api.patient.TwinChange;
import org.oncotwin.api.patient.TwinChange.Part;

/** What is different between two cases: values, whatever the layout of the files, the order of keys and the notation of numbers. */
final class CaseDifference {

    /** A key that needs no quotes in a path. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_$-]+");

    /** Decimals as they are written: 0.1 is not the nearest double. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final List<TwinChange> changes = new ArrayList<>();

    private CaseDifference() {}

    /**
     * Compares two cases that were read.
     *
     * @param before text of the old case file
     * @param filesBefore hashes of its files by name
     * @param after text of the new case file
     * @param filesAfter hashes of its files by name
     * @return differences of the case in its order, then those of files by name
     */
    static List<TwinChange> between(
            String before, Map<String, String> filesBefore, String after, Map<String, String> filesAfter) {
        CaseDifference difference = new CaseDifference();
        try {
            difference.compare("", JSON.readTree(before), JSON.readTree(after));
        } catch (JsonProcessingException impossible) {
            // Both were read before.
            throw new IllegalStateException("a case that was kept is not JSON", impossible);
        }
        Set<String> names = new TreeSet<>(filesBefore.keySet());
        names.addAll(filesAfter.keySet());
        for (String name : names) {
            Optional<String> old = Optional.ofNullable(filesBefore.get(name));
            Optional<String> now = Optional.ofNullable(filesAfter.get(name));
            if (!old.equals(now)) {
                difference.changes.add(new TwinChange(Part.FILE, name, old, now));
            }
        }
        return difference.changes;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            compareKeys(path, before, after);
        } else if (before.isArray() && after.isArray()) {
            compareElements(path, before, after);
        } else if (!same(before, after)) {
            add(path, Optional.of(before), Optional.of(after));
        }
    }

    private void compareKeys(String path, JsonNode before, JsonNode after) {
        before.properties().forEach(entry -> {
            String place = join(path, entry.getKey());
            if (after.has(entry.getKey())) {
                compare(place, entry.getValue(), after.get(entry.getKey()));
            } else {
                add(place, Optional.of(entry.getValue()), Optional.empty());
            }
        });
        after.properties().forEach(entry -> {
            if (!before.has(entry.getKey())) {
                add(join(path, entry.getKey()), Optional.empty(), Optional.of(entry.getValue()));
            }
        });
    }

    /** What both lists begin and end with is left aside, so that an element more in front is one difference. */
    private void compareElements(String path, JsonNode before, JsonNode after) {
        int shorter = Math.min(before.size(), after.size());
        int first = 0;
        while (first < shorter && same(before.get(first), after.get(first))) {
            first++;
        }
        int last = 0;
        while (last < shorter - first
                && same(before.get(before.size() - 1 - last), after.get(after.size() - 1 - last))) {
            last++;
        }
        int endBefore = before.size() - last;
        int endAfter = after.size() - last;
        for (int n = first; n < Math.max(endBefore, endAfter); n++) {
            String place = path + "[" + n + "]";
            if (n < endBefore && n < endAfter) {
                compare(place, before.get(n), after.get(n));
            } else if (n < endBefore) {
                add(place, Optional.of(before.get(n)), Optional.empty());
            } else {
                add(place, Optional.empty(), Optional.of(after.get(n)));
            }
        }
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                other);
    }

    private void add(String path, Optional<JsonNode> before, Optional<JsonNode> after) {
        changes.add(new TwinChange(Part.CASE, path, before.map(CaseDifference::json), after.map(CaseDifference::json)));
    }

    private static String join(String path, String key) {
        if (PLAIN.matcher(key).matches()) {
            return path.isEmpty() ? key : path + "." + key;
        }
        return path + "[\"" + whole(new String(JsonStringEncoder.getInstance().quoteAsString(key))) + "\"]";
    }

    private static String json(JsonNode node) {
        try {
            return whole(JSON.writeValueAsString(node));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Half characters, which JSON can say by escapes and databases do not keep, stay escapes. */
    private static String whole(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
