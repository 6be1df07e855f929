package ${package};

import org.oncotwin.api.export.Exporter;
import org.oncotwin.sdk.conformance.ExporterContractTest;

/** The laws that every exporter obeys. */
class TableContractTest extends ExporterContractTest {

    @Override
    protected Exporter newExporter() {
        return new TableExporter();
    }
}
