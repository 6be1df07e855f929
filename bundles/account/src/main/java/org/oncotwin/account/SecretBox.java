package org.oncotwin.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.oncotwin.api.store.StoreException;

/** Secrets of authenticators as they lie in the database: encrypted (AES-256-GCM) with a key outside it, each bound to its account. */
final class SecretBox {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    SecretBox(byte[] key, SecureRandom random) {
        this.random = random;
        this.key = new SecretKeySpec(key, "AES");
    }

    String close(String account, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] closed = carryOut(Cipher.ENCRYPT_MODE, nonce, account, secret);
        byte[] both = Arrays.copyOf(nonce, nonce.length + closed.length);
        System.arraycopy(closed, 0, both, nonce.length, closed.length);
        return Base64.getEncoder().encodeToString(both);
    }

    byte[] open(String account, String box) {
        byte[] both = Base64.getDecoder().decode(box);
        return carryOut(
                Cipher.DECRYPT_MODE,
                Arrays.copyOf(both, NONCE_BYTES),
                account,
                Arrays.copyOfRange(both, NONCE_BYTES, both.length));
    }

    private byte[] carryOut(int mode, byte[] nonce, String account, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new StoreException("the secret of account " + account + " cannot be read with this site's key", e);
        }
    }
}
