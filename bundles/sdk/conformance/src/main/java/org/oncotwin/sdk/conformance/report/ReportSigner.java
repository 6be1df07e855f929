package org.oncotwin.sdk.conformance.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Signs a report with the key that signs the bundle. */
final class ReportSigner {

    /** Property with the keystore; set by the build that signs. */
    static final String KEYSTORE = "oncotwin.sign.keystore";

    /** Property with the alias of the key. */
    static final String ALIAS = "oncotwin.sign.alias";

    /** Variable of the environment with the password of keystore and key: it stands on no command line and in no file. */
    static final String PASSWORD = "ONCOTWIN_SIGN_STOREPASS";

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final PrivateKey key;
    private final Certificate[] chain;

    private ReportSigner(PrivateKey key, Certificate[] chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * The signer that the build asks for, if it asks for one.
     *
     * @param properties value of a property, or null
     * @param environment value of a variable, or null
     */
    static Optional<ReportSigner> of(UnaryOperator<String> properties, UnaryOperator<String> environment)
            throws IOException, GeneralSecurityException {
        String keystore = properties.apply(KEYSTORE);
        if (keystore == null || keystore.isBlank()) {
            return Optional.empty();
        }
        String alias = properties.apply(ALIAS);
        char[] password = required(environment, PASSWORD);
        KeyStore store = KeyStore.getInstance(Path.of(keystore).toFile(), password);
        Key key = alias == null ? null : store.getKey(alias, password);
        if (!(key instanceof PrivateKey privateKey)) {
            throw new GeneralSecurityException(ALIAS + ": the keystore has no private key '" + alias + "'");
        }
        return Optional.of(new ReportSigner(privateKey, store.getCertificateChain(alias)));
    }

    private static char[] required(UnaryOperator<String> environment, String variable) throws GeneralSecurityException {
        String value = environment.apply(variable);
        if (value == null) {
            throw new GeneralSecurityException("the environment has no " + variable);
        }
        return value.toCharArray();
    }

    /** Name of the signature's algorithm for a kind of key. */
    static String algorithm(Key key) throws GeneralSecurityException {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default ->
                throw new GeneralSecurityException(
                        "the key is of the kind " + key.getAlgorithm() + "; allowed are RSA and EC");
        };
    }

    /** Writes the signature and the certificates beside a file. */
    void sign(Path file) throws IOException, GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(key));
        signature.initSign(key);
        signature.update(Files.readAllBytes(file));
        Files.write(file.resolveSibling(file.getFileName() + ConformanceReport.SIGNATURE_SUFFIX), signature.sign());
        StringBuilder pem = new StringBuilder();
        for (Certificate certificate : chain) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(PEM.encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.writeString(
                file.resolveSibling(file.getFileName() + ConformanceReport.CERTIFICATE_SUFFIX),
                pem,
                StandardCharsets.US_ASCII);
    }
}
