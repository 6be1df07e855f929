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
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;

/** The laws that every toxicity model obeys. Extend it beside the model, say what a typical drug is, and leave the tests as they are. */
public abstract class ToxicityModelContractTest {

    private static final String DRUG = "drug-under-test";
    private static final String UNKNOWN_DRUG = "drug-without-numbers";

    /** For implementations. */
    protected ToxicityModelContractTest() {}

    /** A new instance of the model at each call. */
    protected abstract ToxicityModel newModel();

    /** Numbers of a typical drug in the declared units; those left out take their defaults. */
    protected abstract Map<String, Double> drugParameters();

    /** Typical parameters of the model itself in the declared units; those left out take their defaults. */
    protected Map<String, Double> parameters() {
        return Map.of();
    }

    /** Covariates and markers of a patient in whom nothing is amiss; none unless overridden. */
    protected Setting setting() {
        return Setting.empty();
    }

    /** Solvers that run as told; none unless overridden. */
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.none();
    }

    /** Doses that do some harm, within the first half of {@link #horizon()}: unless overridden, two infusions of 100 mg. */
    protected List<Administration> administrations() {
        return List.of(
                new Administration(SimulationTime.ofDays(1.25), 1.0 / 24, 100, Route.INTRAVENOUS),
                new Administration(SimulationTime.ofDays(22.25), 1.0 / 24, 100, Route.INTRAVENOUS));
    }

    /** Where doses go: unless overridden 20 L, from which half is gone in 5 hours. */
    protected Disposition disposition(List<Administration> doses) {
        return new ExponentialDisposition(doses, 20, 24 * StrictMath.log(2) / 5);
    }

    /** The run over which harm is wanted. */
    protected Interval horizon() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(60));
    }

    /** How long cancelled work may take to end: the second of law 7 and room for a loaded machine. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    // ---- Law 1 ----

    @Test
    @DisplayName("Law 1, same in, same out: repeated, by the same model and by a new one, harm has the same bits")
    void repeatedIsTheSame() {
        ToxicityModel model = newModel();
        Toxicity first = assess(model, 1);
        assertThat(assess(model, 1)).isEqualTo(first);
        assertThat(assess(newModel(), 1)).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 1, same in, same out: locale and time zone change nothing")
    void localeAndTimeZoneChangeNothing() {
        Toxicity here = assess(newModel(), 1);
        assertThat(Surroundings.elsewhere(() -> assess(newModel(), 1)))
                .allSatisfy(there -> assertThat(there).isEqualTo(here));
    }

    @Test
    @DisplayName("Law 1, same in, same out: one model serves several runs at once")
    void runsAtOnceDoNotMeet() {
        ToxicityModel shared = newModel();
        Toxicity alone = assess(newModel(), 1);
        assertThat(Surroundings.together(() -> assess(shared, 1)))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
    }

    // ---- Law 3 ----

    @Test
    @DisplayName("Law 3, nothing hides: what was asked before does not matter")
    void historyDoesNotMatter() {
        Toxicity fresh = assess(newModel(), 1);
        ToxicityModel used = newModel();
        assess(used, 3);
        assess(used, 0);
        assertThat(assess(used, 1)).isEqualTo(fresh);
    }

    @Test
    @DisplayName("Law 3, nothing hides: exposures, setting and parameters that went in are not changed")
    void inputsAreNotChanged() {
        Setting setting = setting();
        Setting settingBefore = new Setting(setting.anatomy(), setting.covariates(), setting.markers());
        List<ToxicExposure> exposures = new ArrayList<>(List.of(exposure(1)));
        List<ToxicExposure> exposuresBefore = List.copyOf(exposures);
        Parameters parameters = resolved();
        newModel().assess(setting, exposures, parameters, sequential());
        assertThat(setting).isEqualTo(settingBefore);
        assertThat(exposures).isEqualTo(exposuresBefore);
        assertThat(parameters).isEqualTo(resolved());
    }

    @Test
    @DisplayName("Law 3, nothing hides: a drug without numbers is remarked on, and changes nothing else")
    void unknownDrugsAreRemarkedOn() {
        Toxicity unknown = assess(newModel(), List.of(unknown()));
        assertThat(unknown.remarks()).as("remarks").anySatisfy(remark -> assertThat(remark)
                .contains(UNKNOWN_DRUG));
        assertThat(unknown.events()).as("events of a drug without numbers").isEmpty();
        Toxicity both = assess(newModel(), List.of(exposure(1), unknown()));
        Toxicity known = assess(newModel(), 1);
        assertThat(both.curves()).isEqualTo(known.curves());
        assertThat(both.events()).isEqualTo(known.events());
        assertThat(both.remarks()).as("remarks").anySatisfy(remark -> assertThat(remark)
                .contains(UNKNOWN_DRUG));
    }

    // ---- Law 4 ----

    @Test
    @DisplayName("Law 4, zero is zero: without a drug nothing happens and curves stay where they are")
    void nothingHappensWithoutDrugs() {
        Toxicity none = assess(newModel(), List.of());
        assertThat(none.events()).as("events").isEmpty();
        for (Curve curve : none.curves()) {
            assertThat(curve.values()).as("%s without a drug", curve.name()).allSatisfy(value -> assertThat(value)
                    .isEqualTo(curve.values().get(0)));
        }
    }

    @Test
    @DisplayName("Law 4, zero is zero: doses of 0 mg are no drug")
    void zeroDoseIsNothing() {
        Toxicity none = assess(newModel(), List.of());
        Toxicity zero = assess(newModel(), 0);
        assertThat(zero.events()).isEqualTo(none.events());
        assertThat(zero.curves()).isEqualTo(none.curves());
    }

    @Test
    @DisplayName("Law 4, zero is zero: before the first dose nothing happens")
    void nothingHappensBeforeTheFirstDose() {
        Toxicity harm = assess(newModel(), 1);
        double first = administrations().get(0).start().days();
        for (Curve curve : harm.curves()) {
            double start = curve.values().get(0);
            assertThat(curve.at(Math.nextDown(first)))
                    .as("%s before the first dose", curve.name())
                    .isBetween(start - 1e-6 * Math.abs(start), start + 1e-6 * Math.abs(start));
        }
        assertThat(harm.events()).as("events before the first dose").allSatisfy(event -> assertThat(event.fromDay())
                .isGreaterThanOrEqualTo(first));
    }

    // ---- Law 5 ----

    @Test
    @DisplayName("Law 5, bounds hold: curves are finite, not negative, and cover the run")
    void curvesAreInBounds() {
        for (double factor : new double[] {1, 1000}) {
            assertInBounds(assess(newModel(), factor), factor + " times the dose");
        }
    }

    private void assertInBounds(Toxicity harm, String what) {
        for (Curve curve : harm.curves()) {
            assertThat(curve.values())
                    .as("%s, %s", curve.name(), what)
                    .allSatisfy(value -> assertThat(value).isFinite().isNotNegative());
            assertThat(curve.days().get(0))
                    .as("first day of %s", curve.name())
                    .isEqualTo(horizon().start().days());
            assertThat(curve.days().get(curve.days().size() - 1))
                    .as("last day of %s", curve.name())
                    .isEqualTo(horizon().end().days());
        }
        double last = horizon().start().days();
        for (AdverseEvent event : harm.events()) {
            assertThat(event.fromDay()).as("%s, %s: start", what, event.term()).isGreaterThanOrEqualTo(last);
            assertThat(event.toDay())
                    .as("%s, %s: end", what, event.term())
                    .isLessThanOrEqualTo(horizon().end().days());
            last = event.fromDay();
        }
    }

    @Test
    @DisplayName(
            "Law 5, bounds hold: the value of an event is one that a curve has in its time, and no two grades of a term meet")
    void gradesMatchCurves() {
        for (double factor : new double[] {1, 10, 1000}) {
            Toxicity harm = assess(newModel(), factor);
            for (AdverseEvent event : harm.events()) {
                assertThat(harm.curves())
                        .as(
                                "a curve with %s %s from day %s to %s",
                                event.value(), event.unit(), event.fromDay(), event.toDay())
                        .anySatisfy(curve -> {
                            assertThat(curve.unit()).isEqualTo(event.unit());
                            assertHas(curve, event);
                        });
                assertThat(harm.events())
                        .filteredOn(
                                other -> !other.equals(event) && other.term().equals(event.term()))
                        .as("other grades of %s from day %s to %s", event.term(), event.fromDay(), event.toDay())
                        .allSatisfy(other -> assertThat(
                                        other.fromDay() >= event.toDay() || other.toDay() <= event.fromDay())
                                .isTrue());
            }
        }
    }

    private static void assertHas(Curve curve, AdverseEvent event) {
        double least = Math.min(curve.at(event.fromDay()), curve.at(event.toDay()));
        double most = Math.max(curve.at(event.fromDay()), curve.at(event.toDay()));
        for (int point = 0; point < curve.days().size(); point++) {
            double day = curve.days().get(point);
            if (day >= event.fromDay() && day <= event.toDay()) {
                least = Math.min(least, curve.values().get(point));
                most = Math.max(most, curve.values().get(point));
            }
        }
        double slack = 1e-6 * Math.abs(event.value());
        assertThat(event.value()).isBetween(least - slack, most + slack);
    }

    @Test
    @DisplayName("Law 5, bounds hold: more dose never does less harm, and enough does some")
    void moreDoseIsNotLessHarm() {
        Map<String, Integer> before = new TreeMap<>();
        for (double factor : new double[] {0, 0.3, 1, 3, 10, 100, 1000}) {
            Map<String, Integer> grades = new TreeMap<>();
            assess(newModel(), factor).events().forEach(event -> grades.merge(event.term(), event.grade(), Math::max));
            before.forEach((term, grade) -> assertThat(grades.getOrDefault(term, 0))
                    .as("worst grade of %s at %s times the dose", term, factor)
                    .isGreaterThanOrEqualTo(grade));
            before = grades;
        }
        assertThat(before).as("adverse events at a thousand times the dose").isNotEmpty();
    }

    @Test
    @DisplayName("Law 5, bounds hold: harm stays in bounds at the extremes of the parameters")
    void inBoundsAtExtremes() {
        ToxicityModelDescription d = newModel().description();
        DescriptionAssertions.extremes(d.plugin().parameters(), resolved())
                .forEach((what, parameters) -> unlessRefused(what, exposure(1), parameters));
        DescriptionAssertions.extremes(d.drugParameters(), drug())
                .forEach((what, numbers) -> unlessRefused(
                        what, new ToxicExposure(exposure(1).exposure(), Optional.of(numbers)), resolved()));
    }

    /** A model may refuse numbers that each alone are allowed, and a solver may say that it cannot solve them. */
    private void unlessRefused(String what, ToxicExposure exposure, Parameters parameters) {
        try {
            assertInBounds(newModel().assess(setting(), List.of(exposure), parameters, sequential()), what);
        } catch (InvalidInputException | SolverException refusal) {
            assertThat(refusal.getMessage()).as(what).isNotBlank();
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: a missing parameter or one outside its bounds is refused by name")
    void parametersAreChecked() {
        ToxicityModelDescription d = newModel().description();
        DescriptionAssertions.assertParametersChecked(d.plugin().parameters(), resolved(), parameters -> newModel()
                .assess(setting(), List.of(exposure(1)), parameters, sequential()));
        DescriptionAssertions.assertParametersChecked(d.drugParameters(), drug(), numbers -> newModel()
                .assess(
                        setting(),
                        List.of(new ToxicExposure(exposure(1).exposure(), Optional.of(numbers))),
                        resolved(),
                        sequential()));
    }

    // ---- Law 6 ----

    @Test
    @DisplayName("Law 6, units are declared: parameters, curves and events have UCUM codes")
    void unitsAreDeclared() {
        ToxicityModelDescription d = newModel().description();
        DescriptionAssertions.assertUnits(d.plugin().parameters(), List.of());
        DescriptionAssertions.assertUnits(d.drugParameters(), List.of());
        Toxicity harm = assess(newModel(), 1000);
        harm.curves().forEach(curve -> DescriptionAssertions.assertUnit(curve.unit(), "curve " + curve.name()));
        harm.events().forEach(event -> DescriptionAssertions.assertUnit(event.unit(), "event " + event.term()));
    }

    // ---- Law 7 ----

    @Test
    @DisplayName("Law 7, everything ends: cancelled work ends at once, and ends as cancelled")
    void cancellationIsHonoured() {
        RunContext context = context(new Execution(1, () -> true));
        Throwable outcome = assertTimeoutPreemptively(
                patience(),
                () -> catchThrowable(() -> newModel().assess(setting(), List.of(exposure(1)), resolved(), context)));
        // Work that is too short to be worth a look at the cancellation may end well.
        if (outcome != null) {
            assertThat(outcome).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @DisplayName("Law 7, everything ends: no thread is left")
    void noThreadIsLeft() throws InterruptedException {
        assertThat(StartedThreads.leftBy(() -> assess(newModel(), 1), patience()))
                .as("threads left")
                .isEmpty();
    }

    // ---- Law 10 ----

    @Test
    @DisplayName(
            "Law 10, the log can prove it: the description is complete, and events have its terms, a rule and a source")
    void descriptionIsComplete() {
        ToxicityModelDescription d = newModel().description();
        DescriptionAssertions.assertComplete(d.plugin());
        assertThat(d.equation()).as("equation").isNotBlank();
        assertThat(d.drugSection()).as("section of drugs").matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(d.terms()).as("terms").isNotEmpty();
        Set<String> names = new HashSet<>();
        for (ParameterDescription p : d.drugParameters()) {
            assertThat(names.add(p.name())).as("one number %s", p.name()).isTrue();
            assertThat(p.description()).as("description of %s", p.name()).isNotBlank();
            assertThat(p.source()).as("source of %s", p.name()).isNotBlank();
        }
        assertThat(assess(newModel(), 1000).events()).allSatisfy(event -> {
            assertThat(d.terms()).contains(event.term());
            assertThat(event.rule()).as("rule of %s", event.term()).isNotBlank();
            assertThat(event.source()).as("source of %s", event.term()).isNotBlank();
        });
    }

    @Test
    @DisplayName("Law 10, the log can prove it: the description is the same at every call")
    void descriptionIsConstant() {
        ToxicityModel model = newModel();
        ToxicityModelDescription first = model.description();
        assess(model, 1);
        assertThat(model.description()).isEqualTo(first);
        assertThat(newModel().description()).isEqualTo(first);
    }

    // ---- How the tests ask the model ----

    private Parameters resolved() {
        return Parameters.resolve(newModel().description().plugin().parameters(), parameters());
    }

    private Parameters drug() {
        return Parameters.resolve(newModel().description().drugParameters(), drugParameters());
    }

    private RunContext context(Execution execution) {
        return TestContext.of(
                "toxicity-under-test",
                solvers(execution),
                execution.cancellation(),
                horizon(),
                OptionalDouble.of(TestContext.RELATIVE_TOLERANCE));
    }

    private RunContext sequential() {
        return context(new Execution(1, Cancellation.NEVER));
    }

    private Toxicity assess(ToxicityModel model, double factor) {
        return assess(model, List.of(exposure(factor)));
    }

    private Toxicity assess(ToxicityModel model, List<ToxicExposure> exposures) {
        return model.assess(setting(), exposures, resolved(), sequential());
    }

    private ToxicExposure exposure(double factor) {
        return new ToxicExposure(exposure(DRUG, factor), Optional.of(drug()));
    }

    private ToxicExposure unknown() {
        return new ToxicExposure(exposure(UNKNOWN_DRUG, 1), Optional.empty());
    }

    private DrugExposure exposure(String id, double factor) {
        List<Administration> doses = administrations().stream()
                .map(dose -> new Administration(dose.start(), dose.days(), factor * dose.amount(), dose.route()))
                .toList();
        Map<String, DrugSection> sections = id.equals(DRUG)
                ? Map.of(newModel().description().drugSection(), new DrugSection("made up", new TreeMap<>(), List.of()))
                : Map.of();
        return new DrugExposure(
                new Drug(id, id, List.of(), new TreeMap<>(sections), List.of()), "", doses, disposition(doses));
    }
}
