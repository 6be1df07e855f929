package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

class TableExportTest {

    @Test
    void aScalarIsARow() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Export export = new TableExporter().begin("a/b", Setting.empty(), path -> {
            assertThat(path).isEqualTo("a-b.csv");
            return written;
        });
        export.add(State.at(SimulationTime.ofDays(1.5))
                .with(List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, "growth, left", 1, 2.5))));
        export.finish();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("day [d],owner,quantity,unit,statistic,value\n"
                        + "1.5,\"growth, left\",tumour.volume,cm3,value,2.5\n");
    }
}
