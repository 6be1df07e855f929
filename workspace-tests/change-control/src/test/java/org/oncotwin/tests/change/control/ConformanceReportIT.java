package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;

/** A plan that asks for a conformance report takes a bundle only with one of this very file, signed by its supplier. */
@Tag("SR-1105")
final class ConformanceReportIT {

    private ControlledSite site;
    private Path bundle;

    @BeforeEach
    void open() throws Exception {
        site = ControlledSite.made(
                ControlledSite.plan(1000).replace("\"conformance_report\": false", "\"conformance_report\": true"));
        bundle = site.bundle("1.1.0", ModelBundle.BETTER);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private static byte[] report(Path of, boolean conformant) {
        return ("{ \"bundle\": { \"sha256\": \"" + VirtualPatients.sha256(of) + "\" }, \"conformant\": " + conformant
                        + ", \"gaps\": [ \"law 7\" ] }")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void handIn(byte[] report, byte[] signature) throws Exception {
        Path folder = Files.createDirectories(bundle.resolveSibling("conformance"));
        Files.write(folder.resolve("report.json"), report);
        Files.write(folder.resolve("report.json.sig"), signature);
    }

    private void refused(String words) {
        assertThatThrownBy(() -> site.propose("simon", bundle, "numerical-method"))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining(words);
        assertThat(site.audited("change.refuse")).hasSize(1);
        assertThat(site.site().changes().all()).isEmpty();
    }

    @Test
    void theReportOfThisBundle() throws Exception {
        byte[] report = report(bundle, true);
        handIn(report, ControlledSite.supplier().signature(report));
        assertThat(site.propose("simon", bundle, "numerical-method").state()).isEqualTo(ChangeState.PROPOSED);
    }

    /** It is part of what is signed. */
    @Test
    void theReportIsKept() throws Exception {
        byte[] report = report(bundle, true);
        handIn(report, ControlledSite.supplier().signature(report));
        site.propose("simon", bundle, "numerical-method");
        site.verify(1);
        site.signAll(1);
        Path kept = site.content(VirtualPatients.sha256(bundle.resolveSibling("conformance/report.json")));
        assertThat(Files.readAllBytes(kept)).isEqualTo(report);
        assertThat(site.audited("change.propose")).singleElement().satisfies(entry -> assertThat(
                        entry.event().after())
                .contains("conformance report " + VirtualPatients.sha256(kept)));
        Files.writeString(kept, "{}");
        assertThatThrownBy(() -> site.promote(1))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("cannot be read as they were");
        Files.write(kept, report);
        site.site().sql("update change_proposal set conformance_report = jar");
        assertThatThrownBy(() -> site.promote(1))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("is not the one of the audit trail");
        site.site().sql("update change_proposal set conformance_report = '" + VirtualPatients.sha256(kept) + "'");
        assertThat(site.promote(1).state()).isEqualTo(ChangeState.ACCEPTED);
    }

    @Test
    void noReport() {
        refused("the plan asks for a signed conformance report");
    }

    @Test
    void aReportOfAnotherBundle() throws Exception {
        byte[] report = report(site.bundle("1.2.0", ModelBundle.BETTER), true);
        handIn(report, ControlledSite.supplier().signature(report));
        refused("the conformance report is about another file");
    }

    @Test
    void aReportOfGaps() throws Exception {
        byte[] report = report(bundle, false);
        handIn(report, ControlledSite.supplier().signature(report));
        refused("says that the bundle is not conformant: [\"law 7\"]");
    }

    @Test
    void aReportAlteredAfterItWasSigned() throws Exception {
        handIn(report(bundle, true), ControlledSite.supplier().signature(report(bundle, false)));
        refused("is not signed by Modelling Group, or was altered since");
    }

    @Test
    void aReportSignedBySomebodyElse() throws Exception {
        byte[] report = report(bundle, true);
        handIn(report, Supplier.named(ControlledSite.WORK, "somebody-else").signature(report));
        refused("is not signed by Modelling Group, or was altered since");
    }

    @Test
    void noSignatureAtAll() throws Exception {
        handIn(report(bundle, true), "signed".getBytes(StandardCharsets.UTF_8));
        refused("is not signed by Modelling Group, or was altered since");
    }
}
