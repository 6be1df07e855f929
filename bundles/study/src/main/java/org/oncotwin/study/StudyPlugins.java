package org.oncotwin.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.store.StoreException;

/** The plugins that studies run on, brought back where no combination has them any more. */
final class StudyPlugins {

    private final Combinations combinations;
    private final PluginCatalogue catalogue;

    StudyPlugins(Combinations combinations, PluginCatalogue catalogue) {
        this.combinations = combinations;
        this.catalogue = catalogue;
    }

    /** What is there now. */
    Set<PluginIdentity> there() {
        return Set.copyOf(catalogue.identities());
    }

    /**
     * Installs and starts what is missing. Bundles may need each other, so those that do not start are tried again after the others.
     *
     * @throws InvalidInputException if one cannot be had any more
     */
    void makeAvailable(List<PluginIdentity> plugins) {
        List<PluginIdentity> left = plugins;
        while (!left.isEmpty()) {
            List<PluginIdentity> missing = new ArrayList<>();
            InvalidInputException first = null;
            for (PluginIdentity plugin : left) {
                try {
                    combinations.makeAvailable(plugin);
                } catch (InvalidInputException | StoreException unavailable) {
                    first = first == null ? gone(plugin, unavailable) : first;
                    missing.add(plugin);
                }
            }
            if (missing.size() == left.size()) {
                throw first;
            }
            left = missing;
        }
    }

    private static InvalidInputException gone(PluginIdentity plugin, RuntimeException why) {
        String problem = why instanceof InvalidInputException input ? input.problem() : why.getMessage();
        return new InvalidInputException(
                plugin.toString(),
                "cannot be had any more: " + problem
                        + "; restore the folder 'contents' and the database of the site from a backup");
    }
}
