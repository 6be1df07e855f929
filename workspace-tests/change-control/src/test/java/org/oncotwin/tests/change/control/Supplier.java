package org.oncotwin.tests.change.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Who signs bundles, with a key and a certificate made for the test. */
final class Supplier {

    private static final String PASSWORD = "for-this-test";

    private final PrivateKey key;
    private final Certificate certificate;

    private Supplier(PrivateKey key, Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** Makes a supplier, or finds the one that was made under this name before. */
    static Supplier named(Path folder, String name) throws IOException, GeneralSecurityException {
        Path store = Files.createDirectories(folder).resolve(name + ".p12");
        if (!Files.exists(store)) {
            keytool(store, name);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new Supplier(
                (PrivateKey) keys.getKey("supplier", PASSWORD.toCharArray()), keys.getCertificate("supplier"));
    }

    private static void keytool(Path store, String name) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "supplier",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** SHA-256 of the certificate, as plans name it. */
    String sha256() throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    /** The jar, signed, in a folder beside it. */
    Path sign(Path jar) throws IOException, GeneralSecurityException {
        Path signed = Files.createDirectories(jar.resolveSibling("signed")).resolve(jar.getFileName());
        JarSigner signer = new JarSigner.Builder(
                        key, CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)))
                .signerName("SUPPLIER")
                .build();
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            signer.sign(in, out);
        }
        return signed;
    }

    /** Signs bytes as the SDK signs a conformance report. */
    byte[] signature(byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }
}
