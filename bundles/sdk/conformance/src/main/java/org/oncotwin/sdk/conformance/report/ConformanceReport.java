package org.oncotwin.sdk.conformance.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/** A conformance report as it was read: its content, its bytes, and its signature if it has one. */
public final class ConformanceReport {

    /** Name of the report. */
    public static final String FILE = "report.json";

    /** What follows the name of the report in that of its signature. */
    public static final String SIGNATURE_SUFFIX = ".sig";

    /** What follows the name of the report in that of the signer's certificates. */
    public static final String CERTIFICATE_SUFFIX = ".pem";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReportContent content;
    private final byte[] bytes;
    private final Optional<byte[]> signature;

    private ConformanceReport(ReportContent content, byte[] bytes, Optional<byte[]> signature) {
        this.content = content;
        this.bytes = bytes;
        this.signature = signature;
    }

    /**
     * Reads a report, and the signature beside it if there is one. Neither is trusted yet: see {@link #verify} and {@link #isOf}.
     *
     * @param file {@code report.json}
     * @throws IOException if it cannot be read, or is of a form that this kit does not know
     */
    public static ConformanceReport read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ReportContent content = JSON.readValue(bytes, ReportContent.class);
        if (!ReportContent.SCHEMA.equals(content.schema())) {
            throw new IOException(file.getFileName() + " has the form " + content.schema() + "; this kit reads "
                    + ReportContent.SCHEMA);
        }
        Path beside = file.resolveSibling(file.getFileName() + SIGNATURE_SUFFIX);
        return new ConformanceReport(
                content, bytes, Files.exists(beside) ? Optional.of(Files.readAllBytes(beside)) : Optional.empty());
    }

    /** What it says. */
    public ReportContent content() {
        return content;
    }

    /** Whether it has a signature, right or wrong. */
    public boolean isSigned() {
        return signature.isPresent();
    }

    /**
     * Whether the holder of a certificate's key signed exactly these bytes. Whether the certificate is to be trusted is for the caller to know.
     *
     * @param certificate the signer's
     * @return false also if there is no signature
     * @throws GeneralSecurityException if the kind of key is not known
     */
    public boolean verify(X509Certificate certificate) throws GeneralSecurityException {
        if (signature.isEmpty()) {
            return false;
        }
        Signature verifier = Signature.getInstance(ReportSigner.algorithm(certificate.getPublicKey()));
        verifier.initVerify(certificate.getPublicKey());
        verifier.update(bytes);
        try {
            return verifier.verify(signature.get());
        } catch (java.security.SignatureException malformed) {
            return false;
        }
    }

    /** Whether it is about this file, byte for byte. */
    public boolean isOf(Path bundle) throws IOException {
        return sha256(bundle).equals(content.bundle().sha256());
    }

    /** SHA-256 of a file in hexadecimal. */
    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
