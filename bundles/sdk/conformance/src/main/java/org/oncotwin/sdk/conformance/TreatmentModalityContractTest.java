package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.DifferentiableCourse;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/**
 * The laws that every treatment modality obeys. Extend it beside the modality, say what a typical course is, and leave the tests as they are. Law 9 (derivatives agree) is asked of
 * differentiable courses; what laws 7, 8 and 10 say of bundles and provenance is tested in a running container.
 */
public abstract class TreatmentModalityContractTest {

    /** Owner label that the tests give to the course. */
    protected static final String OWNER = "course-under-test";

    private static final int READINGS = 9;

    /** For implementations. */
    protected TreatmentModalityContractTest() {}

    /** A new instance of the modality at each call. */
    protected abstract TreatmentModality newModality();

    /** Typical parameters in the declared units; those left out take their defaults. */
    protected abstract Map<String, Double> parameters();

    /** A typical course, with every input that has no default. */
    protected abstract CourseRequest request();

    /** Every way to ask for no dose at all; at least one. */
    protected abstract List<CourseRequest> zeroDoses();

    /** Courses of rising dose, all else equal; at least two. */
    protected abstract List<CourseRequest> risingDoses();

    /** A time that holds the whole typical course and some days before and after it. */
    protected abstract Interval horizon();

    /** Anatomy, covariates and markers; none unless overridden. */
    protected Setting setting() {
        return Setting.empty();
    }

    /** Solvers that run as told; none unless overridden. */
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.none();
    }

    /** The state of a tumour at the start of {@link #horizon()}; a volume of 10 cm3 unless overridden. */
    protected State tumour() {
        return State.at(horizon().start()).with(List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, "tumour", 1, 10)));
    }

    /** Relative difference allowed between one step and its parts. Loosen it only with a written reason. */
    protected double tolerance() {
        return 1e-6;
    }

    /**
     * What earlier schema versions saved, by their number: for each version before today's either a state, which must migrate, or no components, which says that the version is given
     * up, so that its state must be refused in words. Record one with each version that is released.
     */
    protected Map<Integer, List<StateComponent>> earlierStates() {
        return Map.of();
    }

    /** How long a cancelled course may take to end: the second of law 7 and room for a loaded machine. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    // ---- Law 1 ----

    @Test
    @DisplayName("Law 1, same in, same out: a repeated course has the same bits")
    void repeatedCourseIsTheSame() {
        assertThat(run(this::plan)).isEqualTo(run(this::plan));
        assertThat(plan().events()).isEqualTo(plan().events());
        assertThat(plan().facts()).isEqualTo(plan().facts());
    }

    @Test
    @DisplayName("Law 1, same in, same out: locale and time zone change nothing")
    void localeAndTimeZoneChangeNothing() {
        List<Moment> here = run(this::plan);
        List<TreatmentEvent> events = plan().events();
        List<CourseFact> facts = plan().facts();
        Surroundings.elsewhere(() -> {
            assertThat(run(this::plan)).isEqualTo(here);
            assertThat(plan().events()).isEqualTo(events);
            assertThat(plan().facts()).isEqualTo(facts);
            return true;
        });
    }

    @Test
    @DisplayName("Law 1, same in, same out: the number of threads changes nothing")
    void threadsChangeNothing() {
        List<Moment> one = run(this::plan);
        for (int threads : new int[] {2, 3, 4}) {
            RunContext context = context(new Execution(threads, Cancellation.NEVER));
            assertThat(run(() -> newModality().plan(setting(), request(), resolved(), context)))
                    .as("%d threads", threads)
                    .isEqualTo(one);
        }
    }

    @Test
    @DisplayName("Law 1, same in, same out: one modality serves several runs at once")
    void runsAtOnceDoNotMeet() {
        TreatmentModality shared = newModality();
        List<Moment> alone = run(this::plan);
        assertThat(Surroundings.together(() -> run(() -> shared.plan(setting(), request(), resolved(), sequential()))))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
    }

    // ---- Law 2 ----

    @Test
    @DisplayName(
            "Law 2, a step is a step: breakpoints are sorted, each once, inside the interval, and those of its parts together")
    void breakpointsOfPartsAreThoseOfTheWhole() {
        Course course = fresh(request(), resolved());
        List<SimulationTime> all = course.breakpoints(horizon());
        assertThat(all).isSorted().doesNotHaveDuplicates().allSatisfy(t -> assertThat(
                        horizon().contains(t))
                .as("%s is inside", t)
                .isTrue());
        for (SimulationTime cut : cuts(all)) {
            Set<SimulationTime> parts = new TreeSet<>();
            if (cut.isAfter(horizon().start())) {
                parts.addAll(course.breakpoints(new Interval(horizon().start(), cut)));
            }
            if (cut.isBefore(horizon().end())) {
                parts.addAll(course.breakpoints(new Interval(cut, horizon().end())));
            }
            assertThat(parts).as("breakpoints when cut at %s", cut).containsExactlyElementsOf(all);
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: own state and rates over an interval equal those over its parts")
    void stepEqualsItsParts() {
        Course course = fresh(request(), resolved());
        walk(course, new Visitor() {
            @Override
            public void over(State state, Interval interval, Effects whole) {
                long length = interval.end().milliseconds() - interval.start().milliseconds();
                if (length < 2) {
                    return;
                }
                SimulationTime middle = interval.start().plusMilliseconds(length / 3 + 1);
                Interval first = new Interval(interval.start(), middle);
                State between = state.at(middle, course.advance(state, first));
                if (middle.isBefore(interval.end())) {
                    Interval second = new Interval(middle, interval.end());
                    State inParts = between.at(interval.end(), course.advance(between, second));
                    State atOnce = state.at(interval.end(), course.advance(state, interval));
                    StateAssertions.assertClose(inParts, atOnce, tolerance(), "own state at " + interval.end());
                    EffectReading.of(course.effects(between, second), readings(second))
                            .assertCloseTo(
                                    EffectReading.of(whole, readings(second)), tolerance(), "effects from " + middle);
                }
            }
        });
    }

    @Test
    @DisplayName("Law 2, a step is a step: integrals of rates and factors are the integrals of their values")
    void integralsAreIntegrals() {
        walk(fresh(request(), resolved()), new Visitor() {
            @Override
            public void over(State state, Interval interval, Effects effects) {
                for (TimeFunction function : functions(effects)) {
                    double from = interval.start().days();
                    double to = interval.end().days();
                    double quadrature = quadrature(function, from, to);
                    assertThat(Math.abs(function.integral(from, to) - quadrature))
                            .as(
                                    "integral over %s is %s, by quadrature %s",
                                    interval, function.integral(from, to), quadrature)
                            .isLessThanOrEqualTo(1e-6 * Math.max(Math.abs(quadrature), 1e-9));
                }
            }
        });
    }

    @Test
    @DisplayName("Law 2, a step is a step: nothing happens at an instant that is not a breakpoint")
    void nothingHappensBetweenBreakpoints() {
        Course course = fresh(request(), resolved());
        Set<SimulationTime> breakpoints = new HashSet<>(course.breakpoints(horizon()));
        walk(course, new Visitor() {
            @Override
            public void over(State state, Interval interval, Effects effects) {
                SimulationTime later = interval.start().plusMilliseconds(1);
                if (later.isBefore(interval.end()) && !breakpoints.contains(later)) {
                    State between = state.at(later, course.advance(state, new Interval(interval.start(), later)));
                    assertThat(course.instantEffects(between).isEmpty())
                            .as("no instant effects at %s", later)
                            .isTrue();
                    assertThat(between.with(course.act(between)))
                            .as("own state at %s, which is no breakpoint", later)
                            .isEqualTo(between);
                }
            }
        });
    }

    // ---- Law 3 ----

    @Test
    @DisplayName("Law 3, nothing hides: a course planned anew before every call gives the same bits")
    void courseCanBePlannedAnew() {
        Course kept = plan();
        assertThat(run(() -> kept)).isEqualTo(run(this::plan));
    }

    @Test
    @DisplayName("Law 3, nothing hides: what a course did before does not matter")
    void historyDoesNotMatter() {
        Course used = plan();
        List<Moment> first = run(() -> used);
        used.breakpoints(horizon());
        assertThat(run(() -> used)).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 3, nothing hides: states that went in are not changed")
    void inputsAreNotChanged() {
        Course course = plan();
        walk(course, new Visitor() {
            @Override
            public void at(State state, Effects instant) {
                unchanged(state, () -> course.instantEffects(state));
                unchanged(state, () -> course.act(state));
            }

            @Override
            public void over(State state, Interval interval, Effects effects) {
                unchanged(state, () -> course.effects(state, interval));
                unchanged(state, () -> course.advance(state, interval));
            }
        });
    }

    @Test
    @DisplayName(
            "Law 3, nothing hides: a course returns its own components alone, and drives the ports of its description alone")
    void courseKeepsToItsOwn() {
        TreatmentModalityDescription d = newModality().description();
        Course course = plan();
        StateAssertions.assertOwned(
                course.initial(horizon().start()), d.ownedQuantities(), OWNER, d.schemaVersion(), "initial");
        Set<EffectPort<?>> driven = new HashSet<>();
        walk(course, new Visitor() {
            @Override
            public void at(State state, Effects instant) {
                assertPorts(instant, EffectPort.Timing.INSTANT);
                driven.addAll(instant.ports());
                List<StateComponent> acted = course.act(state);
                if (!acted.isEmpty()) {
                    StateAssertions.assertOwned(acted, d.ownedQuantities(), OWNER, d.schemaVersion(), "act");
                }
            }

            @Override
            public void over(State state, Interval interval, Effects effects) {
                assertPorts(effects, EffectPort.Timing.CONTINUOUS);
                driven.addAll(effects.ports());
                StateAssertions.assertOwned(
                        course.advance(state, interval), d.ownedQuantities(), OWNER, d.schemaVersion(), "advance");
            }

            private void assertPorts(Effects effects, EffectPort.Timing timing) {
                assertThat(effects.ports()).allSatisfy(port -> {
                    assertThat(d.drivenPorts()).as("driven ports").contains(port);
                    assertThat(port.timing()).as("timing of %s", port).isEqualTo(timing);
                });
            }
        });
        assertThat(d.drivenPorts())
                .as("ports of the description, against those that the typical course leaves idle")
                .containsAll(course.idlePorts());
        Set<EffectPort<?>> expected = new HashSet<>(d.drivenPorts());
        expected.removeAll(course.idlePorts());
        assertThat(driven)
                .as(
                        "ports that the typical course drives, against those of the description that it does not leave idle")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    // ---- Law 4 ----

    @Test
    @DisplayName("Law 4, zero is zero: a course of dose 0 has no breakpoints and no effects")
    void zeroDoseDoesNothing() {
        assertThat(zeroDoses()).as("zeroDoses()").isNotEmpty();
        List<SimulationTime> instants = new ArrayList<>(plan().breakpoints(horizon()));
        instants.addAll(cuts(instants));
        for (CourseRequest zero : zeroDoses()) {
            Course course = fresh(zero, resolved());
            assertThat(course.breakpoints(horizon())).as("breakpoints").isEmpty();
            assertThat(course.events()).as("events").allSatisfy(e -> assertThat(e.amount())
                    .isZero());
            State start = tumour().with(course.initial(horizon().start()));
            for (SimulationTime instant : instants) {
                State state = start.at(instant, List.of());
                assertThat(course.instantEffects(state).isEmpty())
                        .as("no instant effects at %s", instant)
                        .isTrue();
                assertThat(state.with(course.act(state))).isEqualTo(state);
                if (instant.isBefore(horizon().end())) {
                    Interval rest = new Interval(instant, horizon().end());
                    assertThat(course.effects(state, rest).isEmpty())
                            .as("no effects over %s", rest)
                            .isTrue();
                }
            }
        }
    }

    // ---- Law 5 ----

    @Test
    @DisplayName("Law 5, bounds hold: effects and own quantities stay in range at the extremes of the parameters")
    void effectsStayInRange() {
        Map<String, Parameters> cases = new TreeMap<>(DescriptionAssertions.extremes(
                newModality().description().plugin().parameters(), resolved()));
        cases.put("typical parameters", resolved());
        cases.forEach((name, parameters) -> planUnlessRefused(parameters).ifPresent(course -> {
            walk(course, new Visitor() {
                @Override
                public void at(State state, Effects instant) {
                    EffectReading.of(instant).assertInRange(name + ", " + state.time());
                    StateAssertions.assertInRange(course.act(state), name + ", " + state.time());
                }

                @Override
                public void over(State state, Interval interval, Effects effects) {
                    EffectReading.of(effects, readings(interval)).assertInRange(name + ", " + interval);
                    StateAssertions.assertInRange(state.ownedBy(OWNER), name + ", " + state.time());
                }
            });
            assertFacts(course, name);
        }));
    }

    @Test
    @DisplayName("Law 5, bounds hold: more dose never spares more tumour at an instant, nor kills it more slowly")
    void moreDoseKillsMore() {
        assertThat(risingDoses()).as("risingDoses()").hasSizeGreaterThan(1);
        double survivingLast = 1;
        double killLast = 0;
        for (CourseRequest request : risingDoses()) {
            Course course = fresh(request, resolved());
            double[] totals = {1, 0};
            walk(course, new Visitor() {
                @Override
                public void at(State state, Effects instant) {
                    totals[0] *= instant.get(EffectPort.SURVIVING_FRACTION).at(0);
                }

                @Override
                public void over(State state, Interval interval, Effects effects) {
                    for (KillRate.Term term : effects.get(EffectPort.KILL_RATE).terms()) {
                        totals[1] += term.weight().at(0)
                                * term.rate()
                                        .integral(
                                                interval.start().days(),
                                                interval.end().days());
                    }
                }
            });
            assertThat(totals[0]).as("surviving fraction").isLessThanOrEqualTo(survivingLast);
            assertThat(totals[1]).as("integral of the kill rate").isGreaterThanOrEqualTo(killLast);
            survivingLast = totals[0];
            killLast = totals[1];
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: a missing parameter or one outside its bounds is refused by name")
    void parametersAreChecked() {
        DescriptionAssertions.assertParametersChecked(
                newModality().description().plugin().parameters(), resolved(), p -> plan(request(), p));
    }

    @Test
    @DisplayName("Law 5, bounds hold: a missing input or one outside its bounds is refused by name")
    void inputsAreChecked() {
        for (InputDescription input : newModality().description().inputs()) {
            switch (input.kind()) {
                case QUANTITY, COUNT, NUMBER -> assertNumberChecked(input);
                case CHOICE -> {
                    if (input.required() || input.defaultText().isPresent()) {
                        assertRefused(with(input.name(), (String) null), input.name(), "without");
                    }
                    assertRefused(with(input.name(), "no-such-choice"), input.name(), "unknown word for");
                }
                case IMAGE -> assertImageChecked(input);
                case DRUG -> {
                    if (input.required()) {
                        assertRefused(with(input.name(), (String) null), input.name(), "without");
                    }
                    assertRefused(with(input.name(), "no-such-drug"), input.name(), "unknown drug for");
                }
                case WORD -> {
                    if (input.required() || input.defaultText().isPresent()) {
                        assertRefused(with(input.name(), (String) null), input.name(), "without");
                    }
                    assertRefused(with(input.name(), "No such word"), input.name(), "capitals and blanks in");
                }
                default -> throw new AssertionError("the conformance kit must learn to check " + input.kind());
            }
        }
    }

    // ---- Law 6 ----

    @Test
    @DisplayName("Law 6, units are declared: parameters, inputs, quantities, events and facts have UCUM codes")
    void unitsAreDeclared() {
        TreatmentModalityDescription d = newModality().description();
        DescriptionAssertions.assertUnits(d.plugin().parameters(), d.ownedQuantities());
        d.inputs().forEach(i -> DescriptionAssertions.assertUnit(i.unit(), "input " + i.name()));
        plan().events().forEach(e -> DescriptionAssertions.assertUnit(e.unit(), "event " + e.label()));
        plan().facts().forEach(f -> DescriptionAssertions.assertUnit(f.unit(), "fact " + f.name()));
    }

    @Test
    @DisplayName("Law 6, units are declared: a standard quantity keeps its unit and stays within its range")
    void standardQuantitiesAreKept() {
        DescriptionAssertions.assertStandardQuantitiesKept(
                newModality().description().ownedQuantities());
    }

    // ---- Law 7 ----

    @Test
    @DisplayName("Law 7, everything ends: a cancelled course ends at once, and ends as cancelled")
    void cancellationIsHonoured() {
        Cancellation cancelled = () -> true;
        Execution execution = new Execution(1, cancelled);
        RunContext context = TestContext.of(OWNER, solvers(execution), cancelled, TestContext.RELATIVE_TOLERANCE);
        Throwable outcome = assertTimeoutPreemptively(
                patience(),
                () -> catchThrowable(() -> {
                    Course course = newModality().plan(setting(), request(), resolved(), context);
                    walk(course, new Visitor() {});
                }));
        // Work that is too short to be worth a look at the cancellation may end well.
        if (outcome != null) {
            assertThat(outcome).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @DisplayName("Law 7, everything ends: no thread is left when a course has ended")
    void noThreadIsLeft() throws InterruptedException {
        assertThat(StartedThreads.leftBy(() -> run(this::plan), patience()))
                .as("threads left")
                .isEmpty();
    }

    // ---- Law 8 ----

    @Test
    @DisplayName(
            "Law 8, versions meet: state of each earlier schema version migrates, or is given up and refused in words")
    void earlierStatesMigrate() {
        TreatmentModalityDescription d = newModality().description();
        Course course = plan();
        MigrationAssertions.assertEarlierStatesMigrate(
                earlierStates(),
                d.schemaVersion(),
                d.ownedQuantities(),
                OWNER,
                course.initial(horizon().start()),
                course::migrate,
                migrated -> course.advance(tumour().with(migrated), horizon()));
    }

    @Test
    @DisplayName("Law 8, versions meet: today's state migrates unchanged or is refused in words")
    void ownStateMigratesUnchanged() {
        Course course = plan();
        List<StateComponent> saved = course.initial(horizon().start());
        List<StateComponent> before = StateCopy.of(saved);
        try {
            assertThat(course.migrate(saved)).containsExactlyInAnyOrderElementsOf(before);
        } catch (InvalidInputException refusal) {
            assertThat(refusal.problem()).isNotBlank();
        }
    }

    @Test
    @DisplayName("Law 8, versions meet: state that is not its own is refused in words")
    void unknownStateIsRefused() {
        List<StateComponent> foreign = List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, OWNER, 1_000_000, 1.25));
        DescriptionAssertions.assertRefused(() -> plan().migrate(foreign), "", "schema version 1000000");
    }

    // ---- Law 9 ----

    @Test
    @DisplayName("Law 9, derivatives agree: those of a differentiable course equal differences of its effects")
    void derivativesAgree() {
        // A course that offers no derivatives is differenced by whoever wants them; there is nothing to compare.
        if (plan() instanceof DifferentiableCourse offered) {
            List<ParameterDescription> descriptions =
                    newModality().description().plugin().parameters();
            int voxels =
                    setting().anatomy().map(anatomy -> anatomy.grid().size()).orElse(1);
            CourseDerivatives derivatives =
                    new CourseDerivatives(parameters -> plan(request(), parameters), descriptions, resolved(), voxels);
            assertThat(resolved().values().keySet()).containsAll(offered.differentiableParameters());
            derivatives.assertTimelineStays(horizon(), offered);
            walk(plan(), new Visitor() {
                @Override
                public void at(State state, Effects instant) {
                    derivatives.assertAgreeAt(state, offered);
                }

                @Override
                public void over(State state, Interval interval, Effects effects) {
                    derivatives.assertAgreeOver(state, interval, offered, readings(interval));
                }
            });
        }
    }

    // ---- Law 10 ----

    @Test
    @DisplayName("Law 10, the log can prove it: the description is complete")
    void descriptionIsComplete() {
        TreatmentModalityDescription d = newModality().description();
        DescriptionAssertions.assertComplete(d.plugin());
        assertThat(d.equation()).as("equation").isNotBlank();
        assertThat(d.schemaVersion()).as("schema version").isPositive();
        assertThat(d.drivenPorts()).as("driven ports").isNotEmpty();
        assertThat(d.ownedQuantities()).doesNotHaveDuplicates();
        Set<String> names = new HashSet<>();
        for (InputDescription i : d.inputs()) {
            assertThat(names.add(i.name())).as("one input %s", i.name()).isTrue();
            assertThat(i.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*").isNotEqualTo("start_day");
            assertThat(i.description()).as("description of %s", i.name()).isNotBlank();
            assertThat(i.minimum()).as("bounds of %s", i.name()).isLessThanOrEqualTo(i.maximum());
            if (i.kind() == InputDescription.Kind.CHOICE) {
                assertThat(i.choices())
                        .as("choices of %s", i.name())
                        .isNotEmpty()
                        .doesNotHaveDuplicates();
                i.defaultText().ifPresent(word -> assertThat(i.choices()).contains(word));
            }
        }
    }

    @Test
    @DisplayName("Law 10, the log can prove it: the description is the same at every call")
    void descriptionIsConstant() {
        TreatmentModality modality = newModality();
        TreatmentModalityDescription first = modality.description();
        run(() -> modality.plan(setting(), request(), resolved(), sequential()));
        assertThat(modality.description()).isEqualTo(first);
        assertThat(newModality().description()).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 10, the log can prove it: events are in order and labelled, facts are named and finite")
    void eventsAndFactsAreReadable() {
        Course course = plan();
        assertThat(course.events()).as("events").isNotEmpty().allSatisfy(e -> {
            assertThat(e.label()).isNotBlank();
            assertThat(e.amount()).isFinite();
        });
        assertThat(course.events().stream().map(TreatmentEvent::time).toList()).isSorted();
        assertThat(course.facts()).as("facts").isNotEmpty();
        assertFacts(course, "typical course");
        assertThat(course.longestInterval()).as("longest interval").isPositive();
    }

    // ---- How the tests run the course ----

    /** What a walk along the course passes. */
    private interface Visitor {

        /** A breakpoint, with the state just before it. */
        default void at(State state, Effects instant) {}

        /** An interval between breakpoints, with the state at its start. */
        default void over(State state, Interval interval, Effects effects) {}
    }

    private record Moment(SimulationTime time, EffectReading effects, State state) {}

    private Parameters resolved() {
        return Parameters.resolve(newModality().description().plugin().parameters(), parameters());
    }

    private RunContext context(Execution execution) {
        return TestContext.of(OWNER, solvers(execution), execution.cancellation(), TestContext.RELATIVE_TOLERANCE);
    }

    private RunContext sequential() {
        return context(Execution.sequential());
    }

    private Course plan() {
        return plan(request(), resolved());
    }

    private Course plan(CourseRequest request, Parameters parameters) {
        return newModality().plan(setting(), request, parameters, sequential());
    }

    /** Plans anew for every call, so that a modality that hides state breaks law 3 and no other. */
    private Course fresh(CourseRequest request, Parameters parameters) {
        return new Course() {
            @Override
            public List<TreatmentEvent> events() {
                return plan(request, parameters).events();
            }

            @Override
            public List<CourseFact> facts() {
                return plan(request, parameters).facts();
            }

            @Override
            public List<SimulationTime> breakpoints(Interval interval) {
                return plan(request, parameters).breakpoints(interval);
            }

            @Override
            public double longestInterval() {
                return plan(request, parameters).longestInterval();
            }

            @Override
            public List<StateComponent> initial(SimulationTime time) {
                return plan(request, parameters).initial(time);
            }

            @Override
            public Effects instantEffects(State state) {
                return plan(request, parameters).instantEffects(state);
            }

            @Override
            public List<StateComponent> act(State state) {
                return plan(request, parameters).act(state);
            }

            @Override
            public Effects effects(State state, Interval interval) {
                return plan(request, parameters).effects(state, interval);
            }

            @Override
            public List<StateComponent> advance(State state, Interval interval) {
                return plan(request, parameters).advance(state, interval);
            }
        };
    }

    /** A modality may refuse a combination of parameters that each alone is allowed, if it says so before it starts. */
    private Optional<Course> planUnlessRefused(Parameters parameters) {
        try {
            plan(request(), parameters);
            return Optional.of(fresh(request(), parameters));
        } catch (InvalidInputException refusal) {
            assertThat(refusal.problem()).isNotBlank();
            return Optional.empty();
        }
    }

    private void walk(Course course, Visitor visitor) {
        walk(() -> course, visitor);
    }

    /** Goes through the horizon as an engine does, asking for the course anew before each call. The tumour stays as it is: its response is the growth model's. */
    private void walk(Supplier<Course> course, Visitor visitor) {
        Set<SimulationTime> breakpoints = new HashSet<>(course.get().breakpoints(horizon()));
        State state = tumour().with(course.get().initial(horizon().start()));
        while (true) {
            if (breakpoints.contains(state.time())) {
                visitor.at(state, course.get().instantEffects(state));
                state = state.with(course.get().act(state));
            }
            if (!state.time().isBefore(horizon().end())) {
                return;
            }
            Interval interval = new Interval(state.time(), nextStop(course.get(), state.time(), breakpoints));
            visitor.over(state, interval, course.get().effects(state, interval));
            state = state.at(interval.end(), course.get().advance(state, interval));
        }
    }

    private SimulationTime nextStop(Course course, SimulationTime now, Set<SimulationTime> breakpoints) {
        SimulationTime next = horizon().end();
        for (SimulationTime t : breakpoints) {
            if (t.isAfter(now) && t.isBefore(next)) {
                next = t;
            }
        }
        double longest = course.longestInterval();
        if ((next.milliseconds() - now.milliseconds()) > longest * SimulationTime.MILLISECONDS_PER_DAY) {
            long step = Math.max(1, (long) (longest * SimulationTime.MILLISECONDS_PER_DAY));
            next = now.plusMilliseconds(step);
        }
        return next;
    }

    private List<Moment> run(Supplier<Course> course) {
        List<Moment> moments = new ArrayList<>();
        walk(course, new Visitor() {
            @Override
            public void at(State state, Effects instant) {
                moments.add(new Moment(state.time(), EffectReading.of(instant), state));
            }

            @Override
            public void over(State state, Interval interval, Effects effects) {
                moments.add(new Moment(state.time(), EffectReading.of(effects, readings(interval)), state));
            }
        });
        return moments;
    }

    private static void unchanged(State state, Runnable call) {
        State before = StateCopy.of(state);
        call.run();
        assertThat(state).isEqualTo(before);
    }

    private static void assertFacts(Course course, String what) {
        Set<String> names = new HashSet<>();
        for (CourseFact fact : course.facts()) {
            assertThat(names.add(fact.name()))
                    .as("%s: one fact %s", what, fact.name())
                    .isTrue();
            assertThat(fact.name()).as(what).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            assertThat(fact.title()).as("%s: title of %s", what, fact.name()).isNotBlank();
            assertThat(fact.value()).as("%s: %s", what, fact.name()).isFinite();
        }
    }

    // ---- Inputs that must be refused ----

    private void assertNumberChecked(InputDescription input) {
        String name = input.name();
        if (input.required() || input.defaultText().isPresent()) {
            assertRefused(with(name, (Double) null), name, "without");
        }
        assertRefused(with(name, Double.NaN), name, "NaN for");
        if (Double.isFinite(input.minimum())) {
            assertRefused(with(name, Math.nextDown(input.minimum())), name, "too small");
        }
        if (Double.isFinite(input.maximum())) {
            assertRefused(with(name, Math.nextUp(input.maximum())), name, "too large");
        }
        if (input.kind() == InputDescription.Kind.COUNT && input.minimum() + 0.5 < input.maximum()) {
            assertRefused(with(name, input.minimum() + 0.5), name, "half for the count");
        }
    }

    private void assertImageChecked(InputDescription input) {
        setting().anatomy().ifPresent(anatomy -> {
            Field bad = Field.constant(anatomy.grid(), Double.NaN);
            assertRefused(with(input.name(), bad), input.name(), "NaN in");
            if (Double.isFinite(input.minimum())) {
                Field low = Field.constant(anatomy.grid(), Math.nextDown(input.minimum()));
                assertRefused(with(input.name(), low), input.name(), "too small in");
            }
            if (Double.isFinite(input.maximum())) {
                Field high = Field.constant(anatomy.grid(), Math.nextUp(input.maximum()));
                assertRefused(with(input.name(), high), input.name(), "too large in");
            }
            Grid other = new Grid(
                    anatomy.grid().nx() + 1,
                    anatomy.grid().ny(),
                    anatomy.grid().nz(),
                    anatomy.grid().affine());
            assertRefused(with(input.name(), Field.constant(other, 1)), input.name(), "on another grid");
        });
    }

    private void assertRefused(Inputs inputs, String field, String what) {
        CourseRequest bad = new CourseRequest(
                request().start(), request().calendar(), inputs, request().pharmacokinetics());
        DescriptionAssertions.assertRefused(() -> plan(bad, resolved()), field, what + " " + field);
    }

    private Inputs with(String name, Double value) {
        Inputs inputs = request().inputs();
        SortedMap<String, Double> numbers = new TreeMap<>(inputs.numbers());
        put(numbers, name, value);
        return new Inputs(numbers, inputs.choices(), inputs.images());
    }

    private Inputs with(String name, String word) {
        Inputs inputs = request().inputs();
        SortedMap<String, String> choices = new TreeMap<>(inputs.choices());
        put(choices, name, word);
        return new Inputs(inputs.numbers(), choices, inputs.images());
    }

    private Inputs with(String name, Field image) {
        Inputs inputs = request().inputs();
        SortedMap<String, Field> images = new TreeMap<>(inputs.images());
        put(images, name, image);
        return new Inputs(inputs.numbers(), inputs.choices(), images);
    }

    private static <T> void put(Map<String, T> map, String name, T value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }

    // ---- Time ----

    /** Both ends of the horizon excluded: every breakpoint, and the middle between each pair. */
    private List<SimulationTime> cuts(List<SimulationTime> breakpoints) {
        Set<SimulationTime> cuts = new TreeSet<>(breakpoints);
        SimulationTime last = horizon().start();
        for (SimulationTime t : breakpoints) {
            cuts.add(last.plusMilliseconds((t.milliseconds() - last.milliseconds()) / 2));
            last = t;
        }
        cuts.add(last.plusMilliseconds((horizon().end().milliseconds() - last.milliseconds()) / 2));
        cuts.remove(horizon().start());
        cuts.remove(horizon().end());
        return List.copyOf(cuts);
    }

    private static double[] readings(Interval interval) {
        double[] days = new double[READINGS];
        for (int i = 0; i < READINGS; i++) {
            days[i] = interval.start().days() + interval.days() * i / (READINGS - 1);
        }
        days[READINGS - 1] = interval.end().days();
        return days;
    }

    private static List<TimeFunction> functions(Effects effects) {
        List<TimeFunction> functions = new ArrayList<>();
        for (EffectPort<?> port : effects.ports()) {
            Object effect = effects.get(port);
            if (effect instanceof TimeFunction f) {
                functions.add(f);
            } else if (effect instanceof KillRate k) {
                k.terms().forEach(term -> functions.add(term.rate()));
            }
        }
        return functions;
    }

    private static double quadrature(TimeFunction f, double from, double to) {
        double sum = 0;
        double start = from;
        for (double jump : f.jumps(from, to)) {
            assertThat(jump)
                    .as("where a rate jumps, in order")
                    .isGreaterThan(start)
                    .isLessThan(to);
            sum += simpson(f, start, jump);
            start = jump;
        }
        return sum + simpson(f, start, to);
    }

    /** Composite Simpson rule with 20,000 panels. */
    private static double simpson(TimeFunction f, double from, double to) {
        int panels = 20_000;
        double h = (to - from) / panels;
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            double a = from + i * h;
            sum += f.at(a) + 4 * f.at(a + h / 2) + f.at(a + h);
        }
        return sum * h / 6;
    }
}
