package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Setting;

/** A good model passes; each rogue is caught by the law that it breaks. */
@Tag("SR-704")
class ToxicityModelContractCatchesRoguesTest {

    @Test
    void goodModelPasses() {
        assertThat(BrokenLaws.failures(Good.class)).isEmpty();
    }

    @Test
    @DisplayName("law 1: the default time zone in the result")
    void defaultTimeZone() {
        assertThat(BrokenLaws.of(UsesDefaultTimeZone.class)).containsExactly(1);
    }

    @Test
    @DisplayName("law 3: patients counted in the model")
    void hiddenState() {
        assertThat(BrokenLaws.of(CountsPatients.class)).contains(3);
    }

    @Test
    @DisplayName("law 3: silence about a drug without numbers")
    void silence() {
        assertThat(BrokenLaws.failures(IsSilent.class))
                .containsExactly(
                        "Law 3, nothing hides: a drug without numbers is remarked on, and changes nothing else");
    }

    @Test
    @DisplayName("law 4: harm of the years")
    void harmWithoutDrug() {
        assertThat(BrokenLaws.of(Ages.class)).contains(4);
    }

    @Test
    @DisplayName("law 4: a dose of 0 that hurts")
    void harmAtDoseZero() {
        assertThat(BrokenLaws.failures(CountsDoses.class)).contains("Law 4, zero is zero: doses of 0 mg are no drug");
    }

    @Test
    @DisplayName("law 5: less harm at a higher dose")
    void lessHarm() {
        assertThat(BrokenLaws.failures(GetsUsedToIt.class))
                .contains("Law 5, bounds hold: more dose never does less harm, and enough does some");
    }

    @Test
    @DisplayName("law 5: events of which the curves know nothing")
    void eventsWithoutCurve() {
        assertThat(BrokenLaws.failures(InventsEvents.class))
                .contains(
                        "Law 5, bounds hold: the value of an event is one that a curve has in its time, and no two grades of a term meet");
    }

    @Test
    @DisplayName("law 5: parameters taken as they come")
    void uncheckedParameters() {
        assertThat(BrokenLaws.failures(IgnoresBounds.class))
                .containsExactly(
                        "Law 5, bounds hold: a missing parameter or one outside its bounds is refused by name");
    }

    @Test
    @DisplayName("law 6: a unit in prose")
    void unitInProse() {
        assertThat(BrokenLaws.of(WritesUnitInProse.class)).containsExactly(6);
    }

    @Test
    @DisplayName("law 7: work that ignores cancellation")
    void ignoresCancellation() {
        assertThat(BrokenLaws.of(IgnoresCancellation.class)).containsExactly(7);
    }

    @Test
    @DisplayName("law 10: a term that is not in the description")
    void undeclaredTerm() {
        assertThat(BrokenLaws.of(InventsTerms.class)).containsExactly(10);
    }

    // ---- A good model: hair is lost with each milligram, and is missed when half of it is gone ----

    static class Example implements ToxicityModel {

        static final String HAIR = "{hairs}";

        @Override
        public ToxicityModelDescription description() {
            return new ToxicityModelDescription(
                    new PluginDescription(
                            "hair",
                            "Hair",
                            "Tests.",
                            List.of("Made up."),
                            List.of(ParameterDescription.optional(
                                    "hairs", "1", 1e5, 1, 1e6, "Hairs before treatment", "made up")),
                            List.of("none")),
                    "hair",
                    List.of(ParameterDescription.required(
                            "loss", "/mg", 0, 1, "Share lost with a milligram", "made up")),
                    List.of("Alopecia"),
                    "H = H0 exp(-loss dose)",
                    Set.of());
        }

        @Override
        public Toxicity assess(
                Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
            context.cancellation().check();
            double hairs =
                    checked(parameters, description().plugin().parameters()).value("hairs");
            List<String> remarks = new ArrayList<>();
            List<Double> days = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            List<AdverseEvent> events = new ArrayList<>();
            double left = hairs;
            days.add(context.horizon().start().days());
            values.add(left);
            double end = context.horizon().end().days();
            for (ToxicExposure exposure : exposures) {
                if (exposure.parameters().isEmpty()) {
                    remark(exposure, remarks);
                    continue;
                }
                double loss = checked(exposure.parameters().get(), description().drugParameters())
                        .value("loss");
                for (Administration dose : exposure.exposure().administrations()) {
                    if (amount(dose) > 0) {
                        double day = dose.start().days();
                        days.add(day);
                        values.add(left);
                        left *= StrictMath.exp(-loss * amount(dose));
                        days.add(day);
                        values.add(left);
                        if (left < hairs / 2 && events.isEmpty()) {
                            events.add(event(day, end, left));
                        }
                    }
                }
            }
            days.add(end);
            values.add(left);
            return new Toxicity(List.of(new Curve("hair", "Hair", unit(), days, values)), events, remarks);
        }

        Parameters checked(Parameters given, List<ParameterDescription> descriptions) {
            return Parameters.resolve(descriptions, given.values());
        }

        void remark(ToxicExposure exposure, List<String> remarks) {
            remarks.add("No numbers for " + exposure.exposure().drug().id());
        }

        double amount(Administration dose) {
            return dose.amount();
        }

        String unit() {
            return HAIR;
        }

        AdverseEvent event(double from, double to, double value) {
            return new AdverseEvent("Alopecia", 2, false, from, to, value, unit(), "hair below half", "made up");
        }
    }

    abstract static class Kit extends ToxicityModelContractTest {
        @Override
        protected Map<String, Double> drugParameters() {
            return Map.of("loss", 0.005);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(2);
        }
    }

    static class Good extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example();
        }
    }

    static class UsesDefaultTimeZone extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                void remark(ToxicExposure exposure, List<String> remarks) {
                    super.remark(exposure, remarks);
                }

                @Override
                double amount(Administration dose) {
                    return dose.amount() * (TimeZone.getDefault().getID().equals("Pacific/Kiritimati") ? 1.5 : 1);
                }
            };
        }
    }

    static class CountsPatients extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                private int patients;

                @Override
                public Toxicity assess(
                        Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
                    patients++;
                    return super.assess(setting, exposures, parameters, context);
                }

                @Override
                double amount(Administration dose) {
                    return dose.amount() * patients;
                }
            };
        }
    }

    static class IsSilent extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                void remark(ToxicExposure exposure, List<String> remarks) {
                    // Says nothing.
                }
            };
        }
    }

    static class Ages extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                public Toxicity assess(
                        Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
                    Toxicity harm = super.assess(setting, exposures, parameters, context);
                    Curve hair = harm.curves().get(0);
                    List<Double> values = new ArrayList<>();
                    for (int point = 0; point < hair.days().size(); point++) {
                        values.add(hair.values().get(point) * (1 - hair.days().get(point) / 1000));
                    }
                    Curve older = new Curve(hair.name(), hair.title(), hair.unit(), hair.days(), values);
                    return new Toxicity(List.of(older), harm.events(), harm.remarks());
                }
            };
        }
    }

    static class CountsDoses extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                double amount(Administration dose) {
                    return dose.amount() + 1;
                }
            };
        }
    }

    static class GetsUsedToIt extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                double amount(Administration dose) {
                    return dose.amount() > 1000 ? 1 : dose.amount();
                }
            };
        }
    }

    static class InventsEvents extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                AdverseEvent event(double from, double to, double value) {
                    return super.event(from, to, -7);
                }
            };
        }
    }

    static class IgnoresBounds extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                Parameters checked(Parameters given, List<ParameterDescription> descriptions) {
                    Map<String, Double> all = new TreeMap<>(Map.of("loss", 0.1, "hairs", 1e5));
                    given.values()
                            .forEach((name, value) ->
                                    all.put(name, Double.isFinite(value) ? Math.min(Math.max(value, 0), 1e6) : 0.1));
                    return new Parameters(new TreeMap<>(all));
                }
            };
        }
    }

    static class WritesUnitInProse extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                String unit() {
                    return "hairs on the head";
                }
            };
        }
    }

    static class IgnoresCancellation extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                public Toxicity assess(
                        Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
                    while (context.cancellation().isRequested()
                            && !Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return super.assess(setting, exposures, parameters, context);
                }
            };
        }
    }

    static class InventsTerms extends Kit {
        @Override
        protected ToxicityModel newModel() {
            return new Example() {
                @Override
                AdverseEvent event(double from, double to, double value) {
                    return new AdverseEvent("Vanity", 2, false, from, to, value, unit(), "rule", "source");
                }
            };
        }
    }
}
