package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.AdvancePullBack;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.growth.StateDerivative;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** The example with its derivatives by hand. Rogues spoil one of them. */
class DifferentiableExampleModel extends ExampleModel {

    /** Factor on the derivative with respect to the rate. */
    double byRate() {
        return 1;
    }

    /** Factor on the derivative with respect to the state before instant effects. */
    double byStateBeforeEffects() {
        return 1;
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(List.of(RATE), parameters.values());
        return new DifferentiableProcess(anatomy(setting), checked.value("proliferation"), context);
    }

    private final class DifferentiableProcess extends Process implements DifferentiableGrowthProcess {

        private final Anatomy anatomy;
        private final double rate;

        DifferentiableProcess(Anatomy anatomy, double rate, RunContext context) {
            super(anatomy, rate, context);
            this.anatomy = anatomy;
            this.rate = rate;
        }

        @Override
        public Set<String> differentiableParameters() {
            return Set.of("proliferation");
        }

        @Override
        public GrowthGradient pullBackInitial(
                SimulationTime time, List<Observation> observations, StateDerivative cotangent) {
            return GrowthGradient.of(cotangent);
        }

        @Override
        public GrowthGradient pullBackAdvance(AdvancePullBack question) {
            double from = question.interval().start().days();
            double to = question.interval().end().days();
            double factor =
                    question.effects().get(EffectPort.PROLIFERATION_FACTOR).integral(from, to);
            double[] u = values(question.before());
            double[] cotangent = cotangent(question.cotangent(), question.before());
            double[] before = new double[u.length];
            double[] along = new double[question.directions().size()];
            double byRate = 0;
            for (int index = 0; index < u.length; index++) {
                double rise = rate * factor - kill(question.effects().get(EffectPort.KILL_RATE), index, from, to);
                double rest = StrictMath.exp(-rise);
                double q = u[index] + (1 - u[index]) * rest;
                before[index] = cotangent[index] * rest / (q * q);
                double byRise = before[index] * u[index] * (1 - u[index]);
                byRate += byRise * factor;
                for (int d = 0; d < along.length; d++) {
                    EffectsDerivative direction = question.directions().get(d);
                    along[d] += byRise
                            * (rate
                                            * direction
                                                    .get(EffectPort.PROLIFERATION_FACTOR)
                                                    .integral(from, to)
                                    - kill(direction.get(EffectPort.KILL_RATE), index, from, to));
                }
            }
            return new GrowthGradient(
                    derivative(before),
                    new TreeMap<>(Map.of("proliferation", byRate * byRate())),
                    list(along),
                    new TreeMap<>(),
                    0);
        }

        @Override
        public GrowthGradient pullBackRespond(
                State before, Effects effects, List<EffectsDerivative> directions, StateDerivative cotangent) {
            double[] u = values(before);
            double[] after = cotangent(cotangent, before);
            double[] along = new double[directions.size()];
            double[] derivative = new double[u.length];
            for (int index = 0; index < u.length; index++) {
                derivative[index] = after[index]
                        * effects.get(EffectPort.SURVIVING_FRACTION).at(index)
                        * byStateBeforeEffects();
                for (int d = 0; d < along.length; d++) {
                    along[d] += after[index]
                            * u[index]
                            * directions
                                    .get(d)
                                    .get(EffectPort.SURVIVING_FRACTION)
                                    .at(index);
                }
            }
            return GrowthGradient.of(derivative(derivative), list(along));
        }

        @Override
        public GrowthGradient pullBackObserve(State state, Quantity observable) {
            if (observable.equals(Quantity.TUMOUR_VOLUME)) {
                throw new InvalidInputException(observable.name(), "refused, to show that it may be");
            }
            return GrowthGradient.of(StateDerivative.of(
                    Quantity.TUMOUR_CELLULARITY,
                    Field.constant(anatomy.grid(), anatomy.grid().voxelVolume())));
        }

        private double kill(KillRate rates, int index, double from, double to) {
            return rates.terms().stream()
                    .mapToDouble(t -> t.rate().integral(from, to) * t.weight().at(index))
                    .sum();
        }

        private double[] cotangent(StateDerivative cotangent, State state) {
            return cotangent
                    .field(Quantity.TUMOUR_CELLULARITY, state.field(context.owner(), Quantity.TUMOUR_CELLULARITY))
                    .toArray();
        }

        private StateDerivative derivative(double[] values) {
            return StateDerivative.of(Quantity.TUMOUR_CELLULARITY, Field.owning(anatomy.grid(), values));
        }

        private List<Double> list(double[] values) {
            List<Double> list = new ArrayList<>();
            for (double value : values) {
                list.add(value);
            }
            return list;
        }
    }
}
