package org.oncotwin.tests.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of published numbers in docs/validation.md is that of this build. */
final class ValidationTableIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("checkout"));
    private static final Path PAGE = CHECKOUT.resolve("docs/validation.md");

    @Test
    void pageShowsWhatTheTestsMeasured() throws Exception {
        ValidationTable table = ValidationTable.read(CHECKOUT, Module.of(CHECKOUT));
        Path written = Path.of(System.getProperty("written")).resolve("validation.md");
        Files.createDirectories(written.getParent());
        Files.writeString(written, table.markdown());
        System.out.println("Validation: " + table.rows().size() + " published numbers compared");
        String narrowed = TraceabilityIT.narrowed();
        assumeTrue(narrowed.isEmpty(), () -> "not all tests were run: " + narrowed);
        assertThat(ValidationTable.block(Files.readString(PAGE)))
                .as("the table in %s; that of this build is in %s", PAGE, written)
                .isEqualTo(table.markdown());
    }
}
