package org.oncotwin.change.combination;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.felix.utils.manifest.Attribute;
import org.apache.felix.utils.manifest.Clause;
import org.oncotwin.change.combination.CombinationFile.WantedPlugin;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Whether the bundles of a combination can work together, from what they declare; in sentences that say what to do. */
final class CombinationCheck {

    private static final String OURS = "oncotwin.";

    private final List<BundleJar> bundles;
    private final List<BundleJar> elsewhere;
    private final Map<String, Set<Version>> packages = new TreeMap<>();
    private final int java;
    private final List<String> faults = new ArrayList<>();

    /**
     * A check.
     *
     * @param bundles those of the combination
     * @param elsewhere others at hand, to be recommended
     * @param runtime packages that the runtime exports, each with its versions
     * @param java feature version of Java
     */
    CombinationCheck(List<BundleJar> bundles, List<BundleJar> elsewhere, Map<String, Set<Version>> runtime, int java) {
        this.bundles = bundles;
        this.elsewhere = elsewhere;
        this.java = java;
        runtime.forEach((name, versions) -> packages.put(name, new TreeSet<>(versions)));
        bundles.forEach(bundle -> bundle.exports()
                .forEach(export -> packages.computeIfAbsent(export.getName(), name -> new TreeSet<>())
                        .add(BundleJar.version(export))));
    }

    List<String> faults(List<WantedPlugin> wanted) {
        wanted.forEach(this::plugin);
        for (BundleJar bundle : bundles) {
            bundle.requirements().forEach(requirement -> requirement(bundle, requirement));
            bundle.imports().forEach(imported -> imported(bundle, imported));
        }
        return faults;
    }

    private void plugin(WantedPlugin wanted) {
        List<BundleJar> offering = bundles.stream()
                .filter(bundle -> bundle.offers(wanted.kind(), wanted.id()))
                .toList();
        if (offering.isEmpty()) {
            faults.add("no bundle of the combination offers the " + wanted.words()
                    + recommended(elsewhere.stream()
                            .filter(bundle -> bundle.offers(wanted.kind(), wanted.id()))
                            .toList()));
        } else if (offering.size() > 1) {
            faults.add("two bundles of the combination offer the " + wanted.words() + ": "
                    + offering.get(0).words() + " and " + offering.get(1).words() + "; list one of them");
        } else if (!wanted.versions().includes(offering.get(0).version())) {
            faults.add("the " + wanted.words() + " is wanted in the versions " + wanted.versions()
                    + ", but the combination lists " + offering.get(0).words());
        }
    }

    private static String recommended(List<BundleJar> others) {
        return others.isEmpty()
                ? "; nor does one in the folders, so add the folder where one lies that does"
                : "; add " + others.get(0).words();
    }

    private void requirement(BundleJar bundle, Clause requirement) {
        String namespace = requirement.getName();
        boolean optional = "optional".equals(requirement.getDirective("resolution"));
        Optional<String> filter = Optional.ofNullable(requirement.getDirective("filter"));
        if (optional) {
            return;
        }
        if (namespace.equals("osgi.ee")) {
            if (filter.isPresent() && !runs(filter.get())) {
                faults.add(bundle.words() + " needs another Java than this, " + java + ": " + filter.get());
            }
        } else if (namespace.startsWith(OURS)
                && bundles.stream().noneMatch(other -> provides(other, namespace, filter))) {
            faults.add(bundle.words() + " needs " + words(namespace, filter)
                    + ", which no bundle of the combination offers"
                    + available(namespace)
                    + recommended(elsewhere.stream()
                            .filter(other -> provides(other, namespace, filter))
                            .toList()));
        }
    }

    /** What there is instead. */
    private String available(String namespace) {
        TreeSet<String> values = new TreeSet<>();
        for (BundleJar bundle : bundles) {
            bundle.capabilities().stream()
                    .filter(c -> c.getName().equals(namespace) && c.getAttribute(namespace) != null)
                    .forEach(c -> values.add(c.getAttribute(namespace)));
        }
        return values.isEmpty() ? "" : " (offered are " + String.join(", ", values) + ")";
    }

    private boolean runs(String filter) {
        // An execution environment is there for this version of Java and all before it.
        for (int version = 1; version <= java; version++) {
            if (matches(filter, Map.of("osgi.ee", "JavaSE", "version", new Version(version, 0, 0)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean provides(BundleJar bundle, String namespace, Optional<String> filter) {
        return bundle.capabilities().stream().anyMatch(capability -> {
            Map<String, Object> attributes = new TreeMap<>();
            for (Attribute attribute : capability.getAttributes()) {
                put(attributes, attribute);
            }
            return capability.getName().equals(namespace) && (filter.isEmpty() || matches(filter.get(), attributes));
        });
    }

    /** Attributes of a capability may have a type, {@code version:Version=1.0}. */
    private static void put(Map<String, Object> attributes, Attribute attribute) {
        String name = attribute.getName();
        int colon = name.indexOf(':');
        if (colon < 0) {
            attributes.put(name, attribute.getValue());
            return;
        }
        String type = name.substring(colon + 1).strip();
        Object value =
                switch (type) {
                    case "Version" -> Version.parseVersion(attribute.getValue());
                    case "Long" -> Long.valueOf(attribute.getValue());
                    case "Double" -> Double.valueOf(attribute.getValue());
                    default ->
                        type.startsWith("List") ? List.of(attribute.getValue().split(",")) : attribute.getValue();
                };
        attributes.put(name.substring(0, colon).strip(), value);
    }

    private static boolean matches(String filter, Map<String, Object> attributes) {
        Dictionary<String, Object> dictionary = new Hashtable<>(attributes);
        try {
            return FrameworkUtil.createFilter(filter).match(dictionary);
        } catch (InvalidSyntaxException malformed) {
            return false;
        }
    }

    private static String words(String namespace, Optional<String> filter) {
        String value = filter.map(f -> f.replaceAll("^\\(" + namespace.replace(".", "\\.") + "=([^()]+)\\)$", "$1"))
                .orElse("any");
        return switch (namespace) {
            case BundleJar.EFFECT -> "a growth model that honours the effect port " + value;
            case "oncotwin.growth" -> "the growth model " + value;
            case "oncotwin.treatment" -> "the treatment " + value;
            case "oncotwin.pharmacokinetics" ->
                value.equals("any") ? "a pharmacokinetic model" : "the pharmacokinetic model " + value;
            case "oncotwin.solver" -> "the solver " + value;
            case "oncotwin.export" -> "the exporter " + value;
            default -> namespace + " " + value;
        };
    }

    private void imported(BundleJar bundle, Clause imported) {
        if ("optional".equals(imported.getDirective("resolution"))
                || imported.getName().startsWith("java.")) {
            return;
        }
        Set<Version> there = packages.getOrDefault(imported.getName(), Set.of());
        VersionRange range = BundleJar.range(imported);
        if (there.isEmpty()) {
            faults.add(bundle.words() + " needs the package " + imported.getName() + " " + range
                    + ", which neither this runtime nor a bundle of the combination offers");
        } else if (there.stream().noneMatch(range::includes)) {
            faults.add(bundle.words() + " needs version " + range + " of " + imported.getName()
                    + ", and this runtime offers "
                    + there.stream().map(Version::toString).collect(Collectors.joining(" and ")) + "; "
                    + (there.stream().allMatch(version -> range.getLeft().compareTo(version) > 0)
                            ? "update OncoTwin"
                            : "ask for a version of the plugin that was built for it"));
        }
    }
}
