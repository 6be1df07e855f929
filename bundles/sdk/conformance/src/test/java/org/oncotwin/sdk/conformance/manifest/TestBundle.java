package org.oncotwin.sdk.conformance.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the bundle of a plugin that keeps every rule, unless a test changes it. */
final class TestBundle {

    static final String COMPONENT = "OSGI-INF/org.example.Model.xml";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private String twice = "";

    TestBundle() {
        headers.put("Bundle-ManifestVersion", "2");
        headers.put("Bundle-SymbolicName", "org.example");
        headers.put("Bundle-Version", "1.2.0");
        headers.put("Private-Package", "org.example");
        headers.put(
                "Import-Package",
                "javax.xml.stream,org.apache.commons.math3.ode;version=\"[3.6,4)\",org.oncotwin.api.growth;version=\"[1.0,2)\"");
        headers.put(
                "Provide-Capability",
                "oncotwin.effect;oncotwin.effect=kill-rate,oncotwin.effect;oncotwin.effect=surviving-fraction,oncotwin.growth;oncotwin.growth=example");
        headers.put("Service-Component", COMPONENT);
        file(
                COMPONENT,
                "<component><service><provide interface=\"org.oncotwin.api.growth.GrowthModel\"/></service></component>");
        type("org/example/Model.class", Opcodes.V17);
    }

    TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    TestBundle without(String name) {
        headers.remove(name);
        return this;
    }

    TestBundle file(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestBundle type(String name, int version) {
        entries.put(name, classFile(version, Opcodes.INVOKESTATIC, "java/lang/Math", "abs", "(D)D"));
        return this;
    }

    /** A class with one call. */
    TestBundle calls(int opcode, String owner, String method, String descriptor) {
        entries.put("org/example/Caller.class", classFile(Opcodes.V17, opcode, owner, method, descriptor));
        return this;
    }

    /** Puts an entry in once more, with other content. */
    TestBundle twice(String name) {
        twice = name;
        return this;
    }

    private static byte[] classFile(int version, int opcode, String owner, String name, String descriptor) {
        ClassWriter type = new ClassWriter(0);
        type.visit(version, Opcodes.ACC_PUBLIC, "org/example/Caller", null, "java/lang/Object", null);
        MethodVisitor method = type.visitMethod(Opcodes.ACC_STATIC, "step", "()V", null, null);
        method.visitCode();
        method.visitMethodInsn(opcode, owner, name, descriptor, false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(10, 0);
        method.visitEnd();
        type.visitEnd();
        return type.toByteArray();
    }

    Path write(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        manifest.write(header);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            put(zip, "META-INF/MANIFEST.MF", header.toByteArray());
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
            if (!twice.isEmpty()) {
                // Java refuses to write a name twice; a name of the same length is put in its place afterwards.
                put(zip, stand(twice), new byte[] {1});
            }
        }
        Path file = folder.resolve("bundle.jar");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(
                    twice.isEmpty()
                            ? archive.toByteArray()
                            : archive.toString(StandardCharsets.ISO_8859_1)
                                    .replace(stand(twice), twice)
                                    .getBytes(StandardCharsets.ISO_8859_1));
        }
        return file;
    }

    private static String stand(String name) {
        return "#".repeat(name.length());
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
