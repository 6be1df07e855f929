package org.oncotwin.api.twin;

import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Random numbers as a function of their address: the same seed, purpose and keys give the same stream, whoever asks, in whatever order, on however many
 * threads. A plugin keeps no generator between calls; it asks again with, for example, the time as a key.
 */
@ProviderType
public interface RandomStreams {

    /**
     * The stream at an address.
     *
     * @param purpose what the numbers are for, unique within the plugin
     * @param keys what distinguishes this stream from others with that purpose: time in milliseconds, agent number ...
     */
    RandomGenerator stream(String purpose, long... keys);
}
