package org.oncotwin.api.change;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.plugin.PluginIdentity;
import org.osgi.annotation.versioning.ProviderType;

/** The combinations of the site. Their bundles are kept by their hashes and installed from there alone, so that no other way leads a plugin into one. */
@ProviderType
public interface Combinations {

    /** All, by name. */
    List<Combination> all();

    /**
     * One of them.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if there is none of this name
     */
    Combination get(String name);

    /**
     * Checks whether a combination can work, from what its bundles declare.
     *
     * @param feature a feature file (OSGi Compendium 8.1, chapter 159) with the extension {@code oncotwin-combination}
     * @param folders where its bundles lie
     * @return what is in the way, a sentence each that says what to do; empty if nothing is
     */
    List<String> check(Path feature, List<Path> folders) throws IOException;

    /**
     * Installs a combination and its bundles.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException with all that {@link #check} finds
     */
    Combination install(Session session, Path feature, List<Path> folders, String reason) throws IOException;

    /**
     * Removes a combination that no study runs on and of which no change is open.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if studies of it run or are paused, or changes of it are proposed, verified, or being put in place or taken back
     */
    void remove(Session session, String name, String reason);

    /**
     * Installs a bundle beside those in use, seen by no study.
     *
     * @param sha256 hash of the bundle in the content store
     * @return the plugins that it brings
     */
    List<PluginIdentity> installBeside(String sha256);

    /**
     * Replaces a plugin of a combination by another version, or by another plugin of its kind that the combination's plan lets take its place; to be called by whoever has seen to it that this may be done. Raises the revision.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if the combination does not use the plugin, the plan does not let the other one take its place, or its version lies outside the range that the feature file, or for a plugin that it does not list the plan, pins it to
     */
    Combination replace(String name, PluginIdentity from, PluginIdentity to);

    /**
     * Sees to it that a plugin that was installed before is there, for instance after a restart.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if it is none that the site knows
     */
    void makeAvailable(PluginIdentity plugin);

    /**
     * Uninstalls bundles that were installed from here and are needed by no combination.
     *
     * @param needed plugins that something else needs, such as a study that is pinned to them
     * @return names and versions of the bundles that went
     */
    List<String> sweep(Predicate<PluginIdentity> needed);
}
