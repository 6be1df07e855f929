package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.DifferentiableCourse;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/** A good modality passes; each rogue is caught by the law that it breaks and by no other. */
@Tag("SR-704")
class TreatmentModalityContractCatchesRoguesTest {

    @Test
    void goodModalityPasses() {
        assertThat(BrokenLaws.failures(Good.class)).isEmpty();
    }

    @Test
    @DisplayName("law 1: times in the default time zone")
    void defaultTimeZone() {
        assertThat(BrokenLaws.of(UsesDefaultTimeZone.class)).containsExactly(1);
    }

    @Test
    @DisplayName("law 2: breakpoints out of order")
    void unsortedBreakpoints() {
        assertThat(BrokenLaws.of(ListsBreakpointsBackwards.class)).containsExactly(2);
    }

    @Test
    @DisplayName("law 2: an integral that is not that of the rate")
    void wrongIntegral() {
        assertThat(BrokenLaws.of(IntegratesWrongly.class)).containsExactly(2);
    }

    @Test
    @DisplayName("law 2: an effect wherever a run happens to stop")
    void actsAtOutputs() {
        assertThat(BrokenLaws.of(ActsAtEveryStop.class)).contains(2);
    }

    @Test
    @DisplayName("law 2: own state by one explicit step, however long")
    void crudeStep() {
        assertThat(BrokenLaws.of(StepsCrudely.class)).containsExactly(2);
    }

    @Test
    @DisplayName("law 3: injections counted in the course instead of the state")
    void hiddenState() {
        assertThat(BrokenLaws.of(CountsInjections.class)).containsExactly(3);
    }

    @Test
    @DisplayName("law 3: a port driven that the description does not name")
    void undeclaredPort() {
        assertThat(BrokenLaws.of(DrivesUndeclaredPort.class)).containsExactly(3);
    }

    @Test
    @DisplayName("law 3: a port driven that the course says it leaves idle, and one left idle that no course drives")
    void idlePortThatIsNot() {
        assertThat(BrokenLaws.of(DrivesIdlePort.class)).containsExactly(3);
        assertThat(BrokenLaws.of(LeavesForeignPortIdle.class)).containsExactly(3);
    }

    @Test
    @DisplayName("law 4: dose 0 that splits the run")
    void zeroDoseSplits() {
        assertThat(BrokenLaws.of(SplitsAtDoseZero.class)).containsExactly(4);
    }

    @Test
    @DisplayName("law 5: more survivors than there were cells")
    void moreThanAll() {
        assertThat(BrokenLaws.of(RaisesTheDead.class)).containsExactly(5);
    }

    @Test
    @DisplayName("law 5: inputs taken as they come")
    void uncheckedInputs() {
        assertThat(BrokenLaws.failures(IgnoresInputBounds.class))
                .containsExactly("Law 5, bounds hold: a missing input or one outside its bounds is refused by name");
    }

    @Test
    @DisplayName("law 6: a fact in a unit of its own")
    void factInProse() {
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
    @DisplayName("law 8: another layout of the state, and nobody who reads the old one")
    void changesItsSchemaAlone() {
        assertThat(BrokenLaws.failures(ChangesItsSchema.class))
                .contains(
                        "Law 8, versions meet: state of each earlier schema version migrates, or is given up and refused in words");
    }

    @Test
    @DisplayName("law 8: state of any version taken as today's")
    void swallowsAnyVersion() {
        assertThat(BrokenLaws.of(SwallowsAnyVersion.class)).containsExactly(8);
    }

    @Test
    @DisplayName("law 10: no references")
    void incompleteDescription() {
        assertThat(BrokenLaws.of(HasNoReferences.class)).containsExactly(10);
    }

    @Test
    @DisplayName("law 9: a derivative with respect to a parameter on which its own state depends")
    void differentiatesPastItsOwnState() {
        assertThat(BrokenLaws.of(DifferentiatesPastItsOwnState.class)).containsExactly(9);
    }

    static class Good extends TreatmentModalityContractTest {

        @Override
        protected TreatmentModality newModality() {
            return new ExampleModality();
        }

        @Override
        protected Map<String, Double> parameters() {
            return Map.of("elimination", 0.7);
        }

        @Override
        protected CourseRequest request() {
            return dose(100);
        }

        @Override
        protected List<CourseRequest> zeroDoses() {
            return List.of(dose(0));
        }

        @Override
        protected List<CourseRequest> risingDoses() {
            return List.of(dose(0), dose(10), dose(1000));
        }

        @Override
        protected Interval horizon() {
            return new Interval(SimulationTime.ofDays(1), SimulationTime.ofDays(30));
        }

        private static CourseRequest dose(double milligrams) {
            return new CourseRequest(
                    SimulationTime.ofDays(3), StudyCalendar.MONDAY, Inputs.of(Map.of("dose", milligrams), Map.of()));
        }
    }

    /** A rogue whose course differs from the good one in some method. */
    abstract static class Rogue extends Good {

        abstract ExampleModality.Injections course(
                SimulationTime start, double dose, double elimination, RunContext context);

        @Override
        protected TreatmentModality newModality() {
            return new ExampleModality() {
                @Override
                Injections course(CourseRequest request, double dose, double elimination, RunContext context) {
                    return Rogue.this.course(request.start(), dose, elimination, context);
                }
            };
        }
    }

    static class DrivesIdlePort extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public Set<EffectPort<?>> idlePorts() {
                    return Set.of(EffectPort.KILL_RATE);
                }
            };
        }
    }

    static class LeavesForeignPortIdle extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public Set<EffectPort<?>> idlePorts() {
                    return Set.of(EffectPort.PROLIFERATION_FACTOR);
                }
            };
        }
    }

    static class DifferentiatesPastItsOwnState extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new Differentiated(start, dose, elimination, context);
        }

        private static final class Differentiated extends ExampleModality.Injections implements DifferentiableCourse {

            Differentiated(SimulationTime start, double dose, double elimination, RunContext context) {
                super(start, dose, elimination, context);
            }

            @Override
            public Set<String> differentiableParameters() {
                return Set.of("elimination");
            }
        }
    }

    static class UsesDefaultTimeZone extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(
                    start.plusMilliseconds(TimeZone.getDefault().getRawOffset()), dose, elimination, context);
        }
    }

    static class ListsBreakpointsBackwards extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public List<SimulationTime> breakpoints(Interval interval) {
                    List<SimulationTime> backwards = new ArrayList<>(super.breakpoints(interval));
                    Collections.reverse(backwards);
                    return backwards;
                }
            };
        }
    }

    static class IntegratesWrongly extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                TimeFunction rate(double amount, double from) {
                    TimeFunction right = super.rate(amount, from);
                    return new TimeFunction() {
                        @Override
                        public double at(double day) {
                            return right.at(day);
                        }

                        @Override
                        public double integral(double a, double b) {
                            return right.integral(a, b) * 1.001;
                        }
                    };
                }
            };
        }
    }

    static class ActsAtEveryStop extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public List<StateComponent> act(State state) {
                    return own(amount(state) + dose);
                }
            };
        }
    }

    static class StepsCrudely extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval) {
                    return own(amount(state) * Math.max(0, 1 - elimination * interval.days()));
                }
            };
        }
    }

    static class CountsInjections extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                private int given;

                @Override
                public List<StateComponent> act(State state) {
                    given++;
                    return super.act(state);
                }

                @Override
                double surviving() {
                    return StrictMath.exp(-1e-3 * dose * (1 + given));
                }
            };
        }
    }

    static class DrivesUndeclaredPort extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public Effects effects(State state, Interval interval) {
                    Effects effects = super.effects(state, interval);
                    return effects.isEmpty()
                            ? effects
                            : effects.and(EffectPort.PROLIFERATION_FACTOR, TimeFunction.constant(0.9));
                }
            };
        }
    }

    static class SplitsAtDoseZero extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                List<SimulationTime> times() {
                    return dose == 0 ? List.of(start) : super.times();
                }
            };
        }
    }

    static class RaisesTheDead extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                double surviving() {
                    return 1.5 * super.surviving();
                }
            };
        }
    }

    static class IgnoresInputBounds extends Good {

        @Override
        protected TreatmentModality newModality() {
            return new ExampleModality() {
                @Override
                double dose(Inputs inputs) {
                    return inputs.number("dose");
                }
            };
        }
    }

    static class WritesUnitInProse extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public List<CourseFact> facts() {
                    return List.of(new CourseFact("injections", "Injections", 3, "injections"));
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
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval) {
                    while (context.cancellation().isRequested()
                            && !Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return super.advance(state, interval);
                }
            };
        }
    }

    static class LeaksAThread extends Rogue {

        static final CountDownLatch END = new CountDownLatch(1);

        @Override
        protected Duration patience() {
            return Duration.ofMillis(500);
        }

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval) {
                    if (Thread.currentThread().getThreadGroup().getName().equals("work-under-test")) {
                        Thread helper = new Thread(LeaksAThread::await, "leaked");
                        helper.setDaemon(true);
                        helper.start();
                    }
                    return super.advance(state, interval);
                }
            };
        }

        private static void await() {
            try {
                END.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static class ChangesItsSchema extends Good {

        @Override
        protected TreatmentModality newModality() {
            return new ExampleModality() {
                @Override
                public TreatmentModalityDescription description() {
                    TreatmentModalityDescription d = super.description();
                    return new TreatmentModalityDescription(
                            d.plugin(), d.inputs(), d.ownedQuantities(), d.drivenPorts(), 2, d.equation());
                }
            };
        }
    }

    static class SwallowsAnyVersion extends Rogue {

        @Override
        ExampleModality.Injections course(SimulationTime start, double dose, double elimination, RunContext context) {
            return new ExampleModality.Injections(start, dose, elimination, context) {
                @Override
                public List<StateComponent> migrate(List<StateComponent> saved) {
                    return saved.stream()
                            .map(c -> (StateComponent)
                                    new ScalarComponent(c.quantity(), c.owner(), 1, ((ScalarComponent) c).value()))
                            .toList();
                }
            };
        }
    }

    static class HasNoReferences extends Good {

        @Override
        protected TreatmentModality newModality() {
            return new ExampleModality() {
                @Override
                public TreatmentModalityDescription description() {
                    TreatmentModalityDescription d = super.description();
                    PluginDescription p = d.plugin();
                    return new TreatmentModalityDescription(
                            new PluginDescription(
                                    p.id(), p.title(), p.contextOfUse(), p.limitations(), p.parameters(), List.of()),
                            d.inputs(),
                            d.ownedQuantities(),
                            d.drivenPorts(),
                            d.schemaVersion(),
                            d.equation());
                }
            };
        }
    }
}
