package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Compiled classes with JUnit's annotations, read without being loaded. */
final class TestCode {

    private static final String TAG = "Lorg/junit/jupiter/api/Tag;";
    private static final String TAGS = "Lorg/junit/jupiter/api/Tags;";
    private static final String NESTED = "Lorg/junit/jupiter/api/Nested;";
    private static final Set<String> TESTS = Set.of(
            "Lorg/junit/jupiter/api/Test;",
            "Lorg/junit/jupiter/api/TestFactory;",
            "Lorg/junit/jupiter/api/TestTemplate;",
            "Lorg/junit/jupiter/api/RepeatedTest;",
            "Lorg/junit/jupiter/params/ParameterizedTest;",
            // Tests in a framework are run by Pax Exam through JUnit 4; Jupiter's tag serves them as well, for it is
            // only read.
            "Lorg/junit/Test;");

    /** A method with its own tags; {@code test} says whether JUnit runs it. */
    record Method(Set<String> tags, boolean test) {}

    /** A class with its own tags; names are binary names, {@code outer} is the class it is {@code @Nested} in. */
    record Type(
            String name,
            String superName,
            boolean isAbstract,
            Optional<String> outer,
            Set<String> tags,
            Map<String, Method> methods,
            FileTime compiled) {}

    private final Map<String, Type> types = new TreeMap<>();

    /** Reads all classes under a folder; one that is not there has none. */
    List<Type> read(Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        Map<String, Type> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.endsWith("module-info.class"))
                    .toList()) {
                Type type = type(file);
                found.put(type.name(), type);
            }
        }
        types.putAll(found);
        return List.copyOf(found.values());
    }

    /** The methods that JUnit runs of a class, its own and inherited ones, each with all its tags. */
    Map<String, Set<String>> tests(Type type) {
        Map<String, Set<String>> tests = new TreeMap<>();
        // A class within another that is not @Nested is material of a test, such as a plugin with a fault, and is not
        // run.
        if (type.isAbstract() || type.outer().isEmpty() && type.name().indexOf('$') >= 0) {
            return tests;
        }
        Set<String> ofTheClass = tags(type);
        Set<String> seen = new TreeSet<>();
        for (Type at = type; at != null; at = types.get(at.superName())) {
            at.methods().forEach((name, method) -> {
                if (seen.add(name) && method.test()) {
                    Set<String> tags = new TreeSet<>(ofTheClass);
                    tags.addAll(method.tags());
                    tests.put(name, tags);
                }
            });
        }
        return tests;
    }

    /** The classes, and the method with its class before it, whose tags a test of a class has. */
    Set<String> tagged(String className, String method) {
        Set<String> places = new TreeSet<>(classes(className));
        for (Type at = types.get(className); at != null; at = types.get(at.superName())) {
            if (at.methods().containsKey(method)) {
                places.add(at.name() + "." + method);
                break;
            }
        }
        return places;
    }

    private Set<String> classes(String className) {
        Set<String> classes = new TreeSet<>();
        for (Type at = types.get(className); at != null; at = types.get(at.superName())) {
            classes.add(at.name());
            at.outer().ifPresent(outer -> classes.addAll(classes(outer)));
        }
        return classes;
    }

    /** Tags of a class, of those it inherits from and of those it is nested in. */
    private Set<String> tags(Type type) {
        Set<String> tags = new TreeSet<>();
        classes(type.name()).stream()
                .map(types::get)
                .filter(Objects::nonNull)
                .forEach(each -> tags.addAll(each.tags()));
        return tags;
    }

    private static Type type(Path file) throws IOException {
        Reading reading = new Reading();
        try {
            new ClassReader(Files.readAllBytes(file))
                    .accept(reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException e) {
            throw new IOException(file.getFileName() + " is no class that can be read", e);
        }
        return new Type(
                reading.name,
                reading.superName,
                reading.isAbstract,
                reading.nested ? Optional.of(reading.outer) : Optional.empty(),
                reading.tags,
                reading.methods,
                Files.getLastModifiedTime(file));
    }

    private static final class Reading extends ClassVisitor {

        private final Set<String> tags = new TreeSet<>();
        private final Map<String, Method> methods = new HashMap<>();
        private String name;
        private String superName;
        private String outer;
        private boolean isAbstract;
        private boolean nested;

        Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String type, String signature, String parent, String[] interfaces) {
            name = type.replace('/', '.');
            superName = parent == null ? "" : parent.replace('/', '.');
            isAbstract = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) != 0;
        }

        @Override
        public void visitInnerClass(String inner, String enclosing, String simpleName, int access) {
            if (enclosing != null && inner.replace('/', '.').equals(name)) {
                outer = enclosing.replace('/', '.');
            }
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            nested |= descriptor.equals(NESTED);
            return new Tags(descriptor, tags);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            Set<String> own = new TreeSet<>();
            return new MethodVisitor(Opcodes.ASM9) {
                private boolean test;

                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    test |= TESTS.contains(annotation);
                    return new Tags(annotation, own);
                }

                @Override
                public void visitEnd() {
                    // Of methods of one name the one that is a test counts.
                    methods.merge(method, new Method(own, test), (before, now) -> before.test() ? before : now);
                }
            };
        }
    }

    /** Collects the values of one tag, or of several that the compiler has put together. */
    private static final class Tags extends AnnotationVisitor {

        private final String descriptor;
        private final Set<String> tags;

        Tags(String descriptor, Set<String> tags) {
            super(Opcodes.ASM9);
            this.descriptor = descriptor;
            this.tags = tags;
        }

        @Override
        public void visit(String element, Object value) {
            if (descriptor.equals(TAG)) {
                tags.add(value.toString());
            }
        }

        @Override
        public AnnotationVisitor visitArray(String element) {
            return descriptor.equals(TAGS) ? this : null;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String element, String annotation) {
            return new Tags(annotation, tags);
        }
    }
}
