package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class StencilTest {

    private static double derivative(Stencil stencil, DoubleUnaryOperator function) {
        double sum = 0;
        for (int n = 0; n < stencil.points().length; n++) {
            sum += stencil.weights()[n] * function.applyAsDouble(stencil.points()[n]);
        }
        return sum;
    }

    @Test
    void differentiatesBetweenAndAtBounds() {
        for (double at : new double[] {0, 0.3, 1}) {
            Stencil exact = Stencil.ofExact(at, at == 0 ? 1 : at, 0, 1).orElseThrow();
            Stencil runs = Stencil.ofRuns(at, at == 0 ? 1 : at, 0, 1).orElseThrow();
            for (Stencil stencil : new Stencil[] {exact, runs}) {
                assertThat(Arrays.stream(stencil.points()).allMatch(p -> p >= 0 && p <= 1))
                        .isTrue();
                assertThat(derivative(stencil, x -> Math.exp(2 * x)))
                        .as("%s at %s", stencil, at)
                        .isCloseTo(2 * Math.exp(2 * at), within(1e-8));
            }
        }
    }

    @Test
    void findsNoRoomInASinglePoint() {
        assertThat(Stencil.ofExact(1, 1, 1, 1)).isEmpty();
        assertThat(Stencil.ofRuns(1, 1, 1, 1)).isEmpty();
    }
}
