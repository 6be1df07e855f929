package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.plugin.PluginKind;

/**
 * What the library knows of a drug, for people and programs.
 *
 * @param drug the drug
 * @param plugins the plugins that are there, which read its sections
 */
record DrugCard(Drug drug, List<PluginCard> plugins) {

    /** The plugins that read a section: models of drugs in the body say so, treatments have sections under their ids. */
    private List<String> readers(String section) {
        return plugins.stream()
                .filter(plugin -> plugin.drugSection().equals(section)
                        || plugin.id().equals(section) && plugin.kind() == PluginKind.TREATMENT)
                .map(plugin -> PluginCard.words(plugin.kind()) + " " + plugin.id())
                .distinct()
                .sorted()
                .toList();
    }

    private String computed(String section) {
        List<String> readers = readers(section);
        return readers.isEmpty() ? "no plugin that is there reads it" : String.join(", ", readers);
    }

    private static List<String> sources(DrugSection section) {
        return section.parameters().values().stream()
                .map(DrugParameter::source)
                .distinct()
                .toList();
    }

    private String heading() {
        return drug.id() + " - " + drug.title()
                + (drug.synonyms().isEmpty() ? "" : " (also " + String.join(", ", drug.synonyms()) + ")");
    }

    private ObjectNode named() {
        ObjectNode node = JsonOutput.object().put("drug", drug.id()).put("title", drug.title());
        texts(node, "synonyms", drug.synonyms());
        return node;
    }

    private ObjectNode section(String name, DrugSection section) {
        ObjectNode node = JsonOutput.object();
        texts(node, "read_by", readers(name));
        return node.put("basis", section.basis());
    }

    /** For a list. */
    ObjectNode summary() {
        ObjectNode node = named();
        ObjectNode sections = node.putObject("sections");
        drug.sections().forEach((name, section) -> {
            ObjectNode one = sections.putObject(name).setAll(section(name, section));
            one.put("numbers", section.parameters().size());
            texts(one, "sources", sources(section));
        });
        return node.put("dose_rules", drug.doseRules().size());
    }

    /** For a list for people. */
    List<String> summaryLines(boolean withSources) {
        List<String> lines = new ArrayList<>();
        lines.add(heading());
        drug.sections().forEach((name, section) -> {
            int sources = sources(section).size();
            lines.add("  " + name + " (" + computed(name) + "): "
                    + count(section.parameters().size(), "number") + " from " + count(sources, "source") + "; "
                    + section.basis());
            if (withSources) {
                sources(section).forEach(source -> lines.add("    source: " + source));
            }
        });
        if (!drug.doseRules().isEmpty()) {
            lines.add("  " + count(drug.doseRules().size(), "rule") + " of its label");
        }
        return lines;
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    /** Everything. */
    ObjectNode details() {
        ObjectNode node = named();
        ObjectNode sections = node.putObject("sections");
        drug.sections().forEach((name, section) -> {
            ObjectNode one = sections.putObject(name).setAll(section(name, section));
            texts(one, "limitations", section.limitations());
            ObjectNode parameters = one.putObject("parameters");
            section.parameters().forEach((key, parameter) -> parameters.set(key, parameter(parameter)));
        });
        ArrayNode rules = node.putArray("dose_rules");
        drug.doseRules().forEach(rule -> rules.add(rule(rule)));
        return node;
    }

    private static ObjectNode parameter(DrugParameter parameter) {
        ObjectNode node = JsonOutput.object()
                .put("value", parameter.typical().value())
                .put("unit", parameter.typical().unit());
        ArrayNode covariates = node.putArray("covariates");
        for (CovariateEffect effect : parameter.effects()) {
            if (effect instanceof CovariateEffect.Power power) {
                covariates
                        .addObject()
                        .put("covariate", power.covariate().key())
                        .put("reference", power.reference())
                        .put("unit", power.covariate().unit())
                        .put("exponent", power.exponent());
            } else if (effect instanceof CovariateEffect.Category category) {
                ObjectNode factors =
                        covariates.addObject().put("marker", category.marker()).putObject("factors");
                category.factors().forEach(factors::put);
            }
        }
        return node.put("variability", parameter.variability()).put("source", parameter.source());
    }

    private static ObjectNode rule(DoseRule rule) {
        ObjectNode node = JsonOutput.object().put("rule", rule.id()).put("phase", rule.phase());
        ArrayNode when = node.putArray("when");
        for (DoseRule.Condition condition : rule.conditions()) {
            ObjectNode one = when.addObject().put("quantity", condition.quantity());
            if (Double.isFinite(condition.least())) {
                one.put("least", condition.least());
            }
            if (Double.isFinite(condition.below())) {
                one.put("below", condition.below());
            }
            one.put("unit", condition.unit());
        }
        return node.put("advice", rule.advice().word()).put("text", rule.text()).put("source", rule.source());
    }

    private static void texts(ObjectNode node, String key, List<String> texts) {
        ArrayNode list = node.putArray(key);
        texts.forEach(list::add);
    }

    /** Everything, for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(heading());
        drug.sections().forEach((name, section) -> {
            lines.add("Section " + name + " (" + computed(name) + "):");
            lines.add("  " + section.basis());
            section.parameters().forEach((key, parameter) -> lines(lines, key, parameter));
            section.limitations().forEach(limitation -> lines.add("  limitation: " + limitation));
        });
        if (!drug.doseRules().isEmpty()) {
            lines.add("Rules of its label:");
            drug.doseRules().forEach(rule -> {
                lines.add("  " + rule.id() + (rule.phase().isEmpty() ? "" : " (" + rule.phase() + ")") + ": "
                        + rule.advice().word() + " if "
                        + rule.conditions().stream().map(DrugCard::words).collect(Collectors.joining(", or ")));
                lines.add("    " + rule.text());
                lines.add("    source: " + rule.source());
            });
        }
        return lines;
    }

    private static void lines(List<String> lines, String key, DrugParameter parameter) {
        lines.add("  " + key + ": "
                + Text.plain(parameter.typical().value(), parameter.typical().unit())
                + parameter.effects().stream()
                        .map(effect -> " x " + words(effect))
                        .collect(Collectors.joining())
                + (parameter.variability() > 0
                        ? "; standard deviation of the logarithm between patients "
                                + Text.plain(parameter.variability())
                        : ""));
        lines.add("    source: " + parameter.source());
    }

    private static String words(CovariateEffect effect) {
        if (effect instanceof CovariateEffect.Power power) {
            return "(" + power.covariate().key() + " / "
                    + Text.plain(power.reference(), power.covariate().unit()) + ")^" + Text.plain(power.exponent());
        }
        CovariateEffect.Category category = (CovariateEffect.Category) effect;
        return "[" + category.marker() + ": "
                + category.factors().entrySet().stream()
                        .map((Map.Entry<String, Double> e) -> e.getKey() + " " + Text.plain(e.getValue()))
                        .collect(Collectors.joining(", "))
                + "]";
    }

    private static String words(DoseRule.Condition condition) {
        String from = Double.isFinite(condition.least())
                ? " at least " + Text.plain(condition.least(), condition.unit())
                : "";
        String to =
                Double.isFinite(condition.below()) ? " below " + Text.plain(condition.below(), condition.unit()) : "";
        return condition.quantity() + from + (from.isEmpty() || to.isEmpty() ? "" : " and") + to;
    }
}
