package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One object of a case. Every key that is asked for becomes known; {@link #refuseOthers()} then finds the keys that nobody asked for. What cannot be used
 * becomes a problem with its JSON path and reads as absent.
 */
final class CaseObject {
    private final ObjectNode node;
    private final String path;
    private final Map<String, String> places;
    private final Problems problems;
    private final List<String> known = new ArrayList<>();

    CaseObject(ObjectNode node, String path, Problems problems) {
        this(node, path, Map.of(), problems);
    }

    /** An object put together from several: some keys come from elsewhere, and what is wrong with them is said there. */
    CaseObject(ObjectNode node, String path, Map<String, String> places, Problems problems) {
        this.node = node;
        this.path = path;
        this.places = Map.copyOf(places);
        this.problems = problems;
    }

    /** JSON path of a key of an object. */
    static String join(String path, String key) {
        String shown = Words.shown(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    String path() {
        return path;
    }

    String path(String key) {
        return places.containsKey(key) ? places.get(key) : join(path, key);
    }

    /** True if a key is there, which does not make it a known one. */
    boolean mentions(String key) {
        return node.has(key);
    }

    boolean has(String key) {
        know(key);
        return node.has(key);
    }

    private void know(String key) {
        if (!known.contains(key)) {
            known.add(key);
        }
    }

    Optional<JsonNode> value(String key) {
        know(key);
        return Optional.ofNullable(node.get(key));
    }

    /** The value of a key that must be there. */
    Optional<JsonNode> required(String key, String wanted) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            problems.add(path(key), "missing; needed is " + wanted);
        }
        return value;
    }

    void problem(String key, String text) {
        problems.add(path(key), text);
    }

    /** A wrong form, said with the form that is needed. */
    void wrongForm(String key, JsonNode value, String wanted) {
        problem(key, Words.form(value) + " is not allowed here; needed is " + wanted);
    }

    Optional<String> text(String key, String wanted) {
        return value(key).flatMap(v -> asText(key, v, wanted));
    }

    Optional<String> requiredText(String key, String wanted) {
        return required(key, wanted).flatMap(v -> asText(key, v, wanted));
    }

    private Optional<String> asText(String key, JsonNode value, String wanted) {
        if (!value.isTextual()) {
            wrongForm(key, value, wanted);
            return Optional.empty();
        }
        if (value.textValue().isBlank()) {
            problem(key, "empty; needed is " + wanted);
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** A finite number in a range. */
    OptionalDouble number(String key, double minimum, double maximum, String wanted) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!value.get().isNumber()) {
            wrongForm(key, value.get(), wanted);
            return OptionalDouble.empty();
        }
        double number = value.get().doubleValue();
        if (!(number >= minimum && number <= maximum)) {
            problem(key, plain(value.get()) + " is not allowed; needed is " + wanted);
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(number);
    }

    /** A whole number in a range. */
    OptionalLong whole(String key, long minimum, long maximum, String wanted) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().isNumber()) {
            wrongForm(key, value.get(), wanted);
            return OptionalLong.empty();
        }
        // 30.0 is a whole number; programs that know only one kind of number write it so.
        JsonNode number = value.get();
        boolean whole = number.canConvertToLong()
                && (number.isIntegralNumber() || number.doubleValue() == Math.rint(number.doubleValue()));
        if (!whole || number.longValue() < minimum || number.longValue() > maximum) {
            problem(key, plain(number) + " is not allowed; needed is " + wanted);
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.longValue());
    }

    static String plain(JsonNode number) {
        return Words.shown(number.asText());
    }

    Optional<CaseObject> object(String key, String wanted) {
        return value(key).flatMap(v -> asObject(key, v, wanted));
    }

    Optional<CaseObject> requiredObject(String key, String wanted) {
        return required(key, wanted).flatMap(v -> asObject(key, v, wanted));
    }

    private Optional<CaseObject> asObject(String key, JsonNode value, String wanted) {
        if (value instanceof ObjectNode object) {
            return Optional.of(new CaseObject(object, path(key), problems));
        }
        wrongForm(key, value, wanted);
        return Optional.empty();
    }

    /** The objects of a list; none if it is absent. */
    List<CaseObject> objects(String key, int most, String wanted) {
        List<CaseObject> objects = new ArrayList<>();
        value(key).ifPresent(list -> {
            if (!list.isArray()) {
                wrongForm(key, list, wanted);
            } else if (list.size() > most) {
                problem(key, list.size() + " are too many; allowed are at most " + most);
            } else {
                for (int i = 0; i < list.size(); i++) {
                    asObject(key + "[" + i + "]", list.get(i), "an object").ifPresent(objects::add);
                }
            }
        });
        return objects;
    }

    /** The texts of a list; none if it is absent. */
    List<String> texts(String key, int most, String wanted) {
        List<String> texts = new ArrayList<>();
        value(key).ifPresent(list -> {
            if (!list.isArray()) {
                wrongForm(key, list, wanted);
            } else if (list.size() > most) {
                problem(key, list.size() + " are too many; allowed are at most " + most);
            } else {
                for (int i = 0; i < list.size(); i++) {
                    asText(key + "[" + i + "]", list.get(i), wanted).ifPresent(texts::add);
                }
            }
        });
        return texts;
    }

    /** All keys with their values, each of them taken as known. */
    Map<String, JsonNode> entries() {
        Map<String, JsonNode> entries = new TreeMap<>();
        node.properties().forEach(e -> {
            know(e.getKey());
            entries.put(e.getKey(), e.getValue());
        });
        return entries;
    }

    /** Puts another text in place, in the copy of the case that goes into a run folder. */
    void replace(String key, String text) {
        node.put(key, text);
    }

    /** A copy of the object, for one that is put together. */
    ObjectNode copy() {
        return node.deepCopy();
    }

    /** Finds the keys that nobody asked for. */
    void refuseOthers() {
        refuseOthers("unknown key");
    }

    void refuseOthers(String what) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problem(key, what + "; " + Words.known(key, known));
            }
        });
    }
}
