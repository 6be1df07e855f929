package org.oncotwin.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.oncotwin.api.twin.RandomStreams;

/**
 * Random streams by address, from the counter-based generator Philox-4x64 (Salmon et al. 2011, doi:10.1145/2063384.2063405). The generator's key is a hash of seed,
 * participant and purpose; the upper words of its counter are a hash of the keys of the stream.
 */
final class KeyedRandomStreams implements RandomStreams {

    private final long seed;
    private final String participant;

    KeyedRandomStreams(long seed, String participant) {
        this.seed = seed;
        this.participant = participant;
    }

    @Override
    public RandomGenerator stream(String purpose, long... keys) {
        MessageDigest digest = Hashes.sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
        for (String part : new String[] {participant, purpose}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        ByteBuffer key = ByteBuffer.wrap(digest.digest());
        ByteBuffer address = ByteBuffer.allocate(Long.BYTES * keys.length);
        for (long k : keys) {
            address.putLong(k);
        }
        digest.reset();
        ByteBuffer counter = ByteBuffer.wrap(digest.digest(address.array()));
        // Key of two words, then the counter from its lowest word, which starts at 0 so that a stream has 2^66 numbers
        // of its own.
        long[] start = {key.getLong(), key.getLong(), 0, counter.getLong(), counter.getLong(), counter.getLong()};
        UniformRandomProvider philox = RandomSource.PHILOX_4X64.create(start);
        return philox::nextLong;
    }
}
