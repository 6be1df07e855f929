package org.oncotwin.api.pharmacokinetics;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of a drug for one model.
 *
 * @param basis what was measured in whom, such as {@code unbound platinum in plasma, 43 adults with solid tumours}
 * @param parameters by name, as the model describes them
 * @param limitations what these numbers must not be used for, a sentence each
 */
public record DrugSection(String basis, SortedMap<String, DrugParameter> parameters, List<String> limitations) {

    /** Makes the collections immutable. */
    public DrugSection {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        limitations = List.copyOf(limitations);
    }
}
