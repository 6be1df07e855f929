package org.oncotwin.account;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes of passwords by Argon2id (RFC 9106), three passes over as much memory as is configured, one lane, with a salt of their own. Written as
 * {@code memory$salt$hash}, memory in MiB and the rest in Base64, so that a hash can be checked after the memory was configured anew.
 */
final class PasswordHash {

    private static final int PASSES = 3;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final int memory;
    private final SecureRandom random;

    /**
     * Hashes with some memory.
     *
     * @param memory in MiB
     */
    PasswordHash(int memory, SecureRandom random) {
        this.memory = memory;
        this.random = random;
    }

    String of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return memory + "$" + text(salt) + "$" + text(hash(memory, salt, password));
    }

    static boolean matches(String hash, char[] password) {
        String[] parts = hash.split("\\$", -1);
        byte[] wanted = Base64.getDecoder().decode(parts[2]);
        byte[] salt = Base64.getDecoder().decode(parts[1]);
        return MessageDigest.isEqual(wanted, hash(Integer.parseInt(parts[0]), salt, password));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(int memory, byte[] salt, char[] password) {
        byte[] bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)).array();
        int length = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)).remaining();
        byte[] secret = Arrays.copyOf(bytes, length);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(PASSES)
                .withMemoryAsKB(memory << 10)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(secret, hash);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        return hash;
    }
}
