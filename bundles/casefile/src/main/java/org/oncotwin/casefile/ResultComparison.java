package org.oncotwin.casefile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.UsedParameter;
import org.oncotwin.api.twin.SimulationTime;

/**
 * How two results differ, in words.
 *
 * @param differences what differs in the results themselves; empty if they are the same bit for bit
 * @param origins what differs in where they come from: plugins, parameters, engine, Java
 */
public record ResultComparison(List<String> differences, List<String> origins) {
    /** Makes the lists immutable. */
    public ResultComparison {
        differences = List.copyOf(differences);
        origins = List.copyOf(origins);
    }

    /** True if the results are the same bit for bit, wherever they come from. */
    public boolean isIdentical() {
        return differences.isEmpty();
    }

    static ResultComparison of(Result recorded, Result repeated) {
        List<String> differences = new ArrayList<>();
        times(recorded.trajectory().times(), repeated.trajectory().times(), differences);
        if (differences.isEmpty()) {
            series(recorded, repeated, differences);
        }
        courses(recorded.courses(), repeated.courses(), differences);
        if (!recorded.toxicities().equals(repeated.toxicities())) {
            differences.add("the toxicities differ");
        }
        if (!recorded.firedRules().equals(repeated.firedRules())) {
            differences.add("the rules that fired differ");
        }
        differ(
                "final state",
                recorded.provenance().stateHash(),
                repeated.provenance().stateHash(),
                differences);
        List<String> origins = new ArrayList<>();
        differ("case", recorded.caseName(), repeated.caseName(), origins);
        origins(recorded.provenance(), repeated.provenance(), origins);
        return new ResultComparison(differences, origins);
    }

    private static void differ(String what, Object recorded, Object repeated, List<String> out) {
        if (!Objects.equals(recorded, repeated)) {
            out.add(what + ": recorded " + recorded + ", now " + repeated);
        }
    }

    private static void times(List<SimulationTime> recorded, List<SimulationTime> repeated, List<String> out) {
        differ("number of output times", recorded.size(), repeated.size(), out);
        for (int i = 0; i < recorded.size() && out.isEmpty(); i++) {
            differ("output time " + (i + 1), recorded.get(i), repeated.get(i), out);
        }
    }

    private static void series(Result recorded, Result repeated, List<String> out) {
        Map<String, Series> before =
                byName(recorded.trajectory().series(), s -> s.quantity().name());
        Map<String, Series> now =
                byName(repeated.trajectory().series(), s -> s.quantity().name());
        for (String name : union(before, now)) {
            if (!before.containsKey(name) || !now.containsKey(name)) {
                out.add(name + ": " + (now.containsKey(name) ? "new, not recorded" : "recorded, now missing"));
                continue;
            }
            Series a = before.get(name);
            Series b = now.get(name);
            differ(name + ": unit", a.quantity().unit(), b.quantity().unit(), out);
            values(name, recorded.trajectory().times(), a.values(), b.values(), out);
        }
    }

    private static void values(
            String name, List<SimulationTime> times, List<Double> recorded, List<Double> repeated, List<String> out) {
        int count = 0;
        int first = -1;
        double largest = 0;
        for (int i = 0; i < recorded.size(); i++) {
            double a = recorded.get(i);
            double b = repeated.get(i);
            if (Double.doubleToLongBits(a) != Double.doubleToLongBits(b)) {
                count++;
                first = first < 0 ? i : first;
                double scale = Math.max(Math.abs(a), Math.abs(b));
                largest = Math.max(largest, scale == 0 ? 0 : Math.abs(a - b) / scale);
            }
        }
        if (count > 0) {
            out.add(name + ": " + count + " of " + recorded.size() + " values differ, first on " + times.get(first)
                    + " (recorded " + recorded.get(first) + ", now " + repeated.get(first)
                    + "), relative difference at most " + largest);
        }
    }

    private static void courses(List<CourseSummary> recorded, List<CourseSummary> repeated, List<String> out) {
        Map<String, CourseSummary> before = byName(recorded, CourseSummary::label);
        Map<String, CourseSummary> now = byName(repeated, CourseSummary::label);
        for (String label : union(before, now)) {
            if (!before.containsKey(label) || !now.containsKey(label)) {
                out.add("course " + label + ": "
                        + (now.containsKey(label) ? "new, not recorded" : "recorded, now missing"));
                continue;
            }
            if (!before.get(label).events().equals(now.get(label).events())) {
                out.add("course " + label + ": its timeline differs");
            }
            if (!before.get(label).facts().equals(now.get(label).facts())) {
                out.add("course " + label + ": its numbers differ");
            }
            if (!before.get(label).curves().equals(now.get(label).curves())) {
                out.add("course " + label + ": its curves differ");
            }
        }
    }

    private static void origins(Provenance recorded, Provenance repeated, List<String> out) {
        differ("request", recorded.requestHash(), repeated.requestHash(), out);
        differ("seed", recorded.seed(), repeated.seed(), out);
        plugins(recorded.plugins(), repeated.plugins(), out);
        parameters(recorded.parameters(), repeated.parameters(), out);
        for (String name : union(recorded.inputHashes(), repeated.inputHashes())) {
            differ(
                    "input " + name,
                    recorded.inputHashes().get(name),
                    repeated.inputHashes().get(name),
                    out);
        }
        differ("engine version", recorded.engineVersion(), repeated.engineVersion(), out);
        if (recorded.engineVersion().equals(repeated.engineVersion())) {
            differ("content of the engine's bundle", recorded.engineSha256(), repeated.engineSha256(), out);
        }
        differ("Java version", recorded.javaVersion(), repeated.javaVersion(), out);
    }

    private static void plugins(List<PluginIdentity> recorded, List<PluginIdentity> repeated, List<String> out) {
        Map<String, PluginIdentity> before = byName(recorded, p -> p.kind() + " " + p.id());
        Map<String, PluginIdentity> now = byName(repeated, p -> p.kind() + " " + p.id());
        for (String key : union(before, now)) {
            PluginIdentity a = before.get(key);
            PluginIdentity b = now.get(key);
            if (a == null || b == null) {
                out.add("plugin " + (a == null ? b + ": new, not recorded" : a + ": recorded, now not used"));
                continue;
            }
            differ("plugin " + a.id() + ": version", a.version(), b.version(), out);
            differ("plugin " + a.id() + ": bundle", a.bundle(), b.bundle(), out);
            if (a.version().equals(b.version())) {
                differ("plugin " + a + ": content of its bundle", a.sha256(), b.sha256(), out);
            }
        }
    }

    private static void parameters(List<UsedParameter> recorded, List<UsedParameter> repeated, List<String> out) {
        Map<String, UsedParameter> before = byName(recorded, p -> p.participant() + "." + p.name());
        Map<String, UsedParameter> now = byName(repeated, p -> p.participant() + "." + p.name());
        for (String name : union(before, now)) {
            UsedParameter a = before.get(name);
            UsedParameter b = now.get(name);
            if (a == null || b == null) {
                out.add("parameter " + name + ": " + (a == null ? "new, not recorded" : "recorded, now missing"));
                continue;
            }
            differ("parameter " + name, a.value() + " " + a.unit(), b.value() + " " + b.unit(), out);
            differ("parameter " + name + ": origin", a.origin(), b.origin(), out);
        }
    }

    private static <T> Map<String, T> byName(List<T> list, Function<T, String> name) {
        Map<String, T> map = new LinkedHashMap<>();
        list.forEach(item -> map.put(name.apply(item), item));
        return map;
    }

    private static TreeSet<String> union(Map<String, ?> a, Map<String, ?> b) {
        TreeSet<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
