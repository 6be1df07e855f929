package org.oncotwin.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SR-1201")
class OneTimeCodesTest {

    /** RFC 6238, appendix B, SHA-1: its codes have eight digits, of which ours are the last six, because both are remainders of the same number. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void codesArePublishedOnes(long seconds, String published) {
        byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        assertThat(new OneTimeCodes().step(secret, published.substring(2), Instant.ofEpochSecond(seconds), 0))
                .hasValue(seconds / 30);
    }
}
