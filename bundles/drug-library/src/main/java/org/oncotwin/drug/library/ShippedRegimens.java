package org.oncotwin.drug.library;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.oncotwin.casefile.RegimenLibrary;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The regimen files of this bundle. */
@Component(service = RegimenLibrary.class)
public final class ShippedRegimens implements RegimenLibrary {

    private final SortedMap<String, Path> files;

    /**
     * Copies the files out of the bundle.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    @Activate
    public ShippedRegimens(BundleContext context) {
        files = LaidOutFiles.of(context, "regimens");
    }

    @Override
    public String title() {
        return "Regimens of OncoTwin";
    }

    @Override
    public SortedMap<String, Path> files() {
        return files;
    }
}
