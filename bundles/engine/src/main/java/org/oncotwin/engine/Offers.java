package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginChoice;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * The plugins of one kind that are there now, several versions of one id side by side, and the leases on them. Thread-safe.
 *
 * @param <T> type of the plugin
 */
final class Offers<T> {

    /** A plugin that is there. The identity is computed when first wanted, because it hashes the bundle. */
    record Offer<T>(
            Object key,
            String id,
            Version version,
            String bundle,
            int ranking,
            Supplier<PluginIdentity> identity,
            T plugin) {}

    /** Every plugin is visible; known by name, so that no bundle need be hashed to find that out. */
    static final Predicate<PluginIdentity> ANY = plugin -> true;

    // Higher versions first, then higher service ranking.
    private static final Comparator<Offer<?>> BEST_FIRST = Comparator.<Offer<?>, Version>comparing(Offer::version)
            .thenComparing(Offer::ranking)
            .reversed()
            .thenComparing(Offer::bundle);

    private final String what;
    private final List<Offer<T>> offers = new ArrayList<>();
    private final Set<Leased<T>> leases = new HashSet<>();

    private record Leased<T>(Object key, Lease<T> lease) {}

    /** Plugins called {@code what} in messages, such as {@code growth model}. */
    Offers(String what) {
        this.what = what;
    }

    static boolean sees(Predicate<PluginIdentity> visible, Offer<?> offer) {
        return visible == ANY || visible.test(offer.identity().get());
    }

    synchronized void add(Offer<T> offer) {
        offers.add(offer);
    }

    /** Takes a plugin away; exactly the runs that have leased it are told. */
    synchronized void remove(Object key) {
        offers.removeIf(o -> o.key().equals(key));
        leases.stream().filter(l -> l.key().equals(key)).forEach(l -> l.lease().withdraw());
    }

    /** All, by id, then highest version first. */
    synchronized List<Offer<T>> all() {
        return all(ANY);
    }

    /** Those that are visible, in the same order. */
    synchronized List<Offer<T>> all(Predicate<PluginIdentity> visible) {
        return offers.stream()
                .filter(offer -> sees(visible, offer))
                .sorted(Comparator.<Offer<T>, String>comparing(Offer::id).thenComparing(BEST_FIRST))
                .toList();
    }

    /** Of the plugins that will do the one with the highest ranking, of equals the one with the highest version. */
    synchronized Optional<Offer<T>> highestRanking(Predicate<Offer<T>> willDo) {
        return offers.stream()
                .filter(willDo)
                .min(Comparator.<Offer<T>>comparingInt(Offer::ranking)
                        .reversed()
                        .thenComparing(BEST_FIRST)
                        .thenComparing(Offer::id));
    }

    /**
     * The highest version that a choice allows.
     *
     * @param visible which plugins may be taken
     * @param idField where the id stands, for the error
     * @param versionField where the version range stands
     */
    synchronized Offer<T> find(
            PluginChoice choice, Predicate<PluginIdentity> visible, String idField, String versionField) {
        VersionRange range = range(choice.versions(), versionField);
        List<Offer<T>> sameId =
                all(visible).stream().filter(o -> o.id().equals(choice.id())).toList();
        if (sameId.isEmpty()) {
            Set<String> known = new TreeSet<>();
            all(visible).forEach(o -> known.add(o.id()));
            throw new InvalidInputException(
                    idField, "no " + what + " '" + choice.id() + "'; there is " + (known.isEmpty() ? "none" : known));
        }
        Optional<Offer<T>> best =
                sameId.stream().filter(o -> range.includes(o.version())).min(BEST_FIRST);
        best.ifPresent(b -> refuseRival(b, sameId, versionField));
        return best.orElseThrow(() -> {
            List<Version> versions =
                    sameId.stream().map(Offer::version).sorted().toList();
            return new InvalidInputException(
                    versionField,
                    "no version of " + what + " '" + choice.id() + "' is in " + choice.versions() + "; there is "
                            + versions);
        });
    }

    /** Two bundles that offer the same version of the same id: nothing says which is meant, and the order in which they came must not. */
    private void refuseRival(Offer<T> best, List<Offer<T>> sameId, String field) {
        for (Offer<T> other : sameId) {
            if (other != best && other.version().equals(best.version()) && other.ranking() == best.ranking()) {
                throw new InvalidInputException(
                        field,
                        "two bundles offer " + what + " '" + best.id() + "' " + best.version() + ": " + best.bundle()
                                + " and " + other.bundle() + "; uninstall one");
            }
        }
    }

    synchronized Lease<T> lease(Offer<T> offer) {
        Lease<T> lease = new Lease<>(offer.identity().get(), offer.plugin(), this::giveBack);
        if (!offers.contains(offer)) {
            lease.withdraw();
        }
        leases.add(new Leased<>(offer.key(), lease));
        return lease;
    }

    private synchronized void giveBack(Lease<T> lease) {
        leases.removeIf(l -> l.lease() == lease);
    }

    private static VersionRange range(String text, String field) {
        try {
            return new VersionRange(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    field, "'" + text + "' is not a version range; write for example [1,2) for 1 up to but not 2");
        }
    }
}
