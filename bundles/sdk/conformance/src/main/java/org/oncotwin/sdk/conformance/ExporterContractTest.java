package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/**
 * The laws that every exporter obeys. Extend it beside the exporter and leave the tests as they are. An exporter has no steps, effects, or state of its own, so that laws 2, 4, 8 and 9
 * ask nothing of it; whether another program reads what it writes is for its own tests.
 */
public abstract class ExporterContractTest {

    private static final Grid GRID = new Grid(4, 3, 2, Affine.scaling(1, 1.5, 2));

    /** For implementations. */
    protected ExporterContractTest() {}

    /** A new instance of the exporter at each call. */
    protected abstract Exporter newExporter();

    /** Name of the run. */
    protected String name() {
        return "typical-run";
    }

    /** What does not change; a small grid unless overridden. */
    protected Setting setting() {
        return Setting.of(new Anatomy(Mask.all(GRID), Optional.empty()));
    }

    /** A run of at least two states; a volume and a density on a small grid unless overridden. */
    protected List<State> states() {
        List<State> states = new ArrayList<>();
        for (int day = 0; day < 4; day++) {
            double[] u = new double[GRID.size()];
            for (int index = 0; index < u.length; index++) {
                u[index] = (index + day) / 30.0;
            }
            states.add(State.at(SimulationTime.ofDays(day * 0.75))
                    .with(List.of(
                            new ScalarComponent(Quantity.TUMOUR_VOLUME, "growth", 1, 1.5 + day / 7.0),
                            new FieldComponent(Quantity.TUMOUR_CELLULARITY, "growth", 1, Field.owning(GRID, u)))));
        }
        return states;
    }

    /** How long threads that are about to end may take to do so. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    // ---- Law 1 ----

    @Test
    @DisplayName("Law 1, same in, same out: a repeated export has the same bytes")
    void repeatedExportIsTheSame() {
        assertThat(export(newExporter(), name())).isEqualTo(export(newExporter(), name()));
    }

    @Test
    @DisplayName("Law 1, same in, same out: locale and time zone change nothing")
    void localeAndTimeZoneChangeNothing() {
        SortedMap<String, String> here = export(newExporter(), name());
        assertThat(Surroundings.elsewhere(() -> export(newExporter(), name())))
                .allSatisfy(there -> assertThat(there).isEqualTo(here));
    }

    @Test
    @DisplayName("Law 1, same in, same out: one exporter serves several runs at once")
    void runsAtOnceDoNotMeet() {
        Exporter shared = newExporter();
        SortedMap<String, String> alone = export(newExporter(), name());
        assertThat(Surroundings.together(() -> export(shared, name())))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
    }

    // ---- Law 3 ----

    @Test
    @DisplayName("Law 3, nothing hides: what an exporter wrote before does not matter")
    void historyDoesNotMatter() {
        Exporter used = newExporter();
        SortedMap<String, String> first = export(used, name());
        export(used, "another");
        assertThat(export(used, name())).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 3, nothing hides: states that went in are not changed")
    void inputsAreNotChanged() {
        List<State> states = states();
        List<State> before = states.stream().map(StateCopy::of).toList();
        export(newExporter(), name(), states);
        assertThat(states).isEqualTo(before);
    }

    // ---- Law 5 ----

    @Test
    @DisplayName(
            "Law 5, bounds hold: every run gives files, each is written once and closed, and none leaves the folder")
    void filesStayInTheirFolder() {
        for (String name :
                List.of(name(), "", "..", "../../outside", "/root", "C:\\outside", "a/b", "Größe 1 µm", "con\u0000")) {
            Recorder recorder = new Recorder();
            SortedMap<String, String> files = export(newExporter(), name, states(), recorder);
            assertThat(files).as("files of the run '%s'", name).isNotEmpty();
            assertThat(recorder.open)
                    .as("files of '%s' that are not closed", name)
                    .isEmpty();
            assertThat(files.keySet()).as("paths of the run '%s'", name).allSatisfy(path -> {
                assertThat(path).isNotBlank().doesNotStartWith("/").doesNotContain("\\", ":", "\u0000");
                assertThat(List.of(path.split("/", -1))).doesNotContain("", ".", "..");
            });
            Set<String> lower = new HashSet<>();
            files.keySet().forEach(path -> assertThat(lower.add(path.toLowerCase(Locale.ROOT)))
                    .as("%s differs from the others by more than case", path)
                    .isTrue());
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: a failure to write is passed on")
    void failureIsPassedOn() {
        ExportTarget full = path -> {
            throw new IOException("disk full");
        };
        Optional<IOException> failure = Optional.empty();
        try {
            Export export = newExporter().begin(name(), setting(), full);
            for (State state : states()) {
                export.add(state);
            }
            export.finish();
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        assertThat(failure)
                .as("what the exporter throws when nothing can be written")
                .isPresent();
    }

    // ---- Law 6 ----

    @Test
    @DisplayName("Law 6, units are declared: parameters have UCUM codes")
    void unitsAreDeclared() {
        DescriptionAssertions.assertUnits(newExporter().description().parameters(), List.of());
    }

    // ---- Law 7 ----

    @Test
    @DisplayName("Law 7, everything ends: no thread is left when an export has ended")
    void noThreadIsLeft() throws InterruptedException {
        assertThat(StartedThreads.leftBy(() -> export(newExporter(), name()), patience()))
                .as("threads left")
                .isEmpty();
    }

    // ---- Law 10 ----

    @Test
    @DisplayName("Law 10, the log can prove it: the description is complete and the same at every call")
    void descriptionIsCompleteAndConstant() {
        Exporter exporter = newExporter();
        PluginDescription first = exporter.description();
        DescriptionAssertions.assertComplete(first);
        export(exporter, name());
        assertThat(exporter.description()).isEqualTo(first);
        assertThat(newExporter().description()).isEqualTo(first);
    }

    @Test
    @DisplayName("Law 10, the log can prove it: another run gives other bytes")
    void whatIsExportedMatters() {
        List<State> states = states();
        assertThat(states).as("states()").hasSizeGreaterThan(1);
        assertThat(export(newExporter(), name(), states.subList(0, 1)))
                .isNotEqualTo(export(newExporter(), name(), states));
    }

    // ---- How the tests run the exporter ----

    /** Content of each file, a character a byte. */
    private SortedMap<String, String> export(Exporter exporter, String name) {
        return export(exporter, name, states());
    }

    private SortedMap<String, String> export(Exporter exporter, String name, List<State> states) {
        return export(exporter, name, states, new Recorder());
    }

    private SortedMap<String, String> export(Exporter exporter, String name, List<State> states, Recorder recorder) {
        try {
            Export export = exporter.begin(name, setting(), recorder);
            for (State state : states) {
                export.add(state);
            }
            export.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recorder.files;
    }

    private static final class Recorder implements ExportTarget {

        private final SortedMap<String, String> files = new TreeMap<>();
        private final Set<String> open = new HashSet<>();

        @Override
        public OutputStream create(String path) {
            assertThat(files.keySet()).as("a file is written once").doesNotContain(path);
            assertThat(open.add(path)).as("%s is written once", path).isTrue();
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    open.remove(path);
                    files.put(path, toString(StandardCharsets.ISO_8859_1));
                }
            };
        }
    }
}
