package org.oncotwin.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.oncotwin.api.store.StoreException;

/** The key with which the site seals signatures: Ed25519, private and public part in two files of the site folder. */
final class SealKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "signatures.key";
    private static final String PUBLIC = "signatures.pub";

    private final PrivateKey secret;
    private final PublicKey open;

    /**
     * The key of a site; made at the first time.
     *
     * @param used true if there are signatures, which only this key fits
     */
    SealKey(Path folder, boolean used) {
        try {
            KeyPair fresh = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            Optional<String> signatures = used ? Optional.of("signatures") : Optional.empty();
            Optional<String> pair = Files.exists(folder.resolve(PUBLIC)) ? Optional.of("a file " + PUBLIC) : signatures;
            byte[] privatePart = KeyFiles.readOrMake(folder, PRIVATE, used ? signatures : pair, () -> fresh.getPrivate()
                    .getEncoded());
            // The private part first: the public one can be made of it if the process ends between the two.
            byte[] publicPart = KeyFiles.readOrMake(folder, PUBLIC, signatures, () -> publicPart(privatePart));
            open = factory.generatePublic(new X509EncodedKeySpec(publicPart));
            secret = factory.generatePrivate(new PKCS8EncodedKeySpec(privatePart));
        } catch (GeneralSecurityException e) {
            throw new StoreException("the site's key for signatures cannot be used", e);
        }
        if (!holds("check", seal("check"))) {
            throw new StoreException("the two parts of the site's key for signatures do not belong together");
        }
    }

    private static byte[] publicPart(byte[] privatePart) {
        try {
            Ed25519PrivateKeyParameters secret = (Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(privatePart);
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(secret.generatePublicKey())
                    .getEncoded();
        } catch (IOException e) {
            throw new StoreException("the site's key for signatures cannot be used", e);
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
