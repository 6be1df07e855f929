package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/**
 * The laws that every growth model obeys. Extend it beside the model, say what a typical patient is, and leave the tests as they are. Law 9 (derivatives agree) is
 * asked of models whose process is differentiable; what laws 7, 8 and 10 say of bundles and provenance is tested in a running container.
 */
public abstract class GrowthModelContractTest {

    /** Owner label that the tests give to the model. */
    protected static final String OWNER = "model-under-test";

    /** For implementations. */
    protected GrowthModelContractTest() {}

    /** A new instance of the model at each call. */
    protected abstract GrowthModel newModel();

    /** Typical parameters in the declared units; those left out take their defaults. Well inside their bounds. */
    protected abstract Map<String, Double> parameters();

    /** What the model is started from, at the start of {@link #interval()}. */
    protected abstract List<Observation> observations();

    /** For each honoured port an effect that a treatment might have; continuous ones should vary in time. */
    protected abstract Map<EffectPort<?>, Effects> typicalEffects();

    /** Anatomy, covariates and markers; none unless overridden. */
    protected Setting setting() {
        return Setting.empty();
    }

    /** Solvers that run as told; none unless overridden. */
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.none();
    }

    /** A typical time between two treatments; 30 days from day 0 unless overridden. */
    protected Interval interval() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(30));
    }

    /** How long the model is run at the extremes of its parameters, in days; ten years unless overridden. */
    protected double longHorizon() {
        return 3650;
    }

    /** Relative difference allowed between one step and its parts. Loosen it only with a written reason. */
    protected double tolerance() {
        return 1e-6;
    }

    /** Relative tolerance that the run asks of solvers; below {@link #tolerance()}. */
    protected double relativeTolerance() {
        return TestContext.RELATIVE_TOLERANCE;
    }

    /**
     * What earlier schema versions saved, by their number: for each version before today's either a state, which must migrate, or no components, which says that the version is given
     * up, so that its state must be refused in words. Record one with each version that is released.
     */
    protected Map<Integer, List<StateComponent>> earlierStates() {
        return Map.of();
    }

    /** How long a cancelled run may take to end: the second of law 7 and room for a loaded machine. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    // ---- Law 1 ----

    @Test
    @DisplayName("Law 1, same in, same out: a repeated run has the same bits")
    void repeatedRunIsTheSame() {
        assertThat(run(this::bind)).isEqualTo(run(this::bind));
    }

    @Test
    @DisplayName("Law 1, same in, same out: locale and time zone change nothing")
    void localeAndTimeZoneChangeNothing() {
        List<State> here = run(this::bind);
        assertThat(Surroundings.elsewhere(() -> run(this::bind)))
                .allSatisfy(there -> assertThat(there).isEqualTo(here));
    }

    @Test
    @DisplayName("Law 1, same in, same out: the number of threads changes nothing")
    void threadsChangeNothing() {
        List<State> one = run(this::bind);
        for (int threads : new int[] {2, 3, 4}) {
            RunContext context = context(new Execution(threads, Cancellation.NEVER));
            assertThat(run(() -> newModel().bind(setting(), resolved(), context)))
                    .as("%d threads", threads)
                    .isEqualTo(one);
        }
    }

    @Test
    @DisplayName("Law 1, same in, same out: one model serves several runs at once")
    void runsAtOnceDoNotMeet() {
        GrowthModel shared = newModel();
        List<State> alone = run(this::bind);
        assertThat(Surroundings.together(() -> run(() -> shared.bind(setting(), resolved(), sequential()))))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
    }

    // ---- Law 2 ----

    @Test
    @DisplayName("Law 2, a step is a step: an interval equals its parts, whatever acts over it")
    void stepEqualsItsParts() {
        Map<String, Effects> cases = new LinkedHashMap<>();
        cases.put("no effects", Effects.none());
        continuousPorts()
                .forEach(port -> cases.put(port.name(), typicalEffects().get(port)));
        cases.put("all effects", continuous());
        GrowthProcess process = fresh();
        State start = start(process);
        cases.forEach((name, effects) -> {
            State whole = advance(process, start, interval(), effects);
            for (List<Interval> parts : splits()) {
                State state = start;
                for (Interval part : parts) {
                    state = advance(process, state, part, effects);
                }
                StateAssertions.assertClose(
                        state,
                        whole,
                        tolerance(),
                        name + " in " + parts.size() + " parts, first to "
                                + parts.get(0).end());
            }
        });
    }

    // ---- Law 3 ----

    @Test
    @DisplayName("Law 3, nothing hides: a process rebuilt before every call gives the same bits")
    void processCanBeRebuilt() {
        GrowthProcess kept = bind();
        assertThat(run(() -> kept)).isEqualTo(run(this::bind));
    }

    @Test
    @DisplayName("Law 3, nothing hides: what a process did before does not matter")
    void historyDoesNotMatter() {
        GrowthProcess used = bind();
        run(() -> used);
        State start = start(used);
        advance(used, start, interval(), continuous());
        assertThat(advance(used, start, interval(), Effects.none()))
                .isEqualTo(advance(bind(), start, interval(), Effects.none()));
        assertThat(respond(used, start, instant())).isEqualTo(respond(bind(), start, instant()));
        assertThat(used.observe(start)).isEqualTo(bind().observe(start));
    }

    @Test
    @DisplayName("Law 3, nothing hides: states and observations that went in are not changed")
    void inputsAreNotChanged() {
        List<Observation> observations = observations();
        List<Observation> observedBefore =
                observations.stream().map(GrowthModelContractTest::copy).toList();
        GrowthProcess process = bind();
        State start =
                State.at(interval().start()).with(process.initial(interval().start(), observations));
        assertThat(observations).isEqualTo(observedBefore);
        State startBefore = StateCopy.of(start);
        State later = advance(process, start, interval(), continuous());
        assertThat(start).isEqualTo(startBefore);
        State laterBefore = StateCopy.of(later);
        State after = respond(process, later, instant());
        assertThat(later).isEqualTo(laterBefore);
        State afterBefore = StateCopy.of(after);
        process.observe(after);
        advance(process, after, next(interval()), Effects.none());
        assertThat(after).isEqualTo(afterBefore);
        assertThat(later).isEqualTo(laterBefore);
        assertThat(start).isEqualTo(startBefore);
    }

    @Test
    @DisplayName("Law 3, nothing hides: the state is exactly what the description owns")
    void stateIsWhatIsOwned() {
        GrowthModelDescription d = newModel().description();
        GrowthProcess process = bind();
        List<StateComponent> initial = process.initial(interval().start(), observations());
        StateAssertions.assertOwned(initial, d.ownedQuantities(), OWNER, d.schemaVersion(), "initial");
        // A component of somebody else must survive every call.
        StateComponent foreign = new ScalarComponent(Quantity.TUMOUR_VOLUME, "somebody-else", 7, 1.25);
        State state = State.at(interval().start()).with(initial).with(List.of(foreign));
        List<StateComponent> advanced = process.advance(state, interval(), continuous());
        StateAssertions.assertOwned(advanced, d.ownedQuantities(), OWNER, d.schemaVersion(), "advance");
        List<StateComponent> responded = process.respond(state.at(interval().end(), advanced), instant());
        StateAssertions.assertOwned(responded, d.ownedQuantities(), OWNER, d.schemaVersion(), "respond");
    }

    // ---- Law 4 ----

    @Test
    @DisplayName("Law 4, zero is zero: neutral effects over an interval change no bit")
    void neutralContinuousEffectsChangeNothing() {
        GrowthProcess process = fresh();
        State start = start(process);
        State untouched = advance(process, start, interval(), Effects.none());
        Effects all = Effects.none();
        for (EffectPort<?> port : continuousPorts()) {
            assertThat(advance(process, start, interval(), neutral(port)))
                    .as("neutral %s", port)
                    .isEqualTo(untouched);
            all = Effects.combine(List.of(all, neutral(port)));
        }
        assertThat(advance(process, start, interval(), all)).isEqualTo(untouched);
        if (honours(EffectPort.KILL_RATE)) {
            KillRate zero = KillRate.uniform(TimeFunction.constant(0));
            assertThat(advance(process, start, interval(), Effects.of(EffectPort.KILL_RATE, zero)))
                    .as("a kill rate of 0")
                    .isEqualTo(untouched);
        }
    }

    @Test
    @DisplayName("Law 4, zero is zero: a surviving or remaining fraction of 1 changes no bit")
    void neutralInstantEffectsChangeNothing() {
        GrowthProcess process = fresh();
        State state = advance(process, start(process), interval(), Effects.none());
        assertThat(respond(process, state, Effects.none())).as("no effects").isEqualTo(state);
        for (EffectPort<?> port : instantPorts()) {
            assertThat(respond(process, state, neutral(port)))
                    .as("neutral %s", port)
                    .isEqualTo(state);
        }
        setting().anatomy().ifPresent(anatomy -> {
            SpatialValue ones = SpatialValue.varying(Field.constant(anatomy.grid(), 1));
            for (EffectPort<SpatialValue> port :
                    List.of(EffectPort.SURVIVING_FRACTION, EffectPort.REMAINING_FRACTION)) {
                if (honours(port)) {
                    assertThat(respond(process, state, Effects.of(port, ones)))
                            .as("%s of 1 in every voxel", port)
                            .isEqualTo(state);
                }
            }
        });
    }

    @Test
    @DisplayName("Law 4, zero is zero: a factor of 1 that does not say so acts as none within the tolerance")
    void undeclaredOneActsAsNone() {
        GrowthProcess process = fresh();
        State start = start(process);
        State untouched = advance(process, start, interval(), Effects.none());
        for (EffectPort<TimeFunction> port :
                List.of(EffectPort.PROLIFERATION_FACTOR, EffectPort.CARRYING_CAPACITY_FACTOR)) {
            if (honours(port)) {
                StateAssertions.assertClose(
                        advance(process, start, interval(), Effects.of(port, new SilentlyConstant(1))),
                        untouched,
                        tolerance(),
                        port.name());
            }
        }
        if (honours(EffectPort.KILL_RATE)) {
            KillRate zero = KillRate.uniform(new SilentlyConstant(0));
            StateAssertions.assertClose(
                    advance(process, start, interval(), Effects.of(EffectPort.KILL_RATE, zero)),
                    untouched,
                    tolerance(),
                    EffectPort.KILL_RATE.name());
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: rates and factors that jump inside an interval act as if it ended there")
    void jumpsActWhereTheyAre() {
        GrowthProcess process = fresh();
        State start = start(process);
        double from = interval().start().days();
        double to = interval().end().days();
        SimulationTime middle = SimulationTime.ofDays(from + 0.37 * (to - from));
        Effects jumping = Effects.none();
        for (EffectPort<TimeFunction> port :
                List.of(EffectPort.PROLIFERATION_FACTOR, EffectPort.CARRYING_CAPACITY_FACTOR)) {
            if (honours(port)) {
                jumping = jumping.and(port, new Jump(middle.days(), 1, 0.8));
            }
        }
        if (honours(EffectPort.KILL_RATE)) {
            jumping =
                    jumping.and(EffectPort.KILL_RATE, KillRate.uniform(new Jump(middle.days(), 0, 0.5 / (to - from))));
        }
        State before = advance(process, start, new Interval(interval().start(), middle), jumping);
        State parts = advance(process, before, new Interval(middle, interval().end()), jumping);
        StateAssertions.assertClose(
                advance(process, start, interval(), jumping), parts, tolerance(), "across a jump at " + middle);
    }

    // ---- Law 5 ----

    @Test
    @DisplayName(
            "Law 5, bounds hold: owned quantities stay in range over a long time at the extremes of the parameters")
    void quantitiesStayInRange() {
        Map<String, Parameters> cases = new TreeMap<>(extremes());
        cases.put("typical parameters", resolved());
        cases.forEach((name, parameters) -> {
            Optional<GrowthProcess> bound = bindUnlessRefused(parameters);
            if (bound.isEmpty()) {
                return;
            }
            for (Effects continuous : List.of(Effects.none(), continuous())) {
                GrowthProcess process = bound.get();
                State state = start(process);
                StateAssertions.assertInRange(state.ownedBy(OWNER), name + ", initial");
                for (Interval part : split(longHorizon(), 10)) {
                    state = advance(process, state, part, continuous);
                    StateAssertions.assertInRange(state.ownedBy(OWNER), name + ", " + state.time());
                    assertObservable(process, state, name);
                    if (!continuous.isEmpty()) {
                        state = respond(process, state, instant());
                        StateAssertions.assertInRange(state.ownedBy(OWNER), name + ", respond at " + state.time());
                    }
                }
            }
        });
    }

    @Test
    @DisplayName("Law 5, bounds hold: a missing parameter or one outside its bounds is refused by name")
    void parametersAreChecked() {
        DescriptionAssertions.assertParametersChecked(
                newModel().description().plugin().parameters(), resolved(), p -> newModel()
                        .bind(setting(), p, sequential()));
    }

    @Test
    @DisplayName("Law 5, bounds hold: a start without observations, or with impossible ones, is refused")
    void impossibleStartIsRefused() {
        GrowthProcess process = bind();
        DescriptionAssertions.assertRefused(
                () -> process.initial(interval().start(), List.of()), "", "no observations");
        for (Observation seen : observations()) {
            if (seen instanceof Observation.Scalar s && isInitial(s.quantity())) {
                for (double value :
                        new double[] {Double.NaN, Math.nextDown(s.quantity().minimum())}) {
                    List<Observation> bad = List.of(new Observation.Scalar(s.quantity(), s.time(), value, s.noise()));
                    DescriptionAssertions.assertRefused(
                            () -> process.initial(interval().start(), bad),
                            s.quantity().name(),
                            s.quantity().name() + " of " + value);
                }
            }
            if (seen instanceof Observation.Image i && isInitial(i.quantity())) {
                Grid grid = i.value().grid();
                Grid other = new Grid(grid.nx() + 1, grid.ny(), grid.nz(), grid.affine());
                List<Field> fields = List.of(
                        Field.constant(grid, Double.NaN),
                        Field.constant(grid, -1 + Math.min(0, i.quantity().minimum())),
                        Field.constant(other, 0.5));
                for (Field field : fields) {
                    List<Observation> bad = List.of(new Observation.Image(i.quantity(), i.time(), field, i.noise()));
                    DescriptionAssertions.assertRefused(
                            () -> process.initial(interval().start(), bad),
                            i.quantity().name(),
                            i.quantity().name() + " of " + field.value(0) + " on "
                                    + field.grid().describe());
                }
            }
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: a model that needs anatomy refuses a setting without it")
    void missingAnatomyIsRefused() {
        if (newModel().description().spatial()) {
            DescriptionAssertions.assertRefused(
                    () -> newModel().bind(Setting.empty(), resolved(), sequential()), "", "a setting without anatomy");
        } else {
            assertThat(newModel()
                            .bind(Setting.empty(), resolved(), sequential())
                            .initial(interval().start(), observations()))
                    .as("a model without space starts without anatomy")
                    .isNotEmpty();
        }
    }

    // ---- Law 6 ----

    @Test
    @DisplayName("Law 6, units are declared: parameters and quantities have UCUM codes")
    void unitsAreDeclared() {
        GrowthModelDescription d = newModel().description();
        List<Quantity> quantities = new ArrayList<>(d.initialQuantities());
        quantities.addAll(d.ownedQuantities());
        quantities.addAll(bind().observe(start(bind())).keySet());
        DescriptionAssertions.assertUnits(d.plugin().parameters(), quantities);
    }

    @Test
    @DisplayName("Law 6, units are declared: a standard quantity keeps its unit and stays within its range")
    void standardQuantitiesAreKept() {
        GrowthModelDescription d = newModel().description();
        List<Quantity> quantities = new ArrayList<>(d.initialQuantities());
        quantities.addAll(d.ownedQuantities());
        quantities.addAll(bind().observe(start(bind())).keySet());
        DescriptionAssertions.assertStandardQuantitiesKept(quantities);
    }

    // ---- Law 7 ----

    @Test
    @DisplayName("Law 7, everything ends: a cancelled run ends at once, and ends as cancelled")
    void cancellationIsHonoured() {
        State start = start(bind());
        Interval interval =
                new Interval(interval().start(), interval().start().plusMilliseconds(milliseconds(longHorizon())));
        Cancellation cancelled = () -> true;
        Execution execution = new Execution(1, cancelled);
        RunContext context = TestContext.of(OWNER, solvers(execution), cancelled, relativeTolerance());
        Throwable outcome = assertTimeoutPreemptively(
                patience(),
                () -> catchThrowable(() -> {
                    GrowthProcess process = newModel().bind(setting(), resolved(), context);
                    process.advance(start, interval, continuous());
                }));
        // Work that is too short to be worth a look at the cancellation may end well.
        if (outcome != null) {
            assertThat(outcome).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @DisplayName("Law 7, everything ends: no thread is left when a run has ended")
    void noThreadIsLeft() throws InterruptedException {
        assertThat(StartedThreads.leftBy(() -> run(this::bind), patience()))
                .as("threads left")
                .isEmpty();
    }

    // ---- Law 8 ----

    @Test
    @DisplayName(
            "Law 8, versions meet: state of each earlier schema version migrates, or is given up and refused in words")
    void earlierStatesMigrate() {
        GrowthModelDescription d = newModel().description();
        GrowthProcess process = bind();
        MigrationAssertions.assertEarlierStatesMigrate(
                earlierStates(),
                d.schemaVersion(),
                d.ownedQuantities(),
                OWNER,
                start(process).ownedBy(OWNER),
                process::migrate,
                migrated -> {
                    State state = State.at(interval().start()).with(migrated);
                    assertObservable(process, advance(process, state, interval(), Effects.none()), "migrated state");
                });
    }

    @Test
    @DisplayName("Law 8, versions meet: today's state migrates unchanged or is refused in words")
    void ownStateMigratesUnchanged() {
        GrowthProcess process = bind();
        List<StateComponent> saved = start(process).ownedBy(OWNER);
        List<StateComponent> before = StateCopy.of(saved);
        try {
            assertThat(process.migrate(saved)).containsExactlyInAnyOrderElementsOf(before);
        } catch (InvalidInputException refusal) {
            assertThat(refusal.problem()).isNotBlank();
        }
        assertThat(saved).isEqualTo(before);
    }

    @Test
    @DisplayName("Law 8, versions meet: state of a version from the future is refused in words")
    void unknownStateIsRefused() {
        GrowthProcess process = bind();
        List<StateComponent> future = start(process).ownedBy(OWNER).stream()
                .map(component -> MigrationAssertions.atVersion(component, 1_000_000))
                .toList();
        DescriptionAssertions.assertRefused(() -> process.migrate(future), "", "schema version 1000000");
    }

    // ---- Law 9 ----

    @Test
    @DisplayName("Law 9, derivatives agree: pull-backs of a differentiable process equal differences of what it does")
    void derivativesAgree() {
        // A process that offers no derivatives is differenced by whoever wants them; there is nothing to compare.
        if (bind() instanceof DifferentiableGrowthProcess offered
                && offered.obstacle().isEmpty()) {
            GrowthDerivatives derivatives = new GrowthDerivatives(
                    (parameters, steps) -> newModel()
                            .bind(
                                    setting(),
                                    parameters,
                                    TestContext.of(
                                            OWNER,
                                            new RepeatingSolvers(solvers(Execution.sequential()), steps),
                                            Cancellation.NEVER,
                                            relativeTolerance())),
                    newModel().description().plugin().parameters(),
                    resolved(),
                    observations());
            derivatives.assertInitialAgrees(interval().start());
            State start = start(bind());
            RepeatingSolvers noting = new RepeatingSolvers(solvers(Execution.sequential()), List.of());
            RunContext context = TestContext.of(OWNER, noting, Cancellation.NEVER, relativeTolerance());
            State later = advance(newModel().bind(setting(), resolved(), context), start, interval(), continuous());
            derivatives.assertAdvanceAgrees(start, interval(), continuous(), noting.taken());
            derivatives.assertRespondAgrees(later, instant());
            derivatives.assertObserveAgrees(later);
        }
    }

    // ---- Law 10 ----

    @Test
    @DisplayName("Law 10, the log can prove it: the description is complete")
    void descriptionIsComplete() {
        GrowthModelDescription d = newModel().description();
        DescriptionAssertions.assertComplete(d.plugin());
        assertThat(d.equation()).as("equation").isNotBlank();
        assertThat(d.schemaVersion()).as("schema version").isPositive();
        assertThat(d.initialQuantities()).as("initial quantities").isNotEmpty();
        assertThat(d.ownedQuantities()).as("owned quantities").isNotEmpty().doesNotHaveDuplicates();
        for (Quantity q : d.ownedQuantities()) {
            assertThat(q.description()).as("description of %s", q.name()).isNotBlank();
        }
    }

    @Test
    @DisplayName("Law 10, the log can prove it: the description is the same at every call")
    void descriptionIsConstant() {
        GrowthModel model = newModel();
        GrowthModelDescription first = model.description();
        run(() -> model.bind(setting(), resolved(), sequential()));
        assertThat(model.description()).isEqualTo(first);
        assertThat(newModel().description()).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 10, the log can prove it: what is observed has the volume and the burden")
    void volumeAndBurdenAreObserved() {
        GrowthProcess process = fresh();
        assertObservable(process, start(process), "initial");
        assertThat(process.remarks(observations())).as("remarks").allSatisfy(remark -> assertThat(remark)
                .isNotBlank());
    }

    @Test
    @DisplayName(
            "Law 10, the log can prove it: every port that the description honours acts, and no other has an example")
    void honouredPortsAct() {
        assertThat(typicalEffects().keySet())
                .as("typicalEffects() has an effect for each honoured port")
                .containsExactlyInAnyOrderElementsOf(newModel().description().honouredPorts());
        GrowthProcess process = fresh();
        State start = start(process);
        State untouched = advance(process, start, interval(), Effects.none());
        for (EffectPort<?> port : continuousPorts()) {
            Effects effects = typicalEffects().get(port);
            assertThat(effects.ports()).as("effect for %s", port).isEqualTo(Set.of(port));
            assertThat(advance(process, start, interval(), effects).components())
                    .as("%s acts", port)
                    .isNotEqualTo(untouched.components());
        }
        for (EffectPort<?> port : instantPorts()) {
            Effects effects = typicalEffects().get(port);
            assertThat(effects.ports()).as("effect for %s", port).isEqualTo(Set.of(port));
            assertThat(respond(process, untouched, effects).components())
                    .as("%s acts", port)
                    .isNotEqualTo(untouched.components());
        }
    }

    @Test
    @DisplayName("Law 10, the log can prove it: ports mean what they say, more killing never leaves more tumour")
    void moreKillingLeavesLess() {
        GrowthProcess process = fresh();
        State start = start(process);
        for (EffectPort<SpatialValue> port : List.of(EffectPort.SURVIVING_FRACTION, EffectPort.REMAINING_FRACTION)) {
            if (honours(port)) {
                double last = 0;
                for (double fraction : new double[] {0, 1e-6, 0.25, 0.5, 1}) {
                    Effects effects = Effects.of(port, SpatialValue.uniform(fraction));
                    double burden = burden(process, respond(process, start, effects));
                    assertThat(burden)
                            .as("burden after %s of %s", port, fraction)
                            .isGreaterThanOrEqualTo(last);
                    last = burden;
                }
            }
        }
        if (honours(EffectPort.KILL_RATE)) {
            double last = Double.POSITIVE_INFINITY;
            for (double rate : new double[] {0, 0.01, 0.1, 1}) {
                Effects effects = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(rate)));
                double burden = burden(process, advance(process, start, interval(), effects));
                assertThat(burden).as("burden after a kill rate of %s /d", rate).isLessThanOrEqualTo(last);
                last = burden;
            }
        }
    }

    // ---- How the tests run the model ----

    /** The parameters, checked and complete. */
    private Parameters resolved() {
        return Parameters.resolve(newModel().description().plugin().parameters(), parameters());
    }

    private RunContext context(Execution execution) {
        return TestContext.of(OWNER, solvers(execution), execution.cancellation(), relativeTolerance());
    }

    private RunContext sequential() {
        return context(Execution.sequential());
    }

    private GrowthProcess bind() {
        return newModel().bind(setting(), resolved(), sequential());
    }

    /** Binds anew for every call, so that a model that hides state breaks law 3 and no other. */
    private GrowthProcess fresh() {
        return new GrowthProcess() {
            @Override
            public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
                return bind().initial(time, observations);
            }

            @Override
            public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                return bind().advance(state, interval, effects);
            }

            @Override
            public List<StateComponent> respond(State state, Effects effects) {
                return bind().respond(state, effects);
            }

            @Override
            public Map<Quantity, Double> observe(State state) {
                return bind().observe(state);
            }

            @Override
            public List<String> remarks(List<Observation> observations) {
                return bind().remarks(observations);
            }

            @Override
            public List<StateComponent> migrate(List<StateComponent> saved) {
                return bind().migrate(saved);
            }
        };
    }

    /** A model may refuse a combination of parameters that each alone is allowed, if it says so before it starts. */
    private Optional<GrowthProcess> bindUnlessRefused(Parameters parameters) {
        try {
            GrowthProcess process = newModel().bind(setting(), parameters, sequential());
            process.initial(interval().start(), observations());
            return Optional.of(process);
        } catch (InvalidInputException refusal) {
            assertThat(refusal.problem()).isNotBlank();
            return Optional.empty();
        }
    }

    private State start(GrowthProcess process) {
        return State.at(interval().start()).with(process.initial(interval().start(), observations()));
    }

    private static State advance(GrowthProcess process, State state, Interval interval, Effects effects) {
        assertThat(state.time()).isEqualTo(interval.start());
        return state.at(interval.end(), process.advance(state, interval, effects));
    }

    private static State respond(GrowthProcess process, State state, Effects effects) {
        return state.with(process.respond(state, effects));
    }

    /** Grows, is treated at an instant, is treated over an interval, grows again; the process is asked for anew before each call. */
    private List<State> run(Supplier<GrowthProcess> process) {
        List<State> states = new ArrayList<>();
        State state = start(process.get());
        states.add(state);
        Interval interval = interval();
        state = advance(process.get(), state, interval, Effects.none());
        states.add(state);
        state = respond(process.get(), state, instant());
        states.add(state);
        interval = next(interval);
        state = advance(process.get(), state, interval, continuous());
        states.add(state);
        state = advance(process.get(), state, next(interval), Effects.none());
        states.add(state);
        return states;
    }

    private static double burden(GrowthProcess process, State state) {
        return process.observe(state).get(Quantity.TUMOUR_BURDEN);
    }

    private static void assertObservable(GrowthProcess process, State state, String what) {
        Map<Quantity, Double> observed = process.observe(state);
        assertThat(observed).as(what).containsKeys(Quantity.TUMOUR_VOLUME, Quantity.TUMOUR_BURDEN);
        observed.forEach((q, value) ->
                assertThat(value).as("%s: %s", what, q.name()).isFinite().isBetween(q.minimum(), q.maximum()));
    }

    private Map<String, Parameters> extremes() {
        List<ParameterDescription> descriptions =
                newModel().description().plugin().parameters();
        return DescriptionAssertions.extremes(descriptions, resolved());
    }

    private boolean isInitial(Quantity quantity) {
        return newModel().description().initialQuantities().contains(quantity);
    }

    // ---- Effects ----

    private boolean honours(EffectPort<?> port) {
        return newModel().description().honouredPorts().contains(port);
    }

    private List<EffectPort<?>> continuousPorts() {
        return ports(EffectPort.Timing.CONTINUOUS);
    }

    private List<EffectPort<?>> instantPorts() {
        return ports(EffectPort.Timing.INSTANT);
    }

    private List<EffectPort<?>> ports(EffectPort.Timing timing) {
        List<EffectPort<?>> ports = new ArrayList<>();
        new LinkedHashSet<>(typicalEffects().keySet()).forEach(port -> {
            if (port.timing() == timing) {
                ports.add(port);
            }
        });
        return ports;
    }

    private Effects continuous() {
        return Effects.combine(
                continuousPorts().stream().map(typicalEffects()::get).toList());
    }

    private Effects instant() {
        return Effects.combine(
                instantPorts().stream().map(typicalEffects()::get).toList());
    }

    private static <T> Effects neutral(EffectPort<T> port) {
        return Effects.of(port, port.neutral());
    }

    // ---- Time ----

    private static long milliseconds(double days) {
        return Math.round(days * SimulationTime.MILLISECONDS_PER_DAY);
    }

    private static Interval next(Interval interval) {
        long length = interval.end().milliseconds() - interval.start().milliseconds();
        return new Interval(interval.end(), interval.end().plusMilliseconds(length));
    }

    private List<Interval> split(double days, int parts) {
        long length = milliseconds(days) / parts;
        List<Interval> intervals = new ArrayList<>();
        SimulationTime from = interval().start();
        for (int i = 0; i < parts; i++) {
            intervals.add(new Interval(from, from.plusMilliseconds(length)));
            from = from.plusMilliseconds(length);
        }
        return intervals;
    }

    /** The interval in halves, unevenly in two, and in seven parts as outputs might fall. */
    private List<List<Interval>> splits() {
        return List.of(splitAt(0.5), splitAt(0.1234), splitAt(0.1, 0.25, 0.4, 0.55, 0.7, 0.85));
    }

    private List<Interval> splitAt(double... fractions) {
        SimulationTime start = interval().start();
        SimulationTime end = interval().end();
        long length = end.milliseconds() - start.milliseconds();
        List<Interval> parts = new ArrayList<>();
        SimulationTime from = start;
        for (double fraction : fractions) {
            SimulationTime to = start.plusMilliseconds(Math.round(fraction * length));
            parts.add(new Interval(from, to));
            from = to;
        }
        parts.add(new Interval(from, end));
        return parts;
    }

    // ---- Copies ----

    private static Observation copy(Observation observation) {
        if (observation instanceof Observation.Image image) {
            return new Observation.Image(
                    image.quantity(),
                    image.time(),
                    Field.owning(image.value().grid(), image.value().toArray()),
                    image.noise());
        }
        return observation;
    }

    /** One value up to a day and another from it on. */
    private record Jump(double day, double before, double after) implements TimeFunction {

        @Override
        public double at(double time) {
            return time < day ? before : after;
        }

        @Override
        public double integral(double from, double to) {
            double change = Math.min(Math.max(day, from), to);
            return before * (change - from) + after * (to - change);
        }

        @Override
        public double[] jumps(double from, double to) {
            return from < day && day < to ? new double[] {day} : new double[0];
        }
    }

    /** A function that is constant but does not say so, so that a model must treat it as one that varies. */
    private record SilentlyConstant(double value) implements TimeFunction {

        @Override
        public double at(double day) {
            return value;
        }

        @Override
        public double integral(double from, double to) {
            return value * (to - from);
        }
    }
}
