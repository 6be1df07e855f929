package org.oncotwin.tests.traceability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The list of software of unknown provenance.
 *
 * @param items what is delivered, by key
 * @param environment what it runs on
 * @param problems what is wrong
 */
record SoupList(List<Item> items, List<SoupEntry> environment, List<String> problems) {

    private static final String OWN = "org.oncotwin";

    /**
     * One file of it.
     *
     * @param users our software items that use it, themselves or through other libraries
     * @param through libraries by which they use it
     * @param file where in the distribution it lies; empty if it lies inside of the bundles that use it, or nowhere
     */
    record Item(
            SoupEntry entry, BillOfMaterials.Component component, Set<String> users, Set<String> through, String file) {

        String title() {
            return component.variant().isEmpty() ? entry.title() : entry.title() + " (" + component.variant() + ")";
        }
    }

    /**
     * Puts together what is known.
     *
     * @param files archives in the distribution that are not ours, by SHA-256
     */
    static SoupList of(BillOfMaterials bill, SoupRegister register, Map<String, String> files) {
        List<String> problems = new ArrayList<>();
        Map<String, SoupEntry> entries = new HashMap<>();
        for (SoupEntry entry : register.delivered()) {
            if (entries.put(entry.key(), entry) != null) {
                problems.add(entry.key() + ": it is there twice");
            }
            if (!register.licences().contains(entry.licence())) {
                problems.add(entry.key() + ": the licence " + entry.licence() + " is not allowed");
            }
        }
        Map<String, BillOfMaterials.Component> byName = bill.components().stream()
                .collect(Collectors.toMap(
                        component -> component.key().substring(component.key().indexOf(':') + 1),
                        component -> component,
                        (one, other) -> one));
        List<Item> items = new ArrayList<>();
        Set<String> unused = new TreeSet<>(entries.keySet());
        Set<String> listed = new HashSet<>();
        for (BillOfMaterials.Component component : bill.components()) {
            listed.add(component.sha256());
            if (component.group().equals(OWN)) {
                continue;
            }
            SoupEntry entry = entries.get(component.key());
            if (entry == null) {
                problems.add(component.key() + " " + component.version()
                        + ": it is in the bill of materials and not in soup.json");
                continue;
            }
            unused.remove(component.key());
            String expected = entry.stated().isEmpty() ? entry.licence() : entry.stated();
            if (!component.licence().equals(expected)) {
                problems.add(component.key() + ": the bill of materials states the licence " + component.licence()
                        + ", soup.json expects " + expected);
            }
            Set<String> users = new TreeSet<>(entry.users());
            Set<String> through = new TreeSet<>();
            collect(component, byName, users, through, new HashSet<>());
            entry.users().stream()
                    .filter(user -> !byName.containsKey(user))
                    .forEach(user -> problems.add(component.key() + ": there is no software item " + user));
            if (users.isEmpty()) {
                problems.add(component.key() + ": no software item uses it");
            }
            items.add(new Item(entry, component, users, through, files.getOrDefault(component.sha256(), "")));
        }
        unused.forEach(key -> problems.add(key + ": it is in soup.json and not in the bill of materials"));
        files.forEach((sha256, file) -> {
            if (!listed.contains(sha256)) {
                problems.add(file + ": it is delivered and not in the bill of materials");
            }
        });
        problems.sort(null);
        return new SoupList(List.copyOf(items), register.environment(), List.copyOf(problems));
    }

    private static void collect(
            BillOfMaterials.Component component,
            Map<String, BillOfMaterials.Component> byName,
            Set<String> users,
            Set<String> through,
            Set<String> seen) {
        for (String name : component.users()) {
            BillOfMaterials.Component user = byName.get(name);
            if (user.group().equals(OWN)) {
                users.add(name);
            } else if (seen.add(name)) {
                through.add(name);
                collect(user, byName, users, through, seen);
            }
        }
    }
}
