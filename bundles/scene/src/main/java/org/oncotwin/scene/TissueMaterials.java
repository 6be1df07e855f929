package org.oncotwin.scene;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Tissue.Colour;

/** Materials of tissues with published stiffness, in the file {@code tissue-materials.json}. */
public final class TissueMaterials {

    private static final String FILE = "tissue-materials.json";

    private static final SortedMap<String, TissueMaterial> LIBRARY = read();

    private TissueMaterials() {}

    /** An entry of the file: name, Young's modulus in Pa, colour and source. */
    private record Entry(
            @JsonProperty(required = true) String name,

            @JsonProperty(value = "youngs_modulus", required = true)
            double youngsModulus,

            @JsonProperty(required = true) double[] colour,
            @JsonProperty(required = true) String source) {}

    private static SortedMap<String, TissueMaterial> read() {
        SortedMap<String, TissueMaterial> materials = new TreeMap<>();
        try (InputStream in = TissueMaterials.class.getResourceAsStream(FILE)) {
            for (Entry entry : new ObjectMapper().readValue(in, Entry[].class)) {
                Colour colour = new Colour(entry.colour[0], entry.colour[1], entry.colour[2]);
                materials.put(
                        entry.name, TissueMaterial.ofStiffness(entry.name, entry.youngsModulus, colour, entry.source));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
        return Collections.unmodifiableSortedMap(materials);
    }

    /** All by name. */
    public static SortedMap<String, TissueMaterial> all() {
        return LIBRARY;
    }

    /**
     * The material of a name.
     *
     * @param field what asks for it, for the message
     * @throws InvalidInputException if there is none, with the names that there are
     */
    public static TissueMaterial named(String field, String name) {
        TissueMaterial material = LIBRARY.get(name);
        if (material == null) {
            throw new InvalidInputException(
                    field,
                    "no material '" + name + "'; there are " + LIBRARY.keySet()
                            + ", or give a stiffness such as \"5 kPa\"");
        }
        return material;
    }
}
