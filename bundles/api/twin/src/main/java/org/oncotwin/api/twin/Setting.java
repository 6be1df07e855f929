package org.oncotwin.api.twin;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What does not change in a run: anatomy, covariates of the patient, molecular markers.
 *
 * @param anatomy the grid, domain and tissue of spatial models; absent for models without space
 * @param covariates numbers about the patient by name, for example {@code age} in years
 * @param markers findings by name, for example {@code MGMT} to {@code methylated}
 */
public record Setting(
        Optional<Anatomy> anatomy, SortedMap<String, Double> covariates, SortedMap<String, String> markers) {

    /** Makes the maps immutable. */
    public Setting {
        covariates = Collections.unmodifiableSortedMap(new TreeMap<>(covariates));
        markers = Collections.unmodifiableSortedMap(new TreeMap<>(markers));
    }

    /** A setting without space, covariates or markers. */
    public static Setting empty() {
        return new Setting(Optional.empty(), new TreeMap<>(), new TreeMap<>());
    }

    /** A setting with anatomy alone. */
    public static Setting of(Anatomy anatomy) {
        return new Setting(Optional.of(anatomy), new TreeMap<>(Map.of()), new TreeMap<>());
    }
}
