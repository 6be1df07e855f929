package org.oncotwin.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** The key of the site (Ed25519, RFC 8032) that signs the heads of its audit trail. */
final class SiteKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE_FILE = "audit-key";
    private static final String PUBLIC_FILE = "audit-key.pub";

    private final PublicKey publicKey;
    private final Optional<PrivateKey> privateKey;

    private SiteKey(PublicKey publicKey, Optional<PrivateKey> privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /**
     * Reads the key of a site.
     *
     * @return the key, which cannot sign if its private part is not there; empty if there is no public part
     * @throws IOException if a part cannot be read, or the parts do not belong together
     */
    static Optional<SiteKey> read(Path folder) throws IOException {
        Path publicFile = folder.resolve(PUBLIC_FILE);
        Path privateFile = folder.resolve(PRIVATE_FILE);
        if (!Files.exists(publicFile)) {
            return Optional.empty();
        }
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(decoded(publicFile)));
            Optional<PrivateKey> privateKey = Files.exists(privateFile)
                    ? Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(decoded(privateFile))))
                    : Optional.empty();
            SiteKey key = new SiteKey(publicKey, privateKey);
            if (privateKey.isPresent() && !key.verifies("proof", key.sign("proof"))) {
                throw new IOException(PRIVATE_FILE + " and " + PUBLIC_FILE + " do not belong together");
            }
            return Optional.of(key);
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IOException("the key of the audit trail cannot be read", wrong);
        }
    }

    /** Makes a key. The public part is named last: a key whose public part is there is whole. */
    static SiteKey make(Path folder) throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            write(folder, PRIVATE_FILE, pair.getPrivate().getEncoded());
            write(folder, PUBLIC_FILE, pair.getPublic().getEncoded());
            return new SiteKey(pair.getPublic(), Optional.of(pair.getPrivate()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void write(Path folder, String name, byte[] encoded) throws IOException {
        FileAttribute<?>[] owner =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path file = folder.resolve(name + ".unfinished");
        Files.deleteIfExists(file);
        Files.createFile(file, owner);
        try {
            try (FileOutputStream output = new FileOutputStream(file.toFile())) {
                output.write((Base64.getEncoder().encodeToString(encoded) + "\n").getBytes(StandardCharsets.US_ASCII));
                output.getFD().sync();
            }
            Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            DurableFolder.force(folder);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static byte[] decoded(Path file) throws IOException {
        return Base64.getDecoder()
                .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    boolean canSign() {
        return privateKey.isPresent();
    }

    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey.orElseThrow(
                    () -> new IllegalStateException("the private key of the audit trail is not there")));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean verifies(String text, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(publicKey);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.verify(bytes);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
