package org.oncotwin.sdk.conformance;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.oncotwin.api.twin.RandomStreams;

/**
 * Random numbers for tests: hashes seed, purpose and keys into the seed of a {@link SplittableRandom}. Its address is its only input, so that plugins cannot come to depend on the
 * order of requests.
 *
 * @param seed seed of the run
 */
public record SplittableRandomStreams(long seed) implements RandomStreams {

    @Override
    public RandomGenerator stream(String purpose, long... keys) {
        long hash = mix(seed);
        hash = mix(hash ^ purpose.length());
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i));
        }
        for (long key : keys) {
            hash = mix(hash ^ key);
        }
        return new SplittableRandom(hash);
    }

    /** One step of SplitMix64 (Steele, Lea and Flood 2014, https://doi.org/10.1145/2660193.2660195). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
