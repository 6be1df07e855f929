package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.TimeFunction;

/** A good model passes; each rogue is caught by the law that it breaks and by no other. */
@Tag("SR-704")
class PharmacokineticModelContractCatchesRoguesTest {

    @Test
    void goodModelPasses() {
        assertThat(BrokenLaws.failures(Good.class)).isEmpty();
    }

    @Test
    @DisplayName("law 1: concentrations in the default time zone")
    void defaultTimeZone() {
        assertThat(BrokenLaws.of(UsesDefaultTimeZone.class)).containsExactly(1);
    }

    @Test
    @DisplayName("law 2: an integral that is not that of the concentration")
    void wrongIntegral() {
        assertThat(BrokenLaws.failures(IntegratesWrongly.class))
                .containsExactly(
                        "Law 2, a step is a step: integrals of concentrations are the integrals of their values");
    }

    @Test
    @DisplayName("law 2: a jump where no dose starts or ends, and none where one does")
    void wrongJumps() {
        assertThat(BrokenLaws.failures(NamesNoJumps.class)).containsExactly(JUMPS);
        assertThat(BrokenLaws.failures(JumpsAtMidnight.class)).containsExactly(JUMPS);
    }

    private static final String JUMPS =
            "Law 2, a step is a step: concentrations jump or bend where doses start and end, and nowhere else";

    @Test
    @DisplayName("law 2: concentrations that depend on the length of the run")
    void dependsOnTheRun() {
        assertThat(BrokenLaws.failures(LooksAtTheEndOfTheRun.class))
                .containsExactly("Law 2, a step is a step: a longer run changes no earlier concentration");
    }

    @Test
    @DisplayName("law 3: patients counted in the model")
    void hiddenState() {
        assertThat(BrokenLaws.of(CountsPatients.class)).contains(3);
    }

    @Test
    @DisplayName("law 4: a trace without a dose")
    void traceWithoutDose() {
        assertThat(BrokenLaws.of(HasABackground.class)).containsExactly(4);
    }

    @Test
    @DisplayName("law 5: drug that vanishes")
    void losesMass() {
        assertThat(BrokenLaws.failures(LosesMass.class))
                .contains("Law 5, bounds hold: what was given is present or eliminated, at all times");
        assertThat(BrokenLaws.of(LosesMass.class)).containsExactly(5);
    }

    @Test
    @DisplayName("law 5: negative concentrations")
    void negative() {
        assertThat(BrokenLaws.of(Undershoots.class)).contains(5);
    }

    @Test
    @DisplayName("law 5: any site taken for plasma")
    void anySite() {
        assertThat(BrokenLaws.failures(TakesAnySite.class))
                .containsExactly("Law 5, bounds hold: a site that is not known is refused, and plasma always is");
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
    @DisplayName("law 7: a thread that nobody ends")
    void leaksAThread() {
        try {
            assertThat(BrokenLaws.of(LeaksAThread.class)).containsExactly(7);
        } finally {
            LeaksAThread.END.countDown();
        }
    }

    @Test
    @DisplayName("law 10: no references")
    void incompleteDescription() {
        assertThat(BrokenLaws.of(HasNoReferences.class)).containsExactly(10);
    }

    static class Good extends PharmacokineticModelContractTest {

        @Override
        protected PharmacokineticModel newModel() {
            return new ExamplePharmacokineticModel();
        }

        @Override
        protected Map<String, Double> drugParameters() {
            return Map.of("clearance", 20.0);
        }
    }

    /** A rogue whose dispositions differ from the good one's in some method. */
    abstract static class Rogue extends Good {

        abstract Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context);

        @Override
        protected PharmacokineticModel newModel() {
            return new ExamplePharmacokineticModel() {
                @Override
                Disposition disposition(OneCompartment compartment, RunContext context) {
                    return Rogue.this.disposition(compartment, context);
                }
            };
        }
    }

    /** All concentrations times a factor. */
    private static Disposition scaled(ExamplePharmacokineticModel.OneCompartment good, double factor) {
        return new ExamplePharmacokineticModel.OneCompartment(good) {
            @Override
            public double at(double day) {
                return factor * super.at(day);
            }

            @Override
            public double integral(double from, double to) {
                return factor * super.integral(from, to);
            }
        };
    }

    static class UsesDefaultTimeZone extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return scaled(good, 1 + 1e-12 * TimeZone.getDefault().getRawOffset());
        }
    }

    static class IntegratesWrongly extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return new ExamplePharmacokineticModel.OneCompartment(good) {
                @Override
                public double integral(double from, double to) {
                    return 1.001 * super.integral(from, to);
                }
            };
        }
    }

    static class NamesNoJumps extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return new ExamplePharmacokineticModel.OneCompartment(good) {
                @Override
                public double[] jumps(double from, double to) {
                    return new double[0];
                }
            };
        }
    }

    static class JumpsAtMidnight extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return new ExamplePharmacokineticModel.OneCompartment(good) {
                @Override
                public double[] jumps(double from, double to) {
                    double[] more = Arrays.copyOf(super.jumps(from, to), super.jumps(from, to).length + 1);
                    more[more.length - 1] = 20;
                    return Arrays.stream(more)
                            .filter(day -> day > from && day < to)
                            .sorted()
                            .toArray();
                }
            };
        }
    }

    static class LooksAtTheEndOfTheRun extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return scaled(good, 1 + 1e-3 * context.horizon().days());
        }
    }

    static class CountsPatients extends Good {

        @Override
        protected PharmacokineticModel newModel() {
            return new ExamplePharmacokineticModel() {
                private int patients;

                @Override
                Disposition disposition(OneCompartment compartment, RunContext context) {
                    patients++;
                    return scaled(compartment, patients);
                }
            };
        }
    }

    static class HasABackground extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return new ExamplePharmacokineticModel.OneCompartment(good) {
                @Override
                public double at(double day) {
                    return super.at(day) + 1e-12;
                }
            };
        }
    }

    static class LosesMass extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return new ExamplePharmacokineticModel.OneCompartment(good) {
                @Override
                public MassBalance massBalance(double day) {
                    MassBalance right = super.massBalance(day);
                    return new MassBalance(right.given(), right.present(), right.eliminated() * (1 - 1e-6));
                }
            };
        }
    }

    static class Undershoots extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return new ExamplePharmacokineticModel.OneCompartment(good) {
                @Override
                public double at(double day) {
                    return doses.isEmpty() || day < doses.get(0).endDay() ? super.at(day) : super.at(day) - 1e-9;
                }
            };
        }
    }

    static class TakesAnySite extends Rogue {

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            return new ExamplePharmacokineticModel.OneCompartment(good) {
                @Override
                public TimeFunction concentration(String site) {
                    return this;
                }
            };
        }
    }

    static class IgnoresBounds extends Good {

        @Override
        protected PharmacokineticModel newModel() {
            return new ExamplePharmacokineticModel() {
                @Override
                Parameters checked(Parameters parameters) {
                    return parameters;
                }
            };
        }
    }

    static class WritesUnitInProse extends Good {

        @Override
        protected PharmacokineticModel newModel() {
            return new ExamplePharmacokineticModel() {
                @Override
                List<ParameterDescription> drugParameters() {
                    return List.of(
                            ParameterDescription.required("clearance", "litres a day", 1, 1000, "Clearance", "made up"),
                            DRUG_PARAMETERS.get(1));
                }
            };
        }
    }

    static class IgnoresCancellation extends Rogue {

        @Override
        protected Duration patience() {
            return Duration.ofMillis(200);
        }

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            while (context.cancellation().isRequested()
                    && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return good;
        }
    }

    static class LeaksAThread extends Rogue {

        static final CountDownLatch END = new CountDownLatch(1);

        @Override
        protected Duration patience() {
            return Duration.ofMillis(500);
        }

        @Override
        Disposition disposition(ExamplePharmacokineticModel.OneCompartment good, RunContext context) {
            if (Thread.currentThread().getThreadGroup().getName().equals("work-under-test")) {
                new Thread(
                                () -> {
                                    try {
                                        END.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                },
                                "leaked")
                        .start();
            }
            return good;
        }
    }

    static class HasNoReferences extends Good {

        @Override
        protected PharmacokineticModel newModel() {
            return new ExamplePharmacokineticModel() {
                @Override
                List<String> references() {
                    return List.of();
                }
            };
        }
    }
}
