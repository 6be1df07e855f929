package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SR-212")
class KeyedRandomStreamsTest {

    @Test
    void addressDeterminesTheStream() {
        long expected = new KeyedRandomStreams(1, "a").stream("division", 3, 4).nextLong();
        KeyedRandomStreams streams = new KeyedRandomStreams(1, "a");
        streams.stream("division", 9).nextLong();
        assertThat(streams.stream("division", 3, 4).nextLong()).isEqualTo(expected);
    }

    @Test
    void everyPartOfTheAddressMatters() {
        Set<Long> first = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            for (String participant : new String[] {"a", "b", "ab"}) {
                for (String purpose : new String[] {"c", "bc", ""}) {
                    KeyedRandomStreams streams = new KeyedRandomStreams(seed, participant);
                    first.add(streams.stream(purpose).nextLong());
                    for (long key = 0; key < 10; key++) {
                        first.add(streams.stream(purpose, key).nextLong());
                        first.add(streams.stream(purpose, key, 0).nextLong());
                    }
                }
            }
        }
        assertThat(first).hasSize(10 * 9 * 21);
    }

    @Test
    void neighbouringStreamsAreUncorrelated() {
        int n = 20_000;
        KeyedRandomStreams streams = new KeyedRandomStreams(1, "a");
        double sum = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            RandomGenerator one = streams.stream("x", i);
            RandomGenerator next = streams.stream("x", i + 1);
            double a = one.nextDouble() - 0.5;
            sum += a;
            product += a * (next.nextDouble() - 0.5);
        }
        // Standard errors: sqrt(1/12/n) and 1/12/sqrt(n); five of them.
        assertThat(sum / n).isCloseTo(0, within(5 * Math.sqrt(1.0 / 12 / n)));
        assertThat(product / n).isCloseTo(0, within(5.0 / 12 / Math.sqrt(n)));
    }
}
