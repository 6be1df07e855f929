package org.oncotwin.tests.container;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Path;
import org.oncotwin.tests.container.steady.SteadyGrowth;

/** Makes bundles of the steady growth model at test time: one source, a version and a rate each. */
final class SteadyBundle {

    static final String SYMBOLIC_NAME = "org.oncotwin.tests.steady";

    private SteadyBundle() {}

    static Path build(Path folder, String version, double rate) throws Exception {
        File file = folder.resolve("steady-" + version + ".jar").toFile();
        try (Builder builder = new Builder()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (new File(entry).exists()) {
                    builder.addClasspath(new File(entry));
                }
            }
            builder.setProperty("Bundle-SymbolicName", SYMBOLIC_NAME);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("Private-Package", SteadyGrowth.class.getPackageName());
            try (Jar jar = builder.build()) {
                if (!builder.isOk()) {
                    throw new IllegalStateException("bnd: " + builder.getErrors() + builder.getWarnings());
                }
                jar.putResource(
                        SteadyGrowth.FILE,
                        new EmbeddedResource(
                                ("rate=" + rate + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0));
                jar.write(file);
            }
        }
        return file.toPath();
    }
}
