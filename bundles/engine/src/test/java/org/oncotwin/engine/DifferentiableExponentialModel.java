package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.growth.AdvancePullBack;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.growth.StateDerivative;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** The exponential model with its derivatives, which tests can spoil. */
final class DifferentiableExponentialModel extends ExponentialModel {

    /** Called with what pulling back over an interval gives; tests put their mischief here. */
    UnaryOperator<GrowthGradient> spoil = gradient -> gradient;

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        return new DifferentiableProcess(parameters.value("proliferation"), context.owner());
    }

    private final class DifferentiableProcess extends Process implements DifferentiableGrowthProcess {

        private final String label;

        DifferentiableProcess(double rate, String owner) {
            super(rate, owner);
            this.label = owner;
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
            Interval interval = question.interval();
            double before = question.before().scalar(label, Quantity.TUMOUR_VOLUME);
            double after = ((ScalarComponent) advance(question.before(), interval, question.effects())
                            .get(0))
                    .value();
            double cotangent = question.cotangent().scalar(Quantity.TUMOUR_VOLUME);
            List<Double> along = new ArrayList<>();
            for (EffectsDerivative direction : question.directions()) {
                along.add(-cotangent
                        * after
                        * direction
                                .get(EffectPort.KILL_RATE)
                                .uniformRate()
                                .integral(
                                        interval.start().days(), interval.end().days()));
            }
            return spoil.apply(new GrowthGradient(
                    StateDerivative.of(Quantity.TUMOUR_VOLUME, cotangent * after / before),
                    new TreeMap<>(Map.of("proliferation", cotangent * after * interval.days())),
                    along,
                    new TreeMap<>(),
                    0));
        }

        @Override
        public GrowthGradient pullBackRespond(
                State before, Effects effects, List<EffectsDerivative> directions, StateDerivative cotangent) {
            double volume = before.scalar(label, Quantity.TUMOUR_VOLUME);
            double with = cotangent.scalar(Quantity.TUMOUR_VOLUME);
            return GrowthGradient.of(
                    StateDerivative.of(
                            Quantity.TUMOUR_VOLUME,
                            with * effects.get(EffectPort.SURVIVING_FRACTION).at(0)),
                    directions.stream()
                            .map(d -> with
                                    * volume
                                    * d.get(EffectPort.SURVIVING_FRACTION).at(0))
                            .toList());
        }

        @Override
        public GrowthGradient pullBackObserve(State state, Quantity observable) {
            return GrowthGradient.of(StateDerivative.of(Quantity.TUMOUR_VOLUME, 1));
        }
    }
}
