package org.oncotwin.change.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.change.plan.Plan.Supplier;

/** Whether a bundle, and the conformance report of it, come from a supplier of the plan and were not altered since. */
final class SignedBundle {

    private final X509Certificate certificate;
    private final Supplier supplier;

    private SignedBundle(X509Certificate certificate, Supplier supplier) {
        this.certificate = certificate;
        this.supplier = supplier;
    }

    /**
     * Checks every entry of a jar.
     *
     * @param label what it is called in messages
     * @throws ChangeRefusedException if an entry is not signed by a supplier of the plan, or was altered
     */
    static SignedBundle check(Path jar, String label, List<Supplier> suppliers, Instant now) throws IOException {
        Optional<X509Certificate> signer = Optional.empty();
        byte[] buffer = new byte[1 << 16];
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                try (InputStream in = file.getInputStream(entry)) {
                    while (in.read(buffer) >= 0) {
                        // Reading to the end is what verifies an entry.
                        continue;
                    }
                }
                if (!entry.isDirectory() && !isSignatureFile(entry.getName())) {
                    X509Certificate one = trusted(label, entry, suppliers);
                    if (signer.isPresent() && !signer.get().equals(one)) {
                        throw new ChangeRefusedException(label + " is signed by more than one supplier");
                    }
                    signer = Optional.of(one);
                }
            }
        } catch (SecurityException altered) {
            throw new ChangeRefusedException(label + " was altered after it was signed: " + altered.getMessage());
        }
        X509Certificate certificate = signer.orElseThrow(() -> new ChangeRefusedException(label + " is empty"));
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new ChangeRefusedException(label + " is signed with a certificate that is good from "
                    + date(certificate.getNotBefore()) + " to " + date(certificate.getNotAfter()) + ", not now");
        }
        return new SignedBundle(certificate, supplier(certificate, suppliers).orElseThrow());
    }

    private static Instant date(Date date) {
        return date.toInstant();
    }

    /** What makes up the signature itself (JAR file specification). */
    private static boolean isSignatureFile(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("META-INF/MANIFEST.MF")
                || upper.startsWith("META-INF/")
                        && upper.indexOf('/', "META-INF/".length()) < 0
                        && (upper.endsWith(".SF")
                                || upper.endsWith(".RSA")
                                || upper.endsWith(".DSA")
                                || upper.endsWith(".EC"));
    }

    private static X509Certificate trusted(String label, JarEntry entry, List<Supplier> suppliers) {
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null) {
            throw new ChangeRefusedException(label + " is not signed, or not wholly: the entry " + entry.getName()
                    + " has no signature; the modelling group signs with the profile 'sign' of the SDK");
        }
        for (CodeSigner signer : signers) {
            if (signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate certificate
                    && supplier(certificate, suppliers).isPresent()) {
                return certificate;
            }
        }
        throw new ChangeRefusedException(label + " is signed, but by none of the suppliers of the plan: "
                + suppliers.stream().map(Supplier::name).toList());
    }

    private static Optional<Supplier> supplier(X509Certificate certificate, List<Supplier> suppliers) {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            return suppliers.stream()
                    .filter(supplier -> supplier.certificate().equals(hash))
                    .findFirst();
        } catch (CertificateEncodingException unreadable) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Name of the supplier. */
    String supplier() {
        return supplier.name();
    }

    /**
     * Checks the conformance report of the bundle.
     *
     * @param label what the bundle is called in messages
     * @param sha256 hash of the bundle
     * @throws ChangeRefusedException if it is not signed by the supplier, about another bundle or not conformant
     */
    void requireConformance(Conformance kept, ContentStore contents, String label, String sha256) throws IOException {
        byte[] content = read(contents, kept.report());
        if (!isSignedBySupplier(content, read(contents, kept.signature()))) {
            throw new ChangeRefusedException(
                    "the conformance report is not signed by " + supplier.name() + ", or was altered since");
        }
        JsonNode root = new ObjectMapper().readTree(content);
        if (!sha256.equals(root.path("bundle").path("sha256").asText())) {
            throw new ChangeRefusedException("the conformance report is about another file than " + label);
        }
        if (!root.path("conformant").asBoolean(false)) {
            throw new ChangeRefusedException(
                    "the conformance report says that the bundle is not conformant: " + root.path("gaps"));
        }
    }

    private static byte[] read(ContentStore contents, String sha256) throws IOException {
        try (InputStream in = contents.open(sha256)) {
            return in.readAllBytes();
        }
    }

    private boolean isSignedBySupplier(byte[] content, byte[] signature) {
        String algorithm = certificate.getPublicKey().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
