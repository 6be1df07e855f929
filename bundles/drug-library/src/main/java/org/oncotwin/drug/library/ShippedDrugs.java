package org.oncotwin.drug.library;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.oncotwin.api.pharmacokinetics.DrugLibrary;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The drug files of this bundle. */
@Component(service = DrugLibrary.class)
public final class ShippedDrugs implements DrugLibrary {

    private final SortedMap<String, Path> files;

    /**
     * Copies the files out of the bundle.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    @Activate
    public ShippedDrugs(BundleContext context) {
        files = LaidOutFiles.of(context, "drugs");
    }

    @Override
    public String title() {
        return "Drugs of OncoTwin";
    }

    @Override
    public SortedMap<String, Path> files() {
        return files;
    }
}
