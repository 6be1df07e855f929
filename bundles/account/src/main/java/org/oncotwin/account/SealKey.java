package org.oncotwin.account;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.oncotwin.api.store.StoreException;

/** The key with which the site seals signatures: Ed25519, private and public part in two files of the site folder. */
final class SealKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "signatures.key";
    private static final String PUBLIC = "signatures.pub";

    private final PrivateKey secret;
    private final PublicKey open;

    SealKey(Path folder) {
        try {
            KeyPair fresh = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            // The public part first: a private part without it could not be checked.
            if (!folder.resolve(PRIVATE).toFile().exists()) {
                folder.resolve(PUBLIC).toFile().delete();
            }
            byte[] publicPart =
                    KeyFiles.readOrMake(folder, PUBLIC, () -> fresh.getPublic().getEncoded());
            byte[] privatePart = KeyFiles.readOrMake(
                    folder, PRIVATE, () -> fresh.getPrivate().getEncoded());
            open = factory.generatePublic(new X509EncodedKeySpec(publicPart));
            secret = factory.generatePrivate(new PKCS8EncodedKeySpec(privatePart));
        } catch (GeneralSecurityException e) {
            throw new StoreException("the site's key for signatures cannot be used", e);
        }
        if (!holds("check", seal("check"))) {
            throw new StoreException("the two parts of the site's key for signatures do not belong together");
        }
    }

    String seal(String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new StoreException("a signature cannot be sealed", e);
        }
    }

    boolean holds(String text, String seal) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(open);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(seal));
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            return false;
        }
    }
}
