package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.simulation.ToxicitySummary;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.twin.Curve;

/** Curves, adverse events and fired rules in {@code result.json}. */
final class ToxicityJson {

    private ToxicityJson() {}

    static void write(List<Curve> curves, ArrayNode list) {
        for (Curve curve : curves) {
            ObjectNode one = list.addObject()
                    .put("name", curve.name())
                    .put("title", curve.title())
                    .put("unit", curve.unit());
            ArrayNode days = one.putArray("days");
            curve.days().forEach(days::add);
            ArrayNode values = one.putArray("values");
            curve.values().forEach(values::add);
        }
    }

    static List<Curve> curves(ResultJson.Tree list) {
        return list.list().stream()
                .map(c -> new Curve(
                        c.get("name").text(),
                        c.get("title").text(),
                        c.get("unit").text(),
                        c.get("days").list().stream()
                                .map(ResultJson.Tree::number)
                                .toList(),
                        c.get("values").list().stream()
                                .map(ResultJson.Tree::number)
                                .toList()))
                .toList();
    }

    static void write(ToxicitySummary summary, ObjectNode node) {
        Toxicity toxicity = summary.toxicity();
        node.put("label", summary.label()).put("title", summary.title());
        write(toxicity.curves(), node.putArray("curves"));
        ArrayNode events = node.putArray("events");
        for (AdverseEvent event : toxicity.events()) {
            events.addObject()
                    .put("term", event.term())
                    .put("grade", event.grade())
                    .put("haematological", event.haematological())
                    .put("from_day", event.fromDay())
                    .put("to_day", event.toDay())
                    .put("value", event.value())
                    .put("unit", event.unit())
                    .put("rule", event.rule())
                    .put("source", event.source());
        }
        ArrayNode remarks = node.putArray("remarks");
        toxicity.remarks().forEach(remarks::add);
    }

    static ToxicitySummary summary(ResultJson.Tree node) {
        List<AdverseEvent> events = node.get("events").list().stream()
                .map(e -> new AdverseEvent(
                        e.get("term").text(),
                        Math.toIntExact(e.get("grade").whole()),
                        e.get("haematological").flag(),
                        e.get("from_day").number(),
                        e.get("to_day").number(),
                        e.get("value").number(),
                        e.get("unit").text(),
                        e.get("rule").text(),
                        e.get("source").text()))
                .toList();
        return new ToxicitySummary(
                node.get("label").text(),
                node.get("title").text(),
                new Toxicity(
                        curves(node.get("curves")),
                        events,
                        node.get("remarks").list().stream()
                                .map(ResultJson.Tree::text)
                                .toList()));
    }

    static void write(FiredRule rule, ObjectNode node) {
        node.put("day", rule.time().days())
                .put("drug", rule.drug())
                .put("advice", rule.advice().word())
                .put("rule", rule.rule())
                .put("text", rule.text())
                .put("quantity", rule.quantity())
                .put("value", rule.value())
                .put("unit", rule.unit())
                .put("source", rule.source());
    }

    static FiredRule rule(ResultJson.Tree node) {
        String word = node.get("advice").text();
        DoseAdvice advice = Arrays.stream(DoseAdvice.values())
                .filter(a -> a.word().equals(word))
                .findFirst()
                .orElseThrow(() -> node.get("advice").wrong("what to do with a dose"));
        return new FiredRule(
                ResultJson.time(node.get("day")),
                node.get("drug").text(),
                advice,
                node.get("rule").text(),
                node.get("text").text(),
                node.get("quantity").text(),
                node.get("value").number(),
                node.get("unit").text(),
                node.get("source").text());
    }
}
