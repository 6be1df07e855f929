package org.oncotwin.export.paraview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@Tag("SR-553")
class ParaViewExporterTest {

    private static final Quantity OXYGEN =
            new Quantity("oxygen.pressure", "mm[Hg]", QuantityKind.FIELD, 0, 200, "Partial pressure of oxygen");
    private static final Quantity DRUG =
            new Quantity("drug.amount", "mg", QuantityKind.SCALAR, 0, 1e9, "Amount of drug in the body");
    private static final Quantity CELLS = new Quantity("cells", "1", QuantityKind.AGENTS, 0, 1e9, "Cells");

    @TempDir
    Path folder;

    private static FieldComponent cellularity(String owner, Field field) {
        return new FieldComponent(Quantity.TUMOUR_CELLULARITY, owner, 1, field);
    }

    private FolderTarget export(String name, Setting setting, State... states) throws IOException {
        FolderTarget target = new FolderTarget(folder);
        Export export = new ParaViewExporter().begin(name, setting, target);
        for (State state : states) {
            export.add(state);
        }
        export.finish();
        return target;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertSameBits(ByteBuffer bytes, Field field) {
        assertThat(bytes.remaining()).isEqualTo(8 * field.grid().size());
        for (int n = 0; n < field.grid().size(); n++) {
            assertThat(bytes.getLong(8 * n)).isEqualTo(Double.doubleToRawLongBits(field.value(n)));
        }
    }

    @Test
    void writesEveryFieldAtEveryTimeBitForBit() throws IOException, DataFormatException {
        Grid grid = Samples.OBLIQUE;
        Field first = Samples.field(grid, 1);
        Field second = Samples.field(grid, 2);
        Field oxygen = Samples.field(grid, 3);
        FolderTarget target = export(
                "run",
                Samples.setting(grid),
                State.at(SimulationTime.ZERO)
                        .with(List.of(cellularity("growth", first), new FieldComponent(OXYGEN, "growth", 1, oxygen))),
                State.at(SimulationTime.ofDays(7.5)).with(List.of(cellularity("growth", second))));

        assertThat(target.open()).isZero();
        assertThat(files())
                .containsExactly(
                        "run.pvd",
                        "run_0000.vti",
                        "run_0001.vti",
                        "run_anatomy.vti",
                        "run_scalars.csv",
                        "run_tissue.csv");
        ParsedImage image = ParsedImage.read(folder.resolve("run_0000.vti"));
        assertSameBits(image.bytes("tumour.cellularity"), first);
        assertSameBits(image.bytes("oxygen.pressure"), oxygen);
        assertThat(image.array("oxygen.pressure").getTextContent()).endsWith("mm[Hg]");
        assertThat(image.array("TimeValue").getTextContent()).isEqualTo("0.0");
        assertSameBits(ParsedImage.read(folder.resolve("run_0001.vti")).bytes("tumour.cellularity"), second);
    }

    @Test
    void writesThePlaceOfEveryVoxel() throws IOException {
        Grid grid = Samples.OBLIQUE;
        export(
                "run",
                Setting.empty(),
                State.at(SimulationTime.ZERO).with(List.of(cellularity("g", Samples.field(grid, 1)))));
        ParsedImage image = ParsedImage.read(folder.resolve("run_0000.vti"));
        assertThat(image.image().getAttribute("WholeExtent")).isEqualTo("0 37 0 51 0 35");
        assertThat(image.root().getAttribute("byte_order")).isEqualTo("LittleEndian");
        double[] origin = image.numbers("Origin");
        double[] spacing = image.numbers("Spacing");
        double[] direction = image.numbers("Direction");
        int[][] voxels = {{0, 0, 0}, {37, 0, 0}, {0, 51, 0}, {3, 5, 35}};
        for (int[] voxel : voxels) {
            double[] expected = grid.affine().apply(voxel[0], voxel[1], voxel[2]);
            for (int row = 0; row < 3; row++) {
                double place = origin[row];
                for (int column = 0; column < 3; column++) {
                    place += direction[3 * row + column] * spacing[column] * voxel[column];
                }
                assertThat(place).isCloseTo(expected[row], within(1e-12 * 200));
            }
        }
    }

    @Test
    void writesAnatomyOnce() throws IOException, DataFormatException {
        Grid grid = Samples.OBLIQUE;
        export("run", Samples.setting(grid));
        ParsedImage image = ParsedImage.read(folder.resolve("run_anatomy.vti"));
        LabelField labels = Samples.labels(grid);
        ByteBuffer tissue = image.bytes("tissue");
        ByteBuffer domain = image.bytes("domain");
        assertThat(tissue.remaining()).isEqualTo(grid.size());
        for (int n = 0; n < grid.size(); n++) {
            assertThat(tissue.get(n) & 0xff).isEqualTo(labels.label(n));
            assertThat(domain.get(n)).isEqualTo((byte) (n % 3 == 0 ? 1 : 0));
        }
        assertThat(Files.readString(folder.resolve("run_tissue.csv")))
                .isEqualTo("label,tissue\r\n1,csf\r\n2,grey\r\n3,white\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32767, 32768, 32769, 65536})
    void cutsBlocksOfAnyLength(int size) throws IOException, DataFormatException {
        Field field = Samples.field(new Grid(size, 1, 1, Affine.scaling(1, 1, 1)), size);
        export("run", Setting.empty(), State.at(SimulationTime.ZERO).with(List.of(cellularity("g", field))));
        assertSameBits(ParsedImage.read(folder.resolve("run_0000.vti")).bytes("tumour.cellularity"), field);
    }

    @Test
    void listsTimesInDays() throws IOException {
        Field field = Field.constant(new Grid(2, 2, 2, Affine.scaling(1, 1, 1)), 0.5);
        State state = State.at(SimulationTime.ZERO).with(List.of(cellularity("g", field)));
        export(
                "run",
                Setting.empty(),
                state,
                state.at(SimulationTime.ofDays(0.1), List.of()),
                state.at(SimulationTime.ofDays(180), List.of()));
        NodeList entries = ParsedImage.document(folder.resolve("run.pvd")).getElementsByTagName("DataSet");
        assertThat(entries.getLength()).isEqualTo(3);
        String[] days = {"0.0", "0.1", "180.0"};
        for (int n = 0; n < 3; n++) {
            Element entry = (Element) entries.item(n);
            assertThat(entry.getAttribute("timestep")).isEqualTo(days[n]);
            assertThat(folder.resolve(entry.getAttribute("file"))).isRegularFile();
        }
    }

    @Test
    void tabulatesScalarsAndNumbersOfAgents() throws IOException {
        State first = State.at(SimulationTime.ZERO).with(List.of(new ScalarComponent(DRUG, "chemo", 1, 0.1)));
        State second = State.at(SimulationTime.ofDays(1))
                .with(List.of(
                        new ScalarComponent(DRUG, "chemo", 1, 1e-300),
                        new ScalarComponent(DRUG, "chemo#2", 1, 2),
                        new AgentsComponent(CELLS, "growth", 1, 2, Map.of("x", new double[] {1, 2}))));
        export("run", Setting.empty(), first, second);
        assertThat(files()).containsExactly("run_scalars.csv");
        assertThat(Files.readString(folder.resolve("run_scalars.csv"), StandardCharsets.UTF_8))
                .isEqualTo("day,drug.amount [mg],chemo#2/drug.amount [mg],chemo/drug.amount [mg],cells count [1]\r\n"
                        + "0.0,0.1,,,\r\n"
                        + "1.0,,2.0,1.0E-300,2\r\n");
    }

    @Test
    void tellsOwnersOfOneQuantityApartAndKeepsGridsApart() throws IOException, DataFormatException {
        Field fine = Samples.field(new Grid(4, 4, 4, Affine.scaling(1, 1, 1)), 1);
        Field coarse = Samples.field(new Grid(2, 2, 2, Affine.scaling(2, 2, 2)), 2);
        export(
                "run",
                Setting.empty(),
                State.at(SimulationTime.ZERO).with(List.of(cellularity("a", fine), cellularity("b", coarse))));
        assertThat(files()).containsExactly("run.pvd", "run_0000.vti", "run_0000_1.vti", "run_scalars.csv");
        assertSameBits(ParsedImage.read(folder.resolve("run_0000.vti")).bytes("a/tumour.cellularity"), fine);
        assertSameBits(ParsedImage.read(folder.resolve("run_0000_1.vti")).bytes("b/tumour.cellularity"), coarse);
    }

    @Test
    void writesTheSameBytesTwice() throws IOException {
        State state = State.at(SimulationTime.ZERO).with(List.of(cellularity("g", Samples.field(Samples.OBLIQUE, 1))));
        export("one", Setting.empty(), state);
        export("two", Setting.empty(), state);
        assertThat(folder.resolve("one_0000.vti")).hasSameBinaryContentAs(folder.resolve("two_0000.vti"));
    }

    @Test
    void passesOnThatAFileCannotBeWritten() throws IOException {
        State state = State.at(SimulationTime.ZERO).with(List.of(cellularity("g", Samples.field(Samples.OBLIQUE, 1))));
        Export export = new ParaViewExporter().begin("run", Setting.empty(), path -> new java.io.OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        });
        assertThatThrownBy(() -> export.add(state))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("disk full");
    }

    @ParameterizedTest
    @CsvSource({"gbm-001, gbm-001", "../../etc/x, --..-etc-x", "a b/ü, a-b--", "..hidden, -hidden", "'', run"})
    void makesFileNamesThatLeaveNoFolder(String name, String expected) {
        assertThat(ParaViewExporter.fileName(name))
                .isEqualTo(expected)
                .doesNotContain("/")
                .doesNotStartWith(".");
    }

    @Test
    void describesItself() {
        assertThat(new ParaViewExporter().description().id()).isEqualTo("paraview");
        assertThat(new ParaViewExporter().description().limitations()).isNotEmpty();
    }
}
