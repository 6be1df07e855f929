package org.oncotwin.tests.change.control.verhulst;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthModelPlugin;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.growth.VolumeProcess;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/**
 * Logistic growth (Verhulst 1838) by a method that stands in a file of its bundle, so that bundles made from this one source behave as versions of a model: a coarse one, a better
 * one, a worse one, one that says otherwise of itself.
 */
@Component
@GrowthModelPlugin("verhulst")
public final class VerhulstGrowth implements GrowthModel {

    /** Name of the file with the method. */
    public static final String FILE = "verhulst.properties";

    /** System property under which tests keep the gates of studies, an array of semaphores: a study whose parameter {@code gate} is n takes a permit of the n-th for each output. */
    public static final String GATES = "org.oncotwin.tests.gates";

    /** System property under which tests keep what a fragile version throws, if anything. */
    public static final String FAILURE = "org.oncotwin.tests.failure";

    private static final Properties PROPERTIES = properties();
    private static final VerhulstMethod METHOD = VerhulstMethod.of(PROPERTIES);

    private static Properties properties() {
        try (InputStream in = VerhulstGrowth.class.getResourceAsStream("/" + FILE)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public GrowthModelDescription description() {
        Quantity more = new Quantity("verhulst.cells", "1", QuantityKind.SCALAR, 0, Double.POSITIVE_INFINITY, "Cells");
        return new GrowthModelDescription(
                new PluginDescription(
                        PROPERTIES.getProperty("id", "verhulst"),
                        "Logistic growth for tests",
                        "Tests of change control",
                        List.of(PROPERTIES.getProperty("limitation", "For tests alone.")),
                        List.of(
                                ParameterDescription.required("proliferation", "/d", 0, 10, "Rate", "Each case"),
                                ParameterDescription.required(
                                        "carrying_capacity", "cm3", 1e-9, 1e5, "End", "Each case"),
                                ParameterDescription.optional("gate", "1", 0, 0, 100, "Gate of the study", "Tests")),
                        List.of("Verhulst PF 1838. Correspondance mathematique et physique 10:113-121")),
                List.of(Quantity.TUMOUR_VOLUME),
                Stream.of(Quantity.TUMOUR_VOLUME, more)
                        .limit(PROPERTIES.containsKey("more") ? 2 : 1)
                        .toList(),
                Set.of(),
                false,
                1,
                "dV/dt = r V (1 - V / K)");
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        fail();
        double rate = parameters.value("proliferation");
        double capacity = parameters.value("carrying_capacity");
        int gate = (int) parameters.value("gate");
        return new VolumeProcess(context.owner(), 1, (volume, interval, effects) -> {
            pass(gate);
            return METHOD.grow(volume, interval.days(), rate, capacity);
        });
    }

    private static void fail() {
        Object failure =
                PROPERTIES.containsKey("fragile") ? System.getProperties().get(FAILURE) : null;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static void pass(int gate) {
        if (gate > 0 && System.getProperties().get(GATES) instanceof Semaphore[] gates) {
            gates[gate].acquireUninterruptibly();
        }
    }
}
