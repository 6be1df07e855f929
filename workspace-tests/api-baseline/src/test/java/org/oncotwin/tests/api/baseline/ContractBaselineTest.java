package org.oncotwin.tests.api.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Shows that the gate bites: each change that needs a new version is caught without one, and passes with it. */
@Tag("SR-702")
class ContractBaselineTest {
    private static final String GROWTH = "double advance(double state); double bound();";

    @TempDir
    Path folder;

    /** A contract bundle with one interface, compiled and packed as the build does it. */
    private Path contract(String name, String packageVersion, String bundleVersion, String role, String methods)
            throws Exception {
        Path source = Files.createDirectories(folder.resolve(name + "/src/org/example/contract"));
        Path classes = Files.createDirectories(folder.resolve(name + "/classes"));
        Path info = source.resolve("package-info.java");
        Path type = source.resolve("Model.java");
        Files.writeString(
                info,
                "@org.osgi.annotation.bundle.Export @org.osgi.annotation.versioning.Version(\"" + packageVersion
                        + "\") package org.example.contract;");
        Files.writeString(
                type,
                "package org.example.contract; @org.osgi.annotation.versioning." + role + " public interface Model { "
                        + methods + " }");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        info.toString(),
                        type.toString());
        assertThat(result).as("compiles").isZero();
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName("org.example.contract");
            builder.setBundleVersion(bundleVersion);
            builder.addClasspath(classes.toFile());
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (Files.exists(Path.of(entry))) {
                    builder.addClasspath(new File(entry));
                }
            }
            builder.setProperty("-includepackage", "org.example.contract");
            Path jar = folder.resolve(name + ".jar");
            try (Jar built = builder.build()) {
                assertThat(builder.getErrors()).isEmpty();
                built.write(jar.toFile());
            }
            return jar;
        }
    }

    /** A copy of that jar whose interface has lost the named method; nothing else differs. */
    private Path withoutMethod(Path contract, String method) throws Exception {
        Path copy = folder.resolve("without-" + method + ".jar");
        try (Jar jar = new Jar(contract.toFile())) {
            String path = "org/example/contract/Model.class";
            ClassWriter writer = new ClassWriter(0);
            ClassVisitor removing = new ClassVisitor(Opcodes.ASM9, writer) {
                @Override
                public MethodVisitor visitMethod(
                        int access, String name, String descriptor, String signature, String[] exceptions) {
                    return name.equals(method)
                            ? null
                            : super.visitMethod(access, name, descriptor, signature, exceptions);
                }
            };
            new ClassReader(jar.getResource(path).openInputStream().readAllBytes()).accept(removing, 0);
            jar.putResource(path, new EmbeddedResource(writer.toByteArray(), 0L));
            jar.write(copy.toFile());
        }
        return copy;
    }

    @Test
    void anUnchangedContractPassesWhateverTheBundleVersion() throws Exception {
        Path released = contract("old", "1.0.0", "1.0.0", "ConsumerType", GROWTH);
        Path built = contract("new", "1.0.0", "0.3.0", "ConsumerType", GROWTH);
        assertThat(ContractBaseline.mismatches(released, built)).isEmpty();
    }

    @Test
    void aMethodRemovedFromACopyIsCaught() throws Exception {
        Path released = contract("old", "1.0.0", "1.0.0", "ProviderType", GROWTH);
        List<String> mismatches = ContractBaseline.mismatches(released, withoutMethod(released, "bound"));
        assertThat(mismatches).hasSize(1);
        assertThat(mismatches.get(0))
                .startsWith("org.example.contract has version 1.0.0")
                .endsWith("needs 2.0.0");
    }

    @Test
    void aRemovedMethodNeedsAMajorVersionAMinorOneIsNotEnough() throws Exception {
        Path released = contract("old", "1.0.0", "1.0.0", "ConsumerType", GROWTH);
        String fewer = "double advance(double state);";
        assertThat(ContractBaseline.mismatches(released, contract("minor", "1.1.0", "1.1.0", "ConsumerType", fewer)))
                .hasSize(1);
        assertThat(ContractBaseline.mismatches(released, contract("major", "2.0.0", "1.1.0", "ConsumerType", fewer)))
                .isEmpty();
    }

    @Test
    void aMethodAddedToWhatPluginsImplementNeedsAMajorVersion() throws Exception {
        Path released = contract("old", "1.0.0", "1.0.0", "ConsumerType", GROWTH);
        String more = GROWTH + " double derivative();";
        assertThat(ContractBaseline.mismatches(released, contract("minor", "1.1.0", "1.0.0", "ConsumerType", more)))
                .hasSize(1);
        assertThat(ContractBaseline.mismatches(released, contract("major", "2.0.0", "1.0.0", "ConsumerType", more)))
                .isEmpty();
    }

    @Test
    void aMethodAddedToWhatTheHostProvidesNeedsAMinorVersion() throws Exception {
        Path released = contract("old", "1.0.0", "1.0.0", "ProviderType", GROWTH);
        String more = GROWTH + " double derivative();";
        assertThat(ContractBaseline.mismatches(released, contract("same", "1.0.0", "2.0.0", "ProviderType", more)))
                .hasSize(1);
        assertThat(ContractBaseline.mismatches(released, contract("minor", "1.1.0", "1.0.0", "ProviderType", more)))
                .isEmpty();
    }
}
