package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/** A good model passes; each rogue is caught by the law that it breaks and by no other. */
@Tag("SR-704")
class GrowthModelContractCatchesRoguesTest {

    @Test
    void goodModelPasses() {
        assertThat(BrokenLaws.failures(Good.class)).isEmpty();
    }

    @Test
    @DisplayName("law 1: state shared between runs")
    void sharedState() {
        assertThat(BrokenLaws.of(SharesState.class)).contains(1);
    }

    @Test
    @DisplayName("law 1: numbers that pass through the default locale")
    void defaultLocale() {
        assertThat(BrokenLaws.of(UsesDefaultLocale.class)).containsExactly(1);
    }

    @Test
    @DisplayName("law 2: one explicit step, however long")
    void crudeStep() {
        assertThat(BrokenLaws.of(StepsCrudely.class)).containsExactly(2);
    }

    @Test
    @DisplayName("law 2: a rate taken at the ends of a step, whatever jumps between them")
    void stepsOverJumps() {
        assertThat(BrokenLaws.failures(StepsOverJumps.class))
                .containsExactly(
                        "Law 2, a step is a step: rates and factors that jump inside an interval act as if it ended there");
    }

    @Test
    @DisplayName("law 3: state hidden in the process")
    void hiddenState() {
        assertThat(BrokenLaws.of(HidesState.class)).containsExactly(3);
    }

    @Test
    @DisplayName("law 3: an array reused under states already given out")
    void mutatedState() {
        assertThat(BrokenLaws.of(MutatesState.class)).containsExactly(3);
    }

    @Test
    @DisplayName("law 3: a component of somebody else returned")
    void foreignComponent() {
        assertThat(BrokenLaws.of(ReturnsForeignComponents.class)).containsExactly(3);
    }

    @Test
    @DisplayName("law 4: a surviving fraction of 1 that changes bits")
    void oneThatIsNotOne() {
        assertThat(BrokenLaws.of(RoundsSurvivors.class)).containsExactly(4);
    }

    @Test
    @DisplayName("law 5: density beyond every bound at the extremes")
    void unbounded() {
        assertThat(BrokenLaws.of(IsUnbounded.class)).containsExactly(5);
    }

    @Test
    @DisplayName("law 5: parameters taken as they come")
    void uncheckedParameters() {
        assertThat(BrokenLaws.failures(IgnoresParameterBounds.class))
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
    @DisplayName("law 8: state of any version taken as today's")
    void swallowsAnyVersion() {
        assertThat(BrokenLaws.of(SwallowsAnyVersion.class)).containsExactly(8);
    }

    @Test
    @DisplayName("law 10: no limitations")
    void incompleteDescription() {
        assertThat(BrokenLaws.of(HasNoLimitations.class)).containsExactly(10);
    }

    @Test
    @DisplayName("law 10: a port honoured in words only")
    void portHonouredInWords() {
        assertThat(BrokenLaws.of(IgnoresKillRate.class)).containsExactly(10);
    }

    @Test
    @DisplayName("law 1: random numbers of its own")
    void drawsItsOwnNumbers() {
        assertThat(BrokenLaws.of(DrawsItsOwnNumbers.class)).contains(1);
    }

    @Test
    @DisplayName("law 5: a density below zero")
    void negativeDensity() {
        assertThat(BrokenLaws.of(GoesBelowZero.class)).contains(5);
    }

    @Test
    @DisplayName("law 5: not a number where there is no tumour")
    void notANumber() {
        assertThat(BrokenLaws.of(DividesByNothing.class)).contains(5);
    }

    @Test
    @DisplayName("law 6: a volume in cubic millimetres under the name of the one in cubic centimetres")
    void standardQuantityInAnotherUnit() {
        assertThat(BrokenLaws.failures(ObservesCubicMillimetres.class))
                .contains("Law 6, units are declared: a standard quantity keeps its unit and stays within its range");
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
                .containsExactly(
                        "Law 8, versions meet: state of each earlier schema version migrates, or is given up and refused in words");
    }

    @Test
    @DisplayName("law 8: old state taken as it is")
    void keepsTheOldLayout() {
        assertThat(BrokenLaws.failures(KeepsTheOldLayout.class))
                .contains(
                        "Law 8, versions meet: state of each earlier schema version migrates, or is given up and refused in words");
    }

    @Test
    @DisplayName("another layout of the state passes if the old one is read, or refused in words")
    void schemaChangeWithMigrationPasses() {
        assertThat(BrokenLaws.failures(ReadsItsOldSchema.class)).isEmpty();
        assertThat(BrokenLaws.failures(GivesItsOldSchemaUp.class)).isEmpty();
    }

    @Test
    void goodDifferentiableModelPasses() {
        assertThat(BrokenLaws.failures(GoodDifferentiable.class)).isEmpty();
    }

    @Test
    @DisplayName("law 9: a derivative that forgets a parameter")
    void forgetsParameter() {
        assertThat(BrokenLaws.of(ForgetsParameter.class)).containsExactly(9);
    }

    @Test
    @DisplayName("law 9: a derivative that is off by a hundred thousandth")
    void slightlyWrongDerivative() {
        assertThat(BrokenLaws.of(SlightlyWrongDerivative.class)).containsExactly(9);
    }

    static class GoodDifferentiable extends Good {

        @Override
        protected GrowthModel newModel() {
            return new DifferentiableExampleModel();
        }
    }

    static class ForgetsParameter extends Good {

        @Override
        protected GrowthModel newModel() {
            return new DifferentiableExampleModel() {
                @Override
                double byRate() {
                    return 0;
                }
            };
        }
    }

    static class SlightlyWrongDerivative extends Good {

        @Override
        protected GrowthModel newModel() {
            return new DifferentiableExampleModel() {
                @Override
                double byStateBeforeEffects() {
                    return 1 + 1e-5;
                }
            };
        }
    }

    static class Good extends GrowthModelContractTest {

        static final Grid GRID = new Grid(3, 2, 2, Affine.scaling(1, 1, 2));

        @Override
        protected GrowthModel newModel() {
            return new ExampleModel();
        }

        @Override
        protected Map<String, Double> parameters() {
            return Map.of("proliferation", 0.05);
        }

        @Override
        protected Setting setting() {
            return Setting.of(new Anatomy(Mask.all(GRID), java.util.Optional.empty()));
        }

        @Override
        protected List<Observation> observations() {
            double[] u = new double[GRID.size()];
            for (int index = 0; index < u.length; index++) {
                u[index] = index / 30.0;
            }
            return List.of(new Observation.Image(
                    Quantity.TUMOUR_CELLULARITY, SimulationTime.ZERO, Field.of(GRID, u), NoiseModel.EXACT));
        }

        @Override
        protected Map<EffectPort<?>, Effects> typicalEffects() {
            TimeFunction ramp = new Ramp();
            return Map.of(
                    EffectPort.SURVIVING_FRACTION,
                    Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.7)),
                    EffectPort.KILL_RATE,
                    Effects.of(EffectPort.KILL_RATE, KillRate.uniform(ramp)),
                    EffectPort.PROLIFERATION_FACTOR,
                    Effects.of(EffectPort.PROLIFERATION_FACTOR, ramp));
        }
    }

    /** 0.01 per day times the day. */
    private record Ramp() implements TimeFunction {

        @Override
        public double at(double day) {
            return 0.01 * day;
        }

        @Override
        public double integral(double from, double to) {
            return 0.005 * (to - from) * (to + from);
        }
    }

    /** A rogue whose process differs from the good one in some method. */
    abstract static class Rogue extends Good {

        abstract ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context);

        @Override
        protected GrowthModel newModel() {
            return new ExampleModel() {
                @Override
                public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
                    Parameters checked = Parameters.resolve(List.of(RATE), parameters.values());
                    return process(anatomy(setting), checked.value("proliferation"), context);
                }
            };
        }
    }

    static class SharesState extends Rogue {

        private static final AtomicLong CALLS = new AtomicLong();

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double step(double u, double rise) {
                    return super.step(u, rise) * (1 - 1e-12 * CALLS.incrementAndGet());
                }
            };
        }
    }

    static class DrawsItsOwnNumbers extends Rogue {

        private static final Random NUMBERS = new Random(7);

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double step(double u, double rise) {
                    return super.step(u, rise + 1e-9 * NUMBERS.nextDouble());
                }
            };
        }
    }

    static class GoesBelowZero extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double step(double u, double rise) {
                    return super.step(u, rise) - 1e-9;
                }
            };
        }
    }

    static class DividesByNothing extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double step(double u, double rise) {
                    return u * (super.step(u, rise) / u);
                }
            };
        }
    }

    static class ObservesCubicMillimetres extends Rogue {

        private static final Quantity VOLUME = new Quantity(
                Quantity.TUMOUR_VOLUME.name(),
                "mm3",
                Quantity.TUMOUR_VOLUME.kind(),
                0,
                Double.POSITIVE_INFINITY,
                Quantity.TUMOUR_VOLUME.description());

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                public Map<Quantity, Double> observe(State state) {
                    Map<Quantity, Double> observed = new LinkedHashMap<>(super.observe(state));
                    observed.put(VOLUME, 1000 * observed.remove(Quantity.TUMOUR_VOLUME));
                    return observed;
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
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                    if (Thread.currentThread().getThreadGroup().getName().equals("work-under-test")) {
                        Thread helper = new Thread(LeaksAThread::await, "leaked");
                        helper.setDaemon(true);
                        helper.start();
                    }
                    return super.advance(state, interval, effects);
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

    /** Keeps twice the density since version 2: every bit of the density is still there. */
    abstract static class SecondSchema extends Good {

        static final int TODAY = 2;
        static final Quantity TWICE =
                new Quantity("example.twice-cellularity", "1", QuantityKind.FIELD, 0, 2, "Twice the tumour's density");

        abstract List<StateComponent> migrate(List<StateComponent> saved, String owner);

        /** What version 1 saved. */
        static List<StateComponent> saved(int version) {
            return List.of(new FieldComponent(Quantity.TUMOUR_CELLULARITY, OWNER, version, Field.constant(GRID, 0.25)));
        }

        static InvalidInputException refusal() {
            return new InvalidInputException("", "state of this schema version cannot be read");
        }

        static List<StateComponent> twice(double[] u, String owner) {
            double[] doubled = u.clone();
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] *= 2;
            }
            return List.of(new FieldComponent(TWICE, owner, TODAY, Field.owning(GRID, doubled)));
        }

        @Override
        protected GrowthModel newModel() {
            return new ExampleModel() {
                @Override
                public GrowthModelDescription description() {
                    GrowthModelDescription d = super.description();
                    return new GrowthModelDescription(
                            d.plugin(),
                            d.initialQuantities(),
                            List.of(TWICE),
                            Set.copyOf(d.honouredPorts()),
                            d.spatial(),
                            TODAY,
                            d.equation());
                }

                @Override
                public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
                    Parameters checked = Parameters.resolve(List.of(RATE), parameters.values());
                    return new Process(anatomy(setting), checked.value("proliferation"), context) {
                        @Override
                        double[] values(State state) {
                            double[] u = state.field(context.owner(), TWICE).toArray();
                            for (int i = 0; i < u.length; i++) {
                                u[i] /= 2;
                            }
                            return u;
                        }

                        @Override
                        List<StateComponent> own(double[] u) {
                            return twice(u, context.owner());
                        }

                        @Override
                        public Map<Quantity, Double> observe(State state) {
                            double burden = 0;
                            for (double u : values(state)) {
                                burden += u * GRID.voxelVolume();
                            }
                            return Map.of(Quantity.TUMOUR_VOLUME, burden, Quantity.TUMOUR_BURDEN, burden);
                        }

                        @Override
                        public List<StateComponent> migrate(List<StateComponent> saved) {
                            return SecondSchema.this.migrate(saved, context.owner());
                        }
                    };
                }
            };
        }
    }

    static class ChangesItsSchema extends SecondSchema {

        @Override
        List<StateComponent> migrate(List<StateComponent> saved, String owner) {
            throw refusal();
        }
    }

    static class KeepsTheOldLayout extends SecondSchema {

        @Override
        protected Map<Integer, List<StateComponent>> earlierStates() {
            return Map.of(1, saved(1));
        }

        @Override
        List<StateComponent> migrate(List<StateComponent> saved, String owner) {
            if (saved.get(0).schemaVersion() > TODAY) {
                throw refusal();
            }
            return saved;
        }
    }

    static class ReadsItsOldSchema extends SecondSchema {

        @Override
        protected Map<Integer, List<StateComponent>> earlierStates() {
            return Map.of(1, saved(1));
        }

        @Override
        List<StateComponent> migrate(List<StateComponent> saved, String owner) {
            FieldComponent field = (FieldComponent) saved.get(0);
            return switch (field.schemaVersion()) {
                case 1 -> twice(field.field().toArray(), owner);
                case TODAY -> saved;
                default -> throw refusal();
            };
        }
    }

    static class GivesItsOldSchemaUp extends SecondSchema {

        @Override
        protected Map<Integer, List<StateComponent>> earlierStates() {
            return Map.of(1, List.of());
        }

        @Override
        List<StateComponent> migrate(List<StateComponent> saved, String owner) {
            if (saved.get(0).schemaVersion() != TODAY) {
                throw refusal();
            }
            return saved;
        }
    }

    static class UsesDefaultLocale extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double step(double u, double rise) {
                    return Double.parseDouble(String.format(Locale.getDefault(), "%.25e", super.step(u, rise)));
                }
            };
        }
    }

    static class StepsCrudely extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double step(double u, double rise) {
                    return Math.max(0, Math.min(1, u + rise * u * (1 - u)));
                }
            };
        }
    }

    /** Exact for rates that change in proportion to time, which are those of the other tests. */
    static class StepsOverJumps extends Rogue {

        /** A straight line through two values. */
        private record Chord(double from, double first, double slope) implements TimeFunction {

            @Override
            public double at(double day) {
                return first + slope * (day - from);
            }

            @Override
            public double integral(double start, double end) {
                return (end - start) * at((start + end) / 2);
            }
        }

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                    TimeFunction kill = effects.get(EffectPort.KILL_RATE).uniformRate();
                    double from = interval.start().days();
                    double first = kill.at(from);
                    double slope = (kill.at(interval.end().days()) - first) / interval.days();
                    return super.advance(
                            state,
                            interval,
                            kill.isConstant(0)
                                    ? effects
                                    : effects.and(
                                            EffectPort.KILL_RATE, KillRate.uniform(new Chord(from, first, slope))));
                }
            };
        }
    }

    static class HidesState extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                private long calls;

                @Override
                public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                    calls++;
                    return super.advance(state, interval, effects);
                }

                @Override
                double step(double u, double rise) {
                    return super.step(u, rise + 1e-12 * (calls - 1));
                }
            };
        }
    }

    static class MutatesState extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                private final double[] buffer = new double[anatomy.grid().size()];

                @Override
                List<StateComponent> own(double[] u) {
                    System.arraycopy(u, 0, buffer, 0, u.length);
                    return super.own(buffer);
                }
            };
        }
    }

    static class ReturnsForeignComponents extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                    super.advance(state, interval, effects);
                    return state.with(super.advance(state, interval, effects)).components().values().stream()
                            .toList();
                }
            };
        }
    }

    static class RoundsSurvivors extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double survive(double u, double fraction) {
                    return (float) (u * fraction);
                }
            };
        }
    }

    static class IsUnbounded extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                double step(double u, double rise) {
                    // Right on paper, but infinity over infinity where growth is fast.
                    double e = StrictMath.exp(rise);
                    return u * e / (1 - u + u * e);
                }
            };
        }
    }

    static class IgnoresParameterBounds extends Good {

        @Override
        protected GrowthModel newModel() {
            return new ExampleModel() {
                @Override
                public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
                    return new Process(anatomy(setting), parameters.value("proliferation"), context);
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
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                    while (context.cancellation().isRequested()
                            && !Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return super.advance(state, interval, effects);
                }
            };
        }
    }

    static class SwallowsAnyVersion extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                public List<StateComponent> migrate(List<StateComponent> saved) {
                    return saved;
                }
            };
        }
    }

    static class IgnoresKillRate extends Rogue {

        @Override
        ExampleModel.Process process(Anatomy anatomy, double rate, RunContext context) {
            return new ExampleModel.Process(anatomy, rate, context) {
                @Override
                public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                    return super.advance(state, interval, effects.and(EffectPort.KILL_RATE, KillRate.NONE));
                }
            };
        }
    }

    static class HasNoLimitations extends Good {

        @Override
        protected GrowthModel newModel() {
            return new ExampleModel() {
                @Override
                public GrowthModelDescription description() {
                    return changed(super.description(), List.of(), List.of(RATE));
                }
            };
        }
    }

    static class WritesUnitInProse extends Good {

        @Override
        protected GrowthModel newModel() {
            return new ExampleModel() {
                @Override
                public GrowthModelDescription description() {
                    ParameterDescription prose = ParameterDescription.required(
                            RATE.name(), "per day", RATE.minimum(), RATE.maximum(), RATE.description(), RATE.source());
                    return changed(super.description(), List.of("Nothing moves."), List.of(prose));
                }
            };
        }
    }

    private static GrowthModelDescription changed(
            GrowthModelDescription d, List<String> limitations, List<ParameterDescription> parameters) {
        PluginDescription p = d.plugin();
        return new GrowthModelDescription(
                new PluginDescription(p.id(), p.title(), p.contextOfUse(), limitations, parameters, p.references()),
                d.initialQuantities(),
                d.ownedQuantities(),
                Set.copyOf(d.honouredPorts()),
                d.spatial(),
                d.schemaVersion(),
                d.equation());
    }
}
