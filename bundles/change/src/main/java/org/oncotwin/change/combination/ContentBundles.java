package org.oncotwin.change.combination;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.store.ContentStore;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Bundles in the running framework that come from the content store. Not safe for several threads: whoever installs, starts or uninstalls here has the lock of the combinations. */
final class ContentBundles {

    private static final String LOCATION = "oncotwin-content:";

    private final BundleContext context;
    private final ContentStore contents;
    private final PluginCatalogue catalogue;

    /** Bundles that were installed here. Anybody may give a bundle of his own the location of a content. */
    private final Set<Long> ours = new HashSet<>();

    ContentBundles(BundleContext context, ContentStore contents, PluginCatalogue catalogue) {
        this.context = context;
        this.contents = contents;
        this.catalogue = catalogue;
    }

    /**
     * Installs a bundle of the store, unless the very same bundle is there already, from here or as a part of the runtime. It is not started yet, because bundles need each other.
     */
    Bundle install(String sha256, BundleJar jar) throws IOException {
        // A location is only a name: a bundle that somebody else gave it is not ours and goes, before anything is taken
        // for it.
        Bundle stranger = context.getBundle(LOCATION + sha256);
        if (stranger != null && !ours.contains(stranger.getBundleId())) {
            uninstall(List.of(sha256));
        }
        Optional<Bundle> there = Stream.of(context.getBundles())
                .filter(bundle -> jar.name().equals(bundle.getSymbolicName())
                        && bundle.getVersion().equals(jar.version()))
                .findFirst();
        if (there.isPresent()) {
            if (!there.get().getLocation().equals(LOCATION + sha256) && !sameFile(there.get(), sha256)) {
                throw new InvalidInputException(
                        jar.words(),
                        "another bundle of this name and version is installed already and differs; a version is never given twice");
            }
            return there.get();
        }
        try (InputStream in = contents.open(sha256)) {
            Bundle bundle = context.installBundle(LOCATION + sha256, in);
            ours.add(bundle.getBundleId());
            return bundle;
        } catch (BundleException e) {
            throw new InvalidInputException(jar.words(), "cannot be installed: " + e.getMessage());
        }
    }

    /**
     * Starts a bundle that was installed from the store; those of the runtime are started by it.
     *
     * @return the plugins that it brings
     */
    List<PluginIdentity> start(Bundle bundle) {
        if (bundle.getLocation().startsWith(LOCATION)) {
            try {
                bundle.start(Bundle.START_TRANSIENT);
            } catch (BundleException | IllegalStateException e) {
                // The latter if somebody else uninstalled it.
                throw new InvalidInputException(
                        bundle.getSymbolicName() + " " + bundle.getVersion(), "does not start: " + e.getMessage());
            }
        }
        return plugins(bundle);
    }

    /** True if a bundle of the runtime, which was installed by reference to its file, is this content. */
    private boolean sameFile(Bundle bundle, String sha256) throws IOException {
        String reference = "reference:";
        if (!bundle.getLocation().startsWith(reference)) {
            return false;
        }
        try (InputStream in = java.net
                .URI
                .create(bundle.getLocation().substring(reference.length()))
                .toURL()
                .openStream()) {
            return Sha256.of(in).equals(sha256);
        }
    }

    private List<PluginIdentity> plugins(Bundle bundle) {
        return catalogue.identities().stream()
                .filter(plugin -> plugin.bundle().equals(bundle.getSymbolicName())
                        && plugin.version().equals(bundle.getVersion().toString()))
                .toList();
    }

    /** Uninstalls jars that were installed from the store. Returns names and versions of those that were. */
    List<String> uninstall(Collection<String> jars) {
        List<String> gone = new ArrayList<>();
        for (String jar : jars) {
            Bundle bundle = context.getBundle(LOCATION + jar);
            if (bundle == null) {
                continue;
            }
            String words = bundle.getSymbolicName() + " " + bundle.getVersion();
            try {
                bundle.uninstall();
                ours.remove(bundle.getBundleId());
                gone.add(words);
            } catch (BundleException e) {
                throw new IllegalStateException(words + " cannot be uninstalled", e);
            }
        }
        return gone;
    }

    /** Jars of all bundles that were installed from the store. */
    List<String> installed() {
        return Stream.of(context.getBundles())
                .map(Bundle::getLocation)
                .filter(location -> location.startsWith(LOCATION))
                .map(location -> location.substring(LOCATION.length()))
                .toList();
    }
}
