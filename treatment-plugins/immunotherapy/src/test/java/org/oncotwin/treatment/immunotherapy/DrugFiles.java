package org.oncotwin.treatment.immunotherapy;

import java.nio.file.Path;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.sdk.conformance.TypicalDrug;

/** The shipped drug files as this plugin sees them. */
final class DrugFiles {

    private static final Path FOLDER =
            Path.of("..", "..", "bundles", "drug-library", "src", "main", "resources", "drugs");

    private DrugFiles() {}

    static Drug read(String id) {
        return TypicalDrug.read(FOLDER.resolve(id + ".json"));
    }

    /** A number of a section, in litres and days where the file has L, L/d or L/h. */
    static double number(Drug drug, String section, String name) {
        return TypicalDrug.perDay(drug, section, name);
    }
}
