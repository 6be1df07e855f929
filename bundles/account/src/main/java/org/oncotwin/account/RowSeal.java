package org.oncotwin.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.oncotwin.api.store.StoreException;

/** Seals of rows (HMAC-SHA256) by a key that lies outside the database: who can only write to the database can make none. */
final class RowSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String LABEL = "oncotwin rows of accounts and sessions 1";

    private final SecretKeySpec key;

    /**
     * With a key of its own, derived from that of the accounts.
     *
     * @param accountsKey key of the accounts
     */
    RowSeal(byte[] accountsKey) {
        this.key = new SecretKeySpec(
                mac(new SecretKeySpec(accountsKey, ALGORITHM), LABEL.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    String of(List<String> parts) {
        return HexFormat.of().formatHex(mac(key, text(parts).getBytes(StandardCharsets.UTF_8)));
    }

    boolean holds(String seal, List<String> parts) {
        return MessageDigest.isEqual(of(parts).getBytes(StandardCharsets.UTF_8), seal.getBytes(StandardCharsets.UTF_8));
    }

    /** Each part with its length, so that nothing can be moved from one part to the next. */
    static String text(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(part.length()).append(':').append(part).append('\n');
        }
        return text.toString();
    }

    private static byte[] mac(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new StoreException("a row of the accounts cannot be sealed", e);
        }
    }
}
