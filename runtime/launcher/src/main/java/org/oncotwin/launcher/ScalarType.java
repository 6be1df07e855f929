package org.oncotwin.launcher;

import java.util.Arrays;

/** The types that a configuration value may have, by the names that the OSGi Configurator gives them. */
enum ScalarType {
    STRING("String", String.class) {
        @Override
        Object convert(Object json) {
            return String.valueOf(json);
        }
    },
    BOOLEAN("Boolean", Boolean.class) {
        @Override
        Object convert(Object json) {
            if (json instanceof Boolean) {
                return json;
            }
            throw new IllegalArgumentException("allowed is true or false");
        }
    },
    INTEGER("Integer", Integer.class) {
        @Override
        Object convert(Object json) {
            if (json instanceof Integer) {
                return json;
            }
            throw new IllegalArgumentException("allowed is a whole number of 32 bits");
        }
    },
    LONG("Long", Long.class) {
        @Override
        Object convert(Object json) {
            if (json instanceof Integer || json instanceof Long) {
                return ((Number) json).longValue();
            }
            throw new IllegalArgumentException("allowed is a whole number of 64 bits");
        }
    },
    DOUBLE("Double", Double.class) {
        @Override
        Object convert(Object json) {
            if (json instanceof Number number) {
                return number.doubleValue();
            }
            throw new IllegalArgumentException("allowed is a number");
        }
    };

    private final String label;
    private final Class<?> javaType;

    ScalarType(String label, Class<?> javaType) {
        this.label = label;
        this.javaType = javaType;
    }

    /** The type of a JSON value that has no type written beside it. */
    static ScalarType natural(Object json) {
        if (json instanceof Integer || json instanceof Long) {
            return LONG;
        }
        if (json instanceof Number) {
            return DOUBLE;
        }
        return json instanceof Boolean ? BOOLEAN : STRING;
    }

    /**
     * The type with the given name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ScalarType named(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the type '" + label + "' is unknown, allowed are "
                        + Arrays.stream(values()).map(type -> type.label).toList() + " and lists of them"));
    }

    Class<?> javaType() {
        return javaType;
    }

    /**
     * The value in this type.
     *
     * @throws IllegalArgumentException saying what is allowed, if the value is not of this type
     */
    abstract Object convert(Object json);
}
