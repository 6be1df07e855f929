package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.units.MeasuredValue;

/** Reads a drug file: a drug's numbers for each model, each with its unit and source, and the rules of its label. */
final class DrugFile {

    static final Pattern ID = Pattern.compile("[a-z0-9]++(?:-[a-z0-9]++)*+");

    private static final int MOST = 1_000;

    private final Measures measures;

    DrugFile(Measures measures) {
        this.measures = measures;
    }

    /** The drug; absent if there is a problem with the file. */
    Optional<Drug> read(CaseObject file, Problems problems) {
        int before = problems.count();
        Optional<String> id = id(file, "drug");
        Optional<String> title = file.requiredText("title", "the name of the drug for people");
        List<String> synonyms = file.texts("synonyms", MOST, "a list of other names");
        SortedMap<String, DrugSection> sections = new TreeMap<>();
        file.requiredObject("sections", "an object with the drug's numbers for each model")
                .ifPresent(all -> all.entries().keySet().forEach(name -> all.object(
                                name, "an object with basis and parameters")
                        .ifPresent(section -> sections.put(name, section(section)))));
        List<DoseRule> rules = new ArrayList<>();
        file.objects("dose_rules", MOST, "a list of rules")
                .forEach(rule -> rule(rule).ifPresent(rules::add));
        file.refuseOthers();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Drug(id.orElseThrow(), title.orElseThrow(), synonyms, sections, rules));
    }

    /** A name made of lower-case words. */
    static Optional<String> id(CaseObject object, String key) {
        String wanted = "lower-case words joined by hyphens";
        Optional<String> id = object.requiredText(key, wanted);
        if (id.isPresent() && !ID.matcher(id.get()).matches()) {
            object.problem(key, "'" + Words.shown(id.get()) + "' is not allowed; needed are " + wanted);
            return Optional.empty();
        }
        return id;
    }

    private DrugSection section(CaseObject section) {
        String basis =
                section.requiredText("basis", "what was measured in whom").orElse("");
        List<String> limitations = section.texts("limitations", MOST, "a list of sentences");
        SortedMap<String, DrugParameter> parameters = new TreeMap<>();
        section.requiredObject("parameters", "an object with a number for each parameter")
                .ifPresent(all -> all.entries().keySet().forEach(name -> all.object(
                                name, "an object with value and source")
                        .flatMap(this::parameter)
                        .ifPresent(parameter -> parameters.put(name, parameter))));
        section.refuseOthers();
        return new DrugSection(basis, parameters, limitations);
    }

    private Optional<DrugParameter> parameter(CaseObject object) {
        Optional<MeasuredValue> value = object.required("value", "text with a number and a unit")
                .flatMap(node -> measures.measured(object.path("value"), node));
        Optional<String> source = object.requiredText("source", "the paper and table from which the value is taken");
        OptionalDouble variability = object.number(
                "variability", 0, 5, "a number, 0 to 5: the standard deviation of the logarithm between patients");
        List<CovariateEffect> effects = new ArrayList<>();
        object.objects("covariates", MOST, "a list of effects of covariates")
                .forEach(effect -> effect(effect).ifPresent(effects::add));
        object.refuseOthers();
        return value.isEmpty() || source.isEmpty()
                ? Optional.empty()
                : Optional.of(new DrugParameter(value.get(), effects, variability.orElse(0), source.get()));
    }

    private Optional<CovariateEffect> effect(CaseObject object) {
        if (object.has("marker")) {
            Optional<String> marker = object.requiredText("marker", "the key of a marker, such as sex");
            SortedMap<String, Double> factors = new TreeMap<>();
            object.requiredObject("factors", "an object with a factor for each finding")
                    .ifPresent(all -> all.entries().keySet().forEach(finding -> all.number(
                                    finding, 1e-6, 1e6, "a number, 0.000001 to 1000000")
                            .ifPresent(factor -> factors.put(finding, factor))));
            object.refuseOthers();
            return marker.map(key -> new CovariateEffect.Category(key, factors));
        }
        List<String> known =
                Arrays.stream(Covariate.values()).map(Covariate::key).toList();
        Optional<String> key = object.requiredText("covariate", "a covariate of the patient");
        Optional<Covariate> covariate = key.flatMap(word -> Arrays.stream(Covariate.values())
                .filter(c -> c.key().equals(word))
                .findFirst());
        key.filter(word -> covariate.isEmpty())
                .ifPresent(word -> object.problem(
                        "covariate", "'" + Words.shown(word) + "' is not allowed; " + Words.known(word, known)));
        OptionalDouble exponent = object.has("exponent")
                ? object.number("exponent", -20, 20, "a number, -20 to 20")
                : missing(object, "exponent");
        OptionalDouble reference = covariate
                .flatMap(c -> object.required("reference", "text with a number and a unit that converts to " + c.unit())
                        .map(node -> measures.read(object, "reference", node, c.unit())))
                .orElse(OptionalDouble.empty());
        object.refuseOthers();
        if (reference.isPresent() && !(reference.getAsDouble() > 0)) {
            object.problem("reference", reference.getAsDouble() + " is not allowed; needed is a number above 0");
            return Optional.empty();
        }
        return covariate.isEmpty() || exponent.isEmpty() || reference.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new CovariateEffect.Power(covariate.get(), reference.getAsDouble(), exponent.getAsDouble()));
    }

    private static OptionalDouble missing(CaseObject object, String key) {
        object.problem(key, "missing; needed is a number");
        return OptionalDouble.empty();
    }

    private Optional<DoseRule> rule(CaseObject object) {
        Optional<String> id = id(object, "rule");
        // Empty is every part.
        boolean everyPart =
                object.value("phase").filter(node -> node.asText("?").isEmpty()).isPresent();
        String phase = everyPart
                ? ""
                : object.text("phase", "the part of the treatment that it concerns")
                        .orElse("");
        List<DoseRule.Condition> conditions = new ArrayList<>();
        List<CaseObject> when = object.objects("when", MOST, "a list of conditions, of which one suffices");
        if (when.isEmpty()) {
            object.problem("when", "missing; needed is at least one condition");
        }
        when.forEach(condition -> condition(condition).ifPresent(conditions::add));
        List<String> words =
                Arrays.stream(DoseAdvice.values()).map(DoseAdvice::word).toList();
        Optional<String> word = object.requiredText("advice", "one of " + String.join(", ", words));
        Optional<DoseAdvice> advice = word.flatMap(w -> Arrays.stream(DoseAdvice.values())
                .filter(a -> a.word().equals(w))
                .findFirst());
        word.filter(w -> advice.isEmpty())
                .ifPresent(w ->
                        object.problem("advice", "'" + Words.shown(w) + "' is not allowed; " + Words.known(w, words)));
        Optional<String> text = object.requiredText("text", "the rule in words");
        Optional<String> source = object.requiredText("source", "the label or paper, and its section");
        object.refuseOthers();
        return id.isEmpty() || advice.isEmpty() || text.isEmpty() || source.isEmpty() || conditions.isEmpty()
                ? Optional.empty()
                : Optional.of(new DoseRule(id.get(), phase, conditions, advice.get(), text.get(), source.get()));
    }

    private Optional<DoseRule.Condition> condition(CaseObject object) {
        Optional<String> quantity = object.requiredText("quantity", "the name of a curve, or grade. and a term");
        Optional<MeasuredValue> least = bound(object, "least");
        Optional<MeasuredValue> below = bound(object, "below");
        object.refuseOthers();
        if (quantity.isEmpty() || least.isEmpty() && below.isEmpty()) {
            object.problem("", "needed is a quantity with a value for least, for below, or for both");
            return Optional.empty();
        }
        String unit = least.or(() -> below).orElseThrow().unit();
        if (least.isPresent() && below.isPresent() && !below.get().unit().equals(unit)) {
            object.problem("below", "must be in the unit of least, " + unit);
            return Optional.empty();
        }
        double from = least.map(MeasuredValue::value).orElse(Double.NEGATIVE_INFINITY);
        double to = below.map(MeasuredValue::value).orElse(Double.POSITIVE_INFINITY);
        if (!(from < to)) {
            object.problem("below", "must be above least");
            return Optional.empty();
        }
        return Optional.of(new DoseRule.Condition(quantity.get(), from, to, unit));
    }

    private Optional<MeasuredValue> bound(CaseObject object, String key) {
        Optional<JsonNode> given = object.value(key);
        return given.flatMap(node -> measures.measured(object.path(key), node));
    }
}
