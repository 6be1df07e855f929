package org.oncotwin.sdk.conformance.manifest;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds calls whose result is not the same tomorrow: of clocks and of random numbers without a given seed. A run under another time would only find them by luck, so the code itself is
 * read.
 */
final class ForbiddenCalls {

    /** Owner, name and descriptor of calls of a clock. */
    private static final Pattern CLOCK = Pattern.compile("java/lang/System\\.(currentTimeMillis|nanoTime)\\(.*"
            + "|java/time/[A-Za-z/]+\\.now\\(.*"
            + "|java/time/Clock\\.(system|tick)\\w*\\(.*"
            + "|java/time/InstantSource\\.system\\(.*"
            + "|java/util/Date\\.<init>\\(\\)V"
            + "|java/util/GregorianCalendar\\.<init>\\(.*"
            + "|java/util/Calendar\\.getInstance\\(.*");

    /** Owner, name and descriptor of calls for random numbers that nobody can repeat. */
    private static final Pattern RANDOM = Pattern.compile("java/lang/Math\\.random\\(.*"
            + "|java/lang/StrictMath\\.random\\(.*"
            + "|java/util/(Random|SplittableRandom)\\.<init>\\(\\)V"
            + "|java/util/concurrent/ThreadLocal\\w+\\.current\\(.*"
            + "|java/util/UUID\\.randomUUID\\(.*"
            + "|java/util/random/RandomGenerator\\.(getDefault|of)\\(.*"
            + "|java/util/random/RandomGeneratorFactory\\.create\\(\\).*"
            + "|java/security/SecureRandom\\.(<init>|getInstance\\w*)\\(.*"
            + "|java/util/Collections\\.shuffle\\(Ljava/util/List;\\)V"
            + "|org/apache/commons/math3/random/\\w+\\.<init>\\(\\)V"
            + "|org/apache/commons/math3/distribution/\\w+\\.sample\\(.*"
            + "|org/apache/commons/rng/simple/RandomSource\\.create\\(\\).*");

    /** Constructors of Commons Math without arguments that draw nothing. */
    private static final Set<String> HARMLESS = Set.of(
            "org/apache/commons/math3/random/EmpiricalDistribution.<init>()V",
            "org/apache/commons/math3/random/AbstractRandomGenerator.<init>()V");

    private ForbiddenCalls() {}

    /** The calls of a class file, in words. */
    static SortedSet<String> in(byte[] classFile) {
        SortedSet<String> found = new TreeSet<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String method, String descriptor, String signature, String[] thrown) {
                                return new Calls(method, found);
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found;
    }

    private static final class Calls extends MethodVisitor {

        private final String method;
        private final Set<String> found;

        Calls(String method, Set<String> found) {
            super(Opcodes.ASM9);
            this.method = method;
            this.found = found;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            look(owner, name, descriptor);
        }

        /** Method references, such as {@code Instant::now}. */
        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    look(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void look(String owner, String name, String descriptor) {
            String call = owner + "." + name + descriptor;
            String readable = owner.replace('/', '.') + "." + name;
            if (CLOCK.matcher(call).matches()) {
                found.add("method " + method + " calls " + readable
                        + ", which depends on the time of day; allowed is the time of the simulation");
            } else if (RANDOM.matcher(call).matches() && !HARMLESS.contains(call)) {
                found.add("method " + method + " calls " + readable
                        + ", whose numbers nobody can repeat; allowed are those of RunContext.random()");
            }
        }
    }
}
