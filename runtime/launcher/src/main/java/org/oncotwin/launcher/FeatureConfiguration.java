package org.oncotwin.launcher;

import java.lang.reflect.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One configuration of a feature. A key may carry the type of its value after a colon, as in the OSGi Compendium 8.1,
 * chapter 150 (Configurator): {@code "threads:Integer": 2}. Without a type a JSON text is a String, a whole number a Long,
 * another number a Double, a truth value a Boolean, and a list an array of the type of its first element.
 *
 * @param pid persistent identity of the component, or of its factory
 * @param name name of the instance, if the identity is that of a factory ({@code pid~name} in the file)
 * @param properties what is configured
 */
record FeatureConfiguration(String pid, Optional<String> name, Map<String, Object> properties) {
    FeatureConfiguration {
        properties = Map.copyOf(properties);
    }

    /**
     * Reads one entry of the object {@code configurations}.
     *
     * @throws IllegalArgumentException naming the configuration and the key, if a type is unknown or a value is not of it
     */
    static FeatureConfiguration of(String identity, Object json) {
        String place = "configurations." + identity;
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(place + " is '" + json + "', allowed is an object");
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String[] nameAndType = String.valueOf(key).split(":", 2);
            Optional<String> type = nameAndType.length == 2 ? Optional.of(nameAndType[1]) : Optional.empty();
            try {
                properties.put(nameAndType[0], value(type, value));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        place + "." + key + " is '" + value + "': " + wrong.getMessage(), wrong);
            }
        });
        String[] pidAndName = identity.split("~", 2);
        Optional<String> name = pidAndName.length == 2 ? Optional.of(pidAndName[1]) : Optional.empty();
        return new FeatureConfiguration(pidAndName[0], name, properties);
    }

    private static Object value(Optional<String> type, Object json) {
        if (json instanceof List<?> list) {
            return array(type, list);
        }
        requireScalar(json);
        return type.map(ScalarType::named)
                .orElseGet(() -> ScalarType.natural(json))
                .convert(json);
    }

    private static Object array(Optional<String> type, List<?> list) {
        list.forEach(FeatureConfiguration::requireScalar);
        ScalarType element = type.map(FeatureConfiguration::elementType)
                .orElseGet(() -> list.isEmpty() ? ScalarType.STRING : ScalarType.natural(list.get(0)));
        Object array = Array.newInstance(element.javaType(), list.size());
        for (int i = 0; i < list.size(); i++) {
            Array.set(array, i, element.convert(list.get(i)));
        }
        return array;
    }

    private static ScalarType elementType(String type) {
        if (!type.endsWith("[]")) {
            throw new IllegalArgumentException("a list needs a type that ends with []");
        }
        return ScalarType.named(type.substring(0, type.length() - "[]".length()));
    }

    private static void requireScalar(Object json) {
        if (json == null || json instanceof Map || json instanceof List) {
            throw new IllegalArgumentException("allowed is a text, a number, a truth value or a list of them");
        }
    }
}
