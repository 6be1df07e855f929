package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/**
 * The laws that every pharmacokinetic model obeys. Extend it beside the model once for each kind of drug that it treats differently (linear, saturable, oral), say what a typical drug is, and leave the tests as they are. Laws
 * 8 and 9 ask nothing: a disposition holds no state and is not differentiated.
 */
public abstract class PharmacokineticModelContractTest {

    private static final String OWNER = "course-under-test";
    private static final double SAME_INSTANT_DAYS = 1.0 / SimulationTime.MILLISECONDS_PER_DAY;

    /** For implementations. */
    protected PharmacokineticModelContractTest() {}

    /** A new instance of the model at each call. */
    protected abstract PharmacokineticModel newModel();

    /** Numbers of a typical drug in the declared units; those left out take their defaults. */
    protected abstract Map<String, Double> drugParameters();

    /** Typical parameters of the model itself in the declared units; those left out take their defaults. */
    protected Map<String, Double> parameters() {
        return Map.of();
    }

    /** Covariates and markers of the patient; none unless overridden. */
    protected Setting setting() {
        return Setting.empty();
    }

    /** Solvers that run as told; none unless overridden. */
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.none();
    }

    /** Doses within the first two thirds of {@link #horizon()}: unless overridden, infusions, two of which overlap, and an injection at once. */
    protected List<Administration> administrations() {
        return List.of(
                new Administration(SimulationTime.ofDays(2.25), 1.0 / 24, 120, Route.INTRAVENOUS),
                new Administration(SimulationTime.ofDays(5), 2, 60, Route.INTRAVENOUS),
                new Administration(SimulationTime.ofDays(6.5), 3.0 / 24, 90, Route.INTRAVENOUS),
                new Administration(SimulationTime.ofDays(9), 0, 75, Route.INTRAVENOUS));
    }

    /** Time from the start of a dose by mouth to that of its absorption, in days; 0 unless overridden. */
    protected double lag() {
        return 0;
    }

    /** The run over which concentrations are wanted. */
    protected Interval horizon() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(21));
    }

    /** Largest difference between what was given and what is present or eliminated, relative to all that is given. */
    protected double massTolerance() {
        return 1e-9;
    }

    /** Difference of a concentration allowed when the run is longer, relative to the largest concentration. Loosen it only with a written reason. */
    protected double tolerance() {
        return 1e-6;
    }

    /** How long cancelled work may take to end: the second of law 7 and room for a loaded machine. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    // ---- Law 1 ----

    @Test
    @DisplayName(
            "Law 1, same in, same out: repeated, by the same model and by a new one, concentrations have the same bits")
    void repeatedIsTheSame() {
        PharmacokineticModel model = newModel();
        Reading first = read(disposition(model, administrations(), sequential()));
        assertThat(read(disposition(model, administrations(), sequential()))).isEqualTo(first);
        assertThat(read(disposition())).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 1, same in, same out: locale and time zone change nothing")
    void localeAndTimeZoneChangeNothing() {
        Reading here = read(disposition());
        assertThat(Surroundings.elsewhere(() -> read(disposition())))
                .allSatisfy(there -> assertThat(there).isEqualTo(here));
    }

    @Test
    @DisplayName("Law 1, same in, same out: the number of threads changes nothing")
    void threadsChangeNothing() {
        Reading one = read(disposition());
        for (int threads : new int[] {2, 4}) {
            RunContext context = context(new Execution(threads, Cancellation.NEVER), horizon());
            assertThat(read(disposition(newModel(), administrations(), context)))
                    .as("%d threads", threads)
                    .isEqualTo(one);
        }
    }

    @Test
    @DisplayName("Law 1, same in, same out: one model serves several runs at once, and so does one disposition")
    void runsAtOnceDoNotMeet() {
        PharmacokineticModel shared = newModel();
        Reading alone = read(disposition());
        assertThat(Surroundings.together(() -> read(disposition(shared, administrations(), sequential()))))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
        Disposition disposition = disposition();
        assertThat(Surroundings.together(() -> read(disposition)))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
    }

    // ---- Law 2 ----

    @Test
    @DisplayName("Law 2, a step is a step: integrals of concentrations are the integrals of their values")
    void integralsAreIntegrals() {
        Disposition disposition = disposition();
        for (String site : disposition.sites()) {
            TimeFunction concentration = disposition.concentration(site);
            List<Double> ends = new ArrayList<>(edges());
            for (int piece = 1; piece < ends.size(); piece++) {
                double from = ends.get(piece - 1);
                double to = ends.get(piece);
                double quadrature = quadrature(concentration, from, to);
                double all = concentration.integral(ends.get(0), ends.get(ends.size() - 1));
                assertThat(Math.abs(concentration.integral(from, to) - quadrature))
                        .as(
                                "%s, integral from day %s to %s is %s, by quadrature %s",
                                site, from, to, concentration.integral(from, to), quadrature)
                        .isLessThanOrEqualTo(1e-6 * Math.max(Math.abs(quadrature), 1e-3 * all));
            }
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: the integral over a time is the sum of those over its parts")
    void integralsAdd() {
        Disposition disposition = disposition();
        double start = horizon().start().days();
        double end = horizon().end().days();
        for (String site : disposition.sites()) {
            TimeFunction concentration = disposition.concentration(site);
            double whole = concentration.integral(start, end);
            for (double day : days()) {
                double parts = concentration.integral(start, day) + concentration.integral(day, end);
                assertThat(Math.abs(parts - whole))
                        .as("%s, parts until and after day %s: %s, the whole %s", site, day, parts, whole)
                        .isLessThanOrEqualTo(1e-10 * Math.abs(whole));
                assertThat(concentration.integral(day, day))
                        .as("%s, integral over no time on day %s", site, day)
                        .isZero();
            }
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: concentrations jump or bend where doses start and end, and nowhere else")
    void jumpsAreDoses() {
        Disposition disposition = disposition();
        double start = horizon().start().days();
        double end = horizon().end().days();
        for (String site : disposition.sites()) {
            TimeFunction concentration = disposition.concentration(site);
            double[] jumps = concentration.jumps(start, end);
            assertThat(jumps).as("%s, where it jumps", site).isSorted().doesNotHaveDuplicates();
            for (double jump : jumps) {
                assertThat(edges())
                        .as("%s jumps on day %s: starts and ends of doses", site, jump)
                        .anySatisfy(edge -> assertThat(Math.abs(edge - jump)).isLessThan(SAME_INSTANT_DAYS));
                assertThat(concentration.jumps(start, jump)).as(site).doesNotContain(jump);
                assertThat(concentration.jumps(jump, end)).as(site).doesNotContain(jump);
            }
        }
        double[] plasma = disposition.concentration(Disposition.PLASMA).jumps(start, end);
        for (double edge : edges()) {
            if (edge > start && edge < end) {
                assertThat(Arrays.stream(plasma).anyMatch(jump -> Math.abs(edge - jump) < SAME_INSTANT_DAYS))
                        .as(
                                "jumps of plasma, %s, name the dose that starts or ends on day %s",
                                Arrays.toString(plasma), edge)
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: a longer run changes no earlier concentration")
    void longerRunChangesNothing() {
        Disposition usual = disposition();
        Interval twice = new Interval(
                horizon().start(),
                horizon()
                        .end()
                        .plusMilliseconds(horizon().end().milliseconds()
                                - horizon().start().milliseconds()));
        Disposition longer = disposition(newModel(), administrations(), context(Execution.sequential(), twice));
        for (String site : usual.sites()) {
            double largest = 0;
            for (double day : days()) {
                largest = Math.max(largest, usual.concentration(site).at(day));
            }
            for (double day : days()) {
                double before = usual.concentration(site).at(day);
                double after = longer.concentration(site).at(day);
                assertThat(Math.abs(after - before))
                        .as("%s on day %s: %s, in a run twice as long %s", site, day, before, after)
                        .isLessThanOrEqualTo(tolerance() * largest);
            }
        }
    }

    // ---- Law 3 ----

    @Test
    @DisplayName("Law 3, nothing hides: what was asked before does not matter")
    void historyDoesNotMatter() {
        PharmacokineticModel model = newModel();
        Disposition disposition = disposition(model, administrations(), sequential());
        Reading first = read(disposition);
        disposition(model, scaled(3), sequential());
        List<Double> backwards = new ArrayList<>(days());
        Collections.reverse(backwards);
        for (double day : backwards) {
            disposition.concentration(Disposition.PLASMA).at(day);
            disposition.massBalance(day);
        }
        assertThat(read(disposition)).isEqualTo(first);
        assertThat(read(disposition(model, administrations(), sequential()))).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 3, nothing hides: doses, setting and parameters that went in are not changed")
    void inputsAreNotChanged() {
        Setting setting = setting();
        Setting settingBefore = new Setting(setting.anatomy(), setting.covariates(), setting.markers());
        Dosing dosing = dosing(administrations(), drug());
        Dosing dosingBefore =
                new Dosing(dosing.drug(), new Parameters(dosing.parameters().values()), dosing.administrations());
        Parameters parameters = resolved();
        Parameters parametersBefore = new Parameters(parameters.values());
        read(newModel().disposition(setting, dosing, parameters, sequential()));
        assertThat(setting).isEqualTo(settingBefore);
        assertThat(dosing).isEqualTo(dosingBefore);
        assertThat(parameters).isEqualTo(parametersBefore);
    }

    // ---- Law 4 ----

    @Test
    @DisplayName("Law 4, zero is zero: no dose and doses of 0 mg give concentrations of exactly 0")
    void zeroDoseGivesNothing() {
        for (List<Administration> nothing : List.of(List.<Administration>of(), scaled(0))) {
            Disposition disposition = disposition(newModel(), nothing, sequential());
            for (String site : disposition.sites()) {
                TimeFunction concentration = disposition.concentration(site);
                for (double day : days()) {
                    assertThat(concentration.at(day))
                            .as("%s on day %s", site, day)
                            .isZero();
                }
                assertThat(concentration.integral(
                                horizon().start().days(), horizon().end().days()))
                        .as("integral of %s", site)
                        .isZero();
            }
            for (double day : days()) {
                assertThat(disposition.massBalance(day))
                        .as("mass balance on day %s", day)
                        .isEqualTo(new MassBalance(0, 0, 0));
            }
        }
    }

    @Test
    @DisplayName("Law 4, zero is zero: before the first dose there is nothing")
    void nothingBeforeTheFirstDose() {
        Disposition disposition = disposition();
        double first = administrations().get(0).start().days();
        for (String site : disposition.sites()) {
            TimeFunction concentration = disposition.concentration(site);
            for (double part : new double[] {0, 0.3, 0.999999}) {
                double day = horizon().start().days()
                        + part * (first - horizon().start().days());
                assertThat(concentration.at(day)).as("%s on day %s", site, day).isZero();
                assertThat(concentration.integral(horizon().start().days(), day))
                        .as("integral of %s until day %s", site, day)
                        .isZero();
                assertThat(disposition.massBalance(day)).isEqualTo(new MassBalance(0, 0, 0));
            }
        }
    }

    // ---- Law 5 ----

    @Test
    @DisplayName("Law 5, bounds hold: what was given is present or eliminated, at all times")
    void massIsKept() {
        assertMassKept(disposition(), administrations());
        assertMassKept(disposition(newModel(), scaled(100), sequential()), scaled(100));
    }

    @Test
    @DisplayName("Law 5, bounds hold: concentrations are finite and not negative, and doses lead to some")
    void concentrationsAreInRange() {
        Disposition disposition = disposition();
        assertInRange(disposition, "typical drug");
        double last = administrations().get(administrations().size() - 1).endDay();
        for (String site : disposition.sites()) {
            assertThat(disposition
                            .concentration(site)
                            .integral(horizon().start().days(), last))
                    .as("exposure at %s", site)
                    .isPositive();
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: concentrations stay in range at the extremes of the parameters")
    void concentrationsStayInRangeAtExtremes() {
        PharmacokineticModelDescription d = newModel().description();
        DescriptionAssertions.extremes(d.plugin().parameters(), resolved())
                .forEach((name, parameters) -> unlessRefused(() -> newModel()
                                .disposition(setting(), dosing(administrations(), drug()), parameters, sequential()))
                        .ifPresent(disposition -> {
                            assertInRange(disposition, name);
                            assertMassKept(disposition, administrations());
                        }));
        DescriptionAssertions.extremes(d.drugParameters(), drug()).forEach((name, drug) -> unlessRefused(() ->
                        newModel().disposition(setting(), dosing(administrations(), drug), resolved(), sequential()))
                .ifPresent(disposition -> {
                    assertInRange(disposition, name);
                    assertMassKept(disposition, administrations());
                }));
    }

    @Test
    @DisplayName("Law 5, bounds hold: more dose never leads to less exposure")
    void moreDoseExposesMore() {
        double start = horizon().start().days();
        double end = horizon().end().days();
        Map<String, Double> last = new TreeMap<>();
        for (double factor : new double[] {0, 0.1, 1, 1.5, 10}) {
            Disposition disposition = disposition(newModel(), scaled(factor), sequential());
            for (String site : disposition.sites()) {
                double exposure = disposition.concentration(site).integral(start, end);
                assertThat(exposure)
                        .as("exposure at %s at %s times the dose", site, factor)
                        .isGreaterThanOrEqualTo(last.getOrDefault(site, 0.0));
                last.put(site, exposure);
            }
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: a site that is not known is refused, and plasma always is")
    void unknownSiteIsRefused() {
        Disposition disposition = disposition();
        assertThat(disposition.sites()).contains(Disposition.PLASMA);
        Throwable refusal = catchThrowable(() -> disposition.concentration("no-such-site"));
        assertThat(refusal).isInstanceOf(InvalidInputException.class);
        assertThat(refusal.getMessage()).contains(disposition.sites());
    }

    @Test
    @DisplayName("Law 5, bounds hold: a missing parameter or one outside its bounds is refused by name")
    void parametersAreChecked() {
        PharmacokineticModelDescription d = newModel().description();
        DescriptionAssertions.assertParametersChecked(d.plugin().parameters(), resolved(), parameters -> newModel()
                .disposition(setting(), dosing(administrations(), drug()), parameters, sequential()));
        DescriptionAssertions.assertParametersChecked(d.drugParameters(), drug(), drug -> newModel()
                .disposition(setting(), dosing(administrations(), drug), resolved(), sequential()));
    }

    // ---- Law 6 ----

    @Test
    @DisplayName("Law 6, units are declared: parameters of the model and of drugs have UCUM codes")
    void unitsAreDeclared() {
        PharmacokineticModelDescription d = newModel().description();
        DescriptionAssertions.assertUnits(d.plugin().parameters(), List.of());
        DescriptionAssertions.assertUnits(d.drugParameters(), List.of());
    }

    // ---- Law 7 ----

    @Test
    @DisplayName("Law 7, everything ends: cancelled work ends at once, and ends as cancelled")
    void cancellationIsHonoured() {
        Cancellation cancelled = () -> true;
        RunContext context = context(new Execution(1, cancelled), horizon());
        Throwable outcome = assertTimeoutPreemptively(
                patience(), () -> catchThrowable(() -> disposition(newModel(), administrations(), context)));
        // Work that is too short to be worth a look at the cancellation may end well.
        if (outcome != null) {
            assertThat(outcome).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @DisplayName("Law 7, everything ends: no thread is left")
    void noThreadIsLeft() throws InterruptedException {
        assertThat(StartedThreads.leftBy(() -> read(disposition()), patience()))
                .as("threads left")
                .isEmpty();
    }

    // ---- Law 10 ----

    @Test
    @DisplayName("Law 10, the log can prove it: the description is complete")
    void descriptionIsComplete() {
        PharmacokineticModelDescription d = newModel().description();
        DescriptionAssertions.assertComplete(d.plugin());
        assertThat(d.equation()).as("equation").isNotBlank();
        assertThat(d.drugSection()).as("section of drugs").matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        Set<String> names = new HashSet<>();
        for (ParameterDescription p : d.drugParameters()) {
            assertThat(names.add(p.name())).as("one number %s", p.name()).isTrue();
            assertThat(p.description()).as("description of %s", p.name()).isNotBlank();
            assertThat(p.source()).as("source of %s", p.name()).isNotBlank();
        }
    }

    @Test
    @DisplayName("Law 10, the log can prove it: the description is the same at every call")
    void descriptionIsConstant() {
        PharmacokineticModel model = newModel();
        PharmacokineticModelDescription first = model.description();
        disposition(model, administrations(), sequential());
        assertThat(model.description()).isEqualTo(first);
        assertThat(newModel().description()).isEqualTo(first);
    }

    // ---- How the tests ask the model ----

    /** All that a disposition says, as plain numbers. */
    private record Reading(SortedSet<String> sites, List<Double> values, List<MassBalance> balances) {

        /** Short, because thousands of numbers explain nothing. */
        @Override
        public String toString() {
            return values.size() + " numbers at " + sites + ", the last " + values.get(values.size() - 1);
        }
    }

    private Parameters resolved() {
        return Parameters.resolve(newModel().description().plugin().parameters(), parameters());
    }

    private Parameters drug() {
        return Parameters.resolve(newModel().description().drugParameters(), drugParameters());
    }

    private RunContext context(Execution execution, Interval horizon) {
        return TestContext.of(
                OWNER,
                solvers(execution),
                execution.cancellation(),
                horizon,
                OptionalDouble.of(TestContext.RELATIVE_TOLERANCE));
    }

    private RunContext sequential() {
        return context(Execution.sequential(), horizon());
    }

    private Disposition disposition() {
        return disposition(newModel(), administrations(), sequential());
    }

    private Disposition disposition(PharmacokineticModel model, List<Administration> doses, RunContext context) {
        return model.disposition(setting(), dosing(doses, drug()), resolved(), context);
    }

    private Dosing dosing(List<Administration> doses, Parameters drug) {
        String section = newModel().description().drugSection();
        Drug tested = new Drug(
                "drug-under-test",
                "Drug under test",
                List.of(),
                new TreeMap<>(Map.of(section, new DrugSection("made up", new TreeMap<>(), List.of()))),
                List.of());
        return new Dosing(tested, drug, doses);
    }

    private List<Administration> scaled(double factor) {
        return administrations().stream()
                .map(dose -> new Administration(dose.start(), dose.days(), factor * dose.amount(), dose.route()))
                .toList();
    }

    /** A model may refuse numbers that each alone are allowed, and a solver may say that it cannot solve them. */
    private static Optional<Disposition> unlessRefused(Supplier<Disposition> call) {
        try {
            return Optional.of(call.get());
        } catch (InvalidInputException | SolverException refusal) {
            assertThat(refusal.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private Reading read(Disposition disposition) {
        List<Double> values = new ArrayList<>();
        for (String site : disposition.sites()) {
            TimeFunction concentration = disposition.concentration(site);
            double last = horizon().start().days();
            for (double day : days()) {
                values.add(concentration.at(day));
                values.add(concentration.integral(last, day));
                last = day;
            }
        }
        return new Reading(
                disposition.sites(),
                values,
                days().stream().map(disposition::massBalance).toList());
    }

    private void assertInRange(Disposition disposition, String what) {
        for (String site : disposition.sites()) {
            TimeFunction concentration = disposition.concentration(site);
            double last = horizon().start().days();
            for (double day : days()) {
                assertThat(concentration.at(day))
                        .as("%s: %s on day %s", what, site, day)
                        .isFinite()
                        .isNotNegative();
                assertThat(concentration.integral(last, day))
                        .as("%s: integral of %s from day %s to %s", what, site, last, day)
                        .isFinite()
                        .isNotNegative();
                last = day;
            }
        }
    }

    private void assertMassKept(Disposition disposition, List<Administration> doses) {
        double all = doses.stream().mapToDouble(Administration::amount).sum();
        double eliminated = 0;
        for (double day : days()) {
            MassBalance balance = disposition.massBalance(day);
            double given = given(doses, day);
            assertThat(Math.abs(balance.given() - given))
                    .as("given until day %s: %s, expected %s", day, balance.given(), given)
                    .isLessThanOrEqualTo(massTolerance() * all);
            assertThat(Math.abs(balance.given() - balance.present() - balance.eliminated()))
                    .as("given less present and eliminated on day %s: %s", day, balance)
                    .isLessThanOrEqualTo(massTolerance() * all);
            assertThat(balance.present()).as("present on day %s", day).isNotNegative();
            assertThat(balance.eliminated())
                    .as("eliminated until day %s", day)
                    .isGreaterThanOrEqualTo(eliminated - massTolerance() * all)
                    .isNotNegative();
            eliminated = balance.eliminated();
        }
    }

    private static double given(List<Administration> doses, double day) {
        double given = 0;
        for (Administration dose : doses) {
            double since = day - dose.start().days();
            if (since >= dose.days()) {
                given += dose.amount();
            } else if (since > 0) {
                given += dose.amount() * since / dose.days();
            }
        }
        return given;
    }

    // ---- Time ----

    /** Start and end of the horizon, and within it where doses start and end and where absorption does. */
    private SortedSet<Double> edges() {
        SortedSet<Double> edges = new TreeSet<>();
        double start = horizon().start().days();
        double end = horizon().end().days();
        for (Administration dose : administrations()) {
            for (double later : dose.route() == Route.ORAL ? new double[] {0, lag()} : new double[] {0}) {
                edges.add(dose.start().days() + later);
                edges.add(dose.endDay() + later);
            }
        }
        edges.removeIf(day -> day <= start || day >= end);
        edges.add(start);
        edges.add(end);
        return edges;
    }

    /** Days on which the tests look: between edges, close after each, and far from them, but not at them, where a function may jump. */
    private List<Double> days() {
        SortedSet<Double> days = new TreeSet<>();
        List<Double> edges = new ArrayList<>(edges());
        for (int piece = 1; piece < edges.size(); piece++) {
            double from = edges.get(piece - 1);
            double length = edges.get(piece) - from;
            for (double part : new double[] {1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.999}) {
                days.add(from + part * length);
            }
        }
        days.add(horizon().end().days());
        return List.copyOf(days);
    }

    /** Composite Simpson rule on panels that are finer close after the start, where concentrations change fast. */
    private static double quadrature(TimeFunction f, double from, double to) {
        double sum = 0;
        double length = to - from;
        double end = to;
        for (int halving = 1; halving <= 24; halving++) {
            double start = from + length * Math.scalb(1.0, -halving);
            sum += simpson(f, start, end);
            end = start;
        }
        return sum + simpson(f, from, end);
    }

    private static double simpson(TimeFunction f, double from, double to) {
        int panels = 200;
        double h = (to - from) / panels;
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            double a = from + i * h;
            // The last point is taken just before the end, where the next piece may begin with a jump.
            double b = i == panels - 1 ? Math.nextDown(to) : a + h;
            sum += f.at(a) + 4 * f.at(a + h / 2) + f.at(b);
        }
        return sum * h / 6;
    }
}
