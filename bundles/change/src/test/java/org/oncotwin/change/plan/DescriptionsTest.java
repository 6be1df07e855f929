package org.oncotwin.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.change.plan.Difference.Kind;

@Tag("SR-1102")
class DescriptionsTest {

    private static final ParameterDescription RATE =
            ParameterDescription.optional("rate", "/d", 0.1, 0, 1, "Growth rate", "Paper 2020");
    private static final PluginDescription PLUGIN = new PluginDescription(
            "model", "Model", "Adults.", List.of("No metastases."), List.of(RATE), List.of("Paper"));
    private static final SolverNeed STIFF = SolverNeed.of(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS);
    private static final InputDescription DOSE = InputDescription.quantity("dose", "Gy", 0, 100, "Dose");
    private static final SolverDescription SOLVER = new SolverDescription(
            "grid",
            "Grid",
            2,
            true,
            Set.of(SolverKind.REACTION_DIFFUSION),
            Set.of(SolverFeature.PULL_BACK),
            List.of("a"),
            List.of("b"));

    private static GrowthModelDescription growth(PluginDescription plugin) {
        return new GrowthModelDescription(
                plugin,
                List.of(Quantity.TUMOUR_VOLUME),
                List.of(Quantity.TUMOUR_VOLUME),
                Set.of(EffectPort.KILL_RATE),
                false,
                1,
                "dV/dt = rV",
                Set.of(STIFF));
    }

    private static PluginDescription with(ParameterDescription... parameters) {
        return new PluginDescription(
                PLUGIN.id(),
                PLUGIN.title(),
                PLUGIN.contextOfUse(),
                PLUGIN.limitations(),
                List.of(parameters),
                PLUGIN.references());
    }

    private static TreatmentModalityDescription treatment(InputDescription... inputs) {
        return new TreatmentModalityDescription(
                PLUGIN, List.of(inputs), List.of(), Set.of(EffectPort.KILL_RATE), 1, "S = exp(-aD)", Set.of());
    }

    private static List<Difference> parameters(ParameterDescription from, ParameterDescription to) {
        return Descriptions.between(growth(with(from)), growth(with(to)));
    }

    private static Difference difference(Kind kind, String words) {
        return new Difference(kind, words);
    }

    @Test
    void whatIsTheSameHasNoDifference() {
        assertThat(Descriptions.between(growth(PLUGIN), growth(with(RATE)))).isEmpty();
        assertThat(Descriptions.between(treatment(DOSE), treatment(DOSE))).isEmpty();
        assertThat(Descriptions.between(SOLVER, SOLVER)).isEmpty();
    }

    @Test
    void texts() {
        PluginDescription other = new PluginDescription(
                "model", "Better model", "Children.", List.of(), List.of(RATE), List.of("Paper", "Other paper"));
        assertThat(Descriptions.between(growth(PLUGIN), growth(other)))
                .containsExactly(
                        difference(Kind.TEXT, "the title was Model and is Better model"),
                        difference(Kind.TEXT, "the context of use was Adults. and is Children."),
                        difference(Kind.TEXT, "the limitations was [No metastases.] and is []"),
                        difference(Kind.TEXT, "the references was [Paper] and is [Paper, Other paper]"));
    }

    @Test
    void parametersByWhatDiffers() {
        ParameterDescription required = ParameterDescription.required("rate", "/d", 0, 1, "Growth rate", "Paper 2020");
        assertThat(parameters(
                        RATE, ParameterDescription.optional("rate", "/d", 0.2, 0, 1, "Growth rate", "Paper 2020")))
                .containsExactly(
                        difference(Kind.PARAMETER_DEFAULT, "the default of parameter rate was 0.1 /d and is 0.2 /d"));
        assertThat(parameters(RATE, RATE.withPrior(Prior.normal(0.1, 0.02))))
                .containsExactly(difference(
                        Kind.PARAMETER_DEFAULT, "the prior of parameter rate was none and is normal(0.1, 0.02)"));
        assertThat(parameters(
                        RATE, ParameterDescription.optional("rate", "/d", 0.1, 0, 2, "Growth rate", "Paper 2020")))
                .containsExactly(
                        difference(Kind.PARAMETER_RANGE, "the range of parameter rate was 0 to 1 /d and is 0 to 2 /d"));
        assertThat(parameters(
                        RATE, ParameterDescription.optional("rate", "/wk", 0.1, 0, 1, "Growth rate", "Paper 2020")))
                .extracting(Difference::kind)
                .contains(Kind.PARAMETER_MEANING);
        assertThat(parameters(RATE, RATE.byTissue()))
                .containsExactly(difference(
                        Kind.PARAMETER_MEANING, "the values by tissue of parameter rate was false and is true"));
        assertThat(parameters(RATE, ParameterDescription.optional("rate", "/d", 0.1, 0, 1, "Rate", "Paper 2024")))
                .extracting(Difference::kind)
                .containsExactly(Kind.TEXT, Kind.TEXT);
        assertThat(parameters(RATE, required))
                .containsExactly(
                        difference(Kind.PARAMETER_REMOVED, "the default of parameter rate was 0.1 /d and is none"));
        assertThat(parameters(required, RATE))
                .as("a case that had to give it still may")
                .containsExactly(
                        difference(Kind.PARAMETER_DEFAULT, "the default of parameter rate was none and is 0.1 /d"));
    }

    @Test
    void parametersMoreAndLess() {
        ParameterDescription more = ParameterDescription.optional("delay", "d", 0, 0, 10, "Delay", "Paper");
        ParameterDescription needed = ParameterDescription.required("delay", "d", 0, 10, "Delay", "Paper");
        assertThat(Descriptions.between(growth(with(RATE)), growth(with(RATE, more))))
                .containsExactly(difference(Kind.PARAMETER_ADDED, "parameter delay was added"));
        assertThat(Descriptions.between(growth(with(RATE)), growth(with(RATE, needed))))
                .containsExactly(
                        difference(Kind.PARAMETER_REMOVED, "parameter delay was added and every case must give it"));
        assertThat(Descriptions.between(growth(with(RATE, more)), growth(with(RATE))))
                .containsExactly(difference(Kind.PARAMETER_REMOVED, "parameter delay is gone"));
    }

    @Test
    void inputsOfTreatments() {
        InputDescription choice = InputDescription.choice("days", List.of("weekdays", "daily"), "Days");
        assertThat(Descriptions.between(treatment(DOSE), treatment(DOSE, choice)))
                .containsExactly(difference(Kind.INPUT_ADDED, "input days was added"));
        assertThat(Descriptions.between(treatment(), treatment(DOSE)))
                .containsExactly(difference(Kind.INPUT_CHANGED, "input dose was added and every case must give it"));
        assertThat(Descriptions.between(treatment(DOSE, choice), treatment(DOSE)))
                .containsExactly(difference(Kind.INPUT_CHANGED, "input days is gone"));
        assertThat(Descriptions.between(
                        treatment(DOSE), treatment(InputDescription.quantity("dose", "Gy", 0, 60, "Dose"))))
                .containsExactly(difference(
                        Kind.INPUT_CHANGED,
                        "input dose was quantity from 0.0 to 100.0 Gy, required and is"
                                + " quantity from 0.0 to 60.0 Gy, required"));
        assertThat(Descriptions.between(
                        treatment(choice),
                        treatment(InputDescription.choice("days", List.of("weekdays", "twice"), "Days"))))
                .containsExactly(difference(
                        Kind.INPUT_CHANGED,
                        "input days was choice one of [weekdays, daily], by default weekdays and is"
                                + " choice one of [weekdays, twice], by default weekdays"));
        assertThat(Descriptions.between(
                        treatment(DOSE),
                        treatment(InputDescription.quantity("dose", "Gy", 0, 100, "Dose of a fraction"))))
                .containsExactly(
                        difference(Kind.TEXT, "the description of input dose was Dose and is Dose of a fraction"));
    }

    @Test
    void contractOfAGrowthModel() {
        Quantity wider = new Quantity("tumour.volume", "cm3", QuantityKind.SCALAR, -1, 10, "");
        GrowthModelDescription other = new GrowthModelDescription(
                PLUGIN,
                List.of(Quantity.TUMOUR_CELLULARITY),
                List.of(wider),
                Set.of(EffectPort.KILL_RATE, EffectPort.SURVIVING_FRACTION),
                true,
                2,
                "dV/dt = rV(1 - V/K)",
                Set.of());
        assertThat(Descriptions.between(growth(PLUGIN), other))
                .containsExactly(
                        difference(Kind.EQUATION, "the equation was dV/dt = rV and is dV/dt = rV(1 - V/K)"),
                        difference(
                                Kind.INITIAL_QUANTITY,
                                "initial quantity field tumour.cellularity in 1 from 0.0 to Infinity was added"),
                        difference(
                                Kind.INITIAL_QUANTITY,
                                "initial quantity scalar tumour.volume in cm3 from 0.0 to Infinity is gone"),
                        difference(
                                Kind.QUANTITY,
                                "quantity tumour.volume was scalar tumour.volume in cm3 from 0.0 to Infinity and is"
                                        + " scalar tumour.volume in cm3 from -1.0 to 10.0"),
                        difference(
                                Kind.EFFECT_PORT,
                                "the effect ports was [kill-rate] and is [kill-rate, surviving-fraction]"),
                        difference(Kind.INITIAL_QUANTITY, "the need of anatomy was false and is true"),
                        difference(Kind.STATE_SCHEMA, "the schema version of the state was 1 and is 2"),
                        difference(
                                Kind.SOLVER,
                                "the needs of solvers was [stiff ordinary differential equations] and is []"));
    }

    @Test
    void quantityThatBecomesAFieldIsAnotherOne() {
        GrowthModelDescription same = growth(PLUGIN);
        Quantity field = new Quantity(
                "tumour.volume", "cm3", QuantityKind.FIELD, 0, Double.POSITIVE_INFINITY, "volume of a voxel");
        GrowthModelDescription other = new GrowthModelDescription(
                PLUGIN,
                same.initialQuantities(),
                List.of(field),
                same.honouredPorts(),
                false,
                1,
                same.equation(),
                same.solverNeeds());
        assertThat(Descriptions.between(same, other))
                .extracting(Difference::kind)
                .containsExactly(Kind.QUANTITY);
    }

    @Test
    void contractOfATreatment() {
        TreatmentModalityDescription other = new TreatmentModalityDescription(
                PLUGIN,
                List.of(DOSE),
                List.of(new Quantity("drug.amount", "mg", QuantityKind.SCALAR, 0, 10, "")),
                Set.of(EffectPort.SURVIVING_FRACTION),
                3,
                "S = exp(-aD - bD2)",
                Set.of(STIFF));
        assertThat(Descriptions.between(treatment(DOSE), other))
                .extracting(Difference::kind)
                .containsExactly(Kind.EQUATION, Kind.QUANTITY, Kind.EFFECT_PORT, Kind.STATE_SCHEMA, Kind.SOLVER);
    }

    @Test
    void contractOfASolver() {
        SolverDescription other = new SolverDescription(
                "grid",
                "Better grid",
                4,
                false,
                Set.of(),
                Set.of(SolverFeature.PULL_BACK, SolverFeature.CONDITIONS),
                List.of(),
                List.of("c"));
        assertThat(Descriptions.between(SOLVER, other))
                .containsExactly(
                        difference(Kind.TEXT, "the title was Grid and is Better grid"),
                        difference(Kind.TEXT, "the limitations was [a] and is []"),
                        difference(Kind.TEXT, "the references was [b] and is [c]"),
                        difference(Kind.EQUATION, "the order was 2 and is 4"),
                        difference(Kind.EQUATION, "the stability was true and is false"),
                        difference(
                                Kind.SOLVER, "the kinds of problem was [reaction and diffusion on a grid] and is []"),
                        difference(
                                Kind.SOLVER,
                                "the features was [derivatives of an objective] and is"
                                        + " [conditions on the state, derivatives of an objective]"));
    }

    @Test
    void everyKindHasAWordOfItsOwn() {
        assertThat(EnumSet.allOf(Kind.class))
                .extracting(Kind::word)
                .doesNotHaveDuplicates()
                .contains("state_schema");
    }

    @Test
    void parameterWithoutUnitIsSaidWithoutOne() {
        ParameterDescription one = new ParameterDescription(
                "fraction", "1", OptionalDouble.of(0.5), 0, 1, Optional.empty(), false, "Fraction", "Paper");
        ParameterDescription other = new ParameterDescription(
                "fraction", "1", OptionalDouble.of(0.6), 0, 1, Optional.empty(), false, "Fraction", "Paper");
        assertThat(parameters(one, other))
                .containsExactly(
                        difference(Kind.PARAMETER_DEFAULT, "the default of parameter fraction was 0.5 and is 0.6"));
    }
}
