package org.oncotwin.tests.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oncotwin.tests.traceability.SmallCheckout.passed;
import static org.oncotwin.tests.traceability.SmallCheckout.told;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the matrix finds what is there, and that each fault is found. */
@Tag("SR-805")
final class MatrixTest {

    private static final String ONE = "class OneTest { @Test @Tag(\"SR-101\") void pumps() {} @Test void inside() {} }";

    @TempDir
    private Path folder;

    private SmallCheckout checkout;

    @BeforeEach
    void make() throws Exception {
        checkout = new SmallCheckout(folder.resolve("checkout"));
    }

    @Test
    void leadsFromARequirementToItsTestAndBack() throws Exception {
        Matrix matrix = checkout.requirement("SR-101")
                .tests(ONE)
                .report("pump.OneTest", passed("pump.OneTest", "pumps"), passed("pump.OneTest", "inside"))
                .matrix();
        assertThat(checkout.problemsOfRequirements()).isEmpty();
        assertThat(matrix.problems()).isEmpty();
        assertThat(matrix.count(Status.VERIFIED)).isEqualTo(1);
        assertThat(matrix.rows().get(0).tests()).extracting(TracedTest::title).containsExactly("OneTest.pumps");
        assertThat(matrix.shares()).containsExactly(new Matrix.Share(SmallCheckout.MODULE, 2, 1, 0));
    }

    @Test
    void tagsOfClassesHoldForAllTheirTestsAlsoInheritedAndNestedOnes() throws Exception {
        Matrix matrix = checkout.requirement("SR-101")
                .requirement("SR-102")
                .tests(
                        "abstract class Contract { @Test void law() {} @Test @Tag(\"SR-102\") void other() {} void no() {} }",
                        "@Tag(\"SR-101\") class OneTest extends Contract {"
                                + " @Nested class Inner { @Test void within() {} }"
                                + " static class Beside { @Test void notOurs() {} } @Override void no() {} }")
                .report(
                        "pump.OneTest",
                        passed("pump.OneTest", "law"),
                        passed("pump.OneTest", "other"),
                        passed("pump.OneTest$Inner", "within"))
                .matrix();
        assertThat(matrix.problems()).isEmpty();
        assertThat(matrix.tests()).as("what is beside is no test").hasSize(3);
        assertThat(matrix.rows().get(0).tests())
                .extracting(TracedTest::title)
                .containsExactly("OneTest.law", "OneTest.other", "OneTest$Inner.within");
        assertThat(matrix.rows().get(1).tests()).extracting(TracedTest::title).containsExactly("OneTest.other");
    }

    @Test
    void severalTagsAndSeveralInvocationsCount() throws Exception {
        Matrix matrix = checkout.requirement("SR-101")
                .requirement("SR-102")
                .tests("class OneTest { @ParameterizedTest @Tag(\"SR-101\") @Tag(\"SR-102\") @Tag(\"long\")"
                        + " void pumps(int rate) {} }")
                .report(
                        "pump.OneTest",
                        passed("pump.OneTest", "pumps(int)[1]"),
                        told("pump.OneTest", "pumps(int)[2]", "skipped", "x: Assumption failed: no water"),
                        passed("pump.OneTest", "pumps(int)[3]"))
                .matrix();
        assertThat(matrix.problems()).isEmpty();
        assertThat(matrix.count(Status.VERIFIED)).isEqualTo(2);
        assertThat(matrix.rows().get(0).tests().get(0).result())
                .isEqualTo(new Result(Outcome.PASSED, 2, 1, "x: Assumption failed: no water"));
    }

    @Test
    void anIdThatNoRequirementHasIsAFault() throws Exception {
        assertThat(checkout.requirement("SR-101")
                        .tests(
                                ONE,
                                "class TwoTest { @Test @Tag(\"SR-999\") void a() {} @Test @Tag(\"sr101\") void b() {} }")
                        .report("pump.OneTest", passed("pump.OneTest", "pumps"))
                        .matrix()
                        .problems())
                .containsExactlyInAnyOrder(
                        "pump.TwoTest.a: there is no requirement SR-999",
                        "pump.TwoTest.b: there is no requirement sr101");
    }

    @Test
    void aTagOnWhatIsNoTestIsAFault() throws Exception {
        assertThat(checkout.requirement("SR-101")
                        .tests(
                                ONE,
                                "class TwoTest { @Tag(\"SR-101\") void helps() {} @Test void a() {} }",
                                "@Tag(\"SR-101\") abstract class Nobody { @Test void inherits() {} }")
                        .report("pump.OneTest", passed("pump.OneTest", "pumps"))
                        .matrix()
                        .problems())
                .containsExactlyInAnyOrder(
                        "pump.Nobody: it has the id of a requirement, but is no test that is run",
                        "pump.TwoTest.helps: it has the id of a requirement, but is no test that is run");
    }

    @Test
    void aRequirementWithoutATestIsAFaultUnlessItIsAdmitted() throws Exception {
        Matrix matrix = checkout.requirement("SR-101").gap("SR-102").matrix();
        assertThat(matrix.problems()).containsExactly("SR-101: no test verifies it, and it is not said to be a gap");
        assertThat(matrix.count(Status.OPEN_GAP)).isEqualTo(1);
    }

    @Test
    void aGapThatIsNoneIsAFault() throws Exception {
        assertThat(checkout.gap("SR-101")
                        .tests(ONE)
                        .report("pump.OneTest", passed("pump.OneTest", "pumps"))
                        .matrix()
                        .problems())
                .containsExactly("SR-101: it is said to be a gap, but OneTest.pumps verifies it");
    }

    @Test
    void aTestThatFailedIsAFault() throws Exception {
        Matrix matrix = checkout.requirement("SR-101")
                .tests(ONE)
                .report("pump.OneTest", told("pump.OneTest", "pumps", "failure", "dry\n at line 1"))
                .matrix();
        assertThat(matrix.problems()).containsExactly("SR-101: OneTest.pumps failed: dry");
        assertThat(matrix.count(Status.FAILED)).isEqualTo(1);
    }

    @Test
    void aClassThatFailsAsAWholeFailsItsTests() throws Exception {
        assertThat(checkout.requirement("SR-101")
                        .tests(ONE)
                        .report(
                                "pump.OneTest",
                                passed("pump.OneTest", "pumps"),
                                told("pump.OneTest", "", "error", "not closed"))
                        .matrix()
                        .problems())
                .containsExactly("SR-101: OneTest.pumps failed: not closed");
    }

    @Test
    void aRequirementOfWhichEveryTestWasSkippedIsAFault() throws Exception {
        Matrix matrix = checkout.requirement("SR-101")
                .tests(ONE)
                .report(
                        "pump.OneTest",
                        told(
                                "pump.OneTest",
                                "pumps",
                                "skipped",
                                "org.opentest4j.TestAbortedException: Assumption failed: no water"))
                .matrix();
        assertThat(matrix.problems()).containsExactly("SR-101: all its tests were skipped: no water");
        assertThat(matrix.count(Status.NOT_VERIFIED)).isEqualTo(1);
    }

    @Test
    void aTestThatWasNotRunIsAFaultUnlessTestsWereLeftOut() throws Exception {
        checkout.requirement("SR-101").tests(ONE);
        assertThat(checkout.matrix().problems())
                .containsExactly("SR-101: bundles/pump OneTest.pumps was not run since it was last compiled");
        Matrix narrowed = checkout.matrix("-Dtest=Other");
        assertThat(narrowed.problems()).isEmpty();
        assertThat(narrowed.count(Status.NOT_VERIFIED)).isEqualTo(1);
    }

    @Test
    void aReportFromBeforeTheTestWasCompiledDoesNotCount() throws Exception {
        assertThat(checkout.requirement("SR-101")
                        .tests(ONE)
                        .oldReport("pump.OneTest", passed("pump.OneTest", "pumps"))
                        .matrix()
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("was not run since");
    }

    @Test
    void requirementsThatContradictTheCheckoutAreFaults() throws Exception {
        assertThat(checkout.requirement("SR-101")
                        .requirement("SR-101")
                        .requirement("SR-102", "org.oncotwin.fountain", "docs/design.md#how-it-pumps", "")
                        .requirement("SR-103", "org.oncotwin.pump", "docs/design.md#how-it-sings", "")
                        .requirement("SR-104", "org.oncotwin.pump", "docs/gone.md#design", "")
                        .problemsOfRequirements())
                .containsExactly(
                        "SR-101: the id is there twice",
                        "SR-102: there is no software item org.oncotwin.fountain",
                        "SR-103: the design docs/design.md#how-it-sings names no heading; there are design, how-it-pumps",
                        "SR-104: the design docs/gone.md#design names no file");
    }

    @Test
    void requirementsThatDoNotFitTheSchemaAreRefused() {
        assertThatThrownBy(() -> checkout.requirement("SR-1", "org.oncotwin.pump", "docs/design.md", ", \"x\": 1")
                        .requirements())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("requirements.schema.json", "SR-[0-9]{3,4}", "design", "'x'");
    }

    @Test
    void headingsHaveTheAnchorsThatCodeHostsGiveThem() {
        assertThat(DesignReference.anchors(
                        "# 9. Bill of `materials`: all\n```\n# no\n```\n## A_b - c ##\n## A_b - c\n#no\n"))
                .containsExactly("9-bill-of-materials-all", "a_b---c", "a_b---c-1");
    }

    @Test
    void equalResultsGiveEqualDocumentsThatHideNothing() throws Exception {
        Matrix matrix = checkout.requirement("SR-101")
                .gap("SR-102")
                .requirement(
                        "SR-103",
                        "org.oncotwin.pump",
                        "docs/design.md#how-it-pumps",
                        ", \"risk\": \"too much, \\\"<b>\\\" or nothing\"")
                .tests(ONE)
                .report("pump.OneTest", told("pump.OneTest", "pumps", "failure", "1 &lt; 2"))
                .matrix("-Dtest=One");
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        new MatrixDocuments(matrix).write(one);
        new MatrixDocuments(checkout.matrix("-Dtest=One")).write(two);
        for (String file : List.of("matrix.html", "matrix.csv", "matrix.json")) {
            assertThat(two.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
        assertThat(Files.readString(one.resolve("matrix.html")))
                .contains("<b>3</b>requirements", "<b>1</b>open gap", "-Dtest&#x3D;One", "nobody has written a test")
                .contains("too much, &quot;&lt;b&gt;&quot; or nothing", "1 &lt; 2", "SR-103: no test verifies it")
                .contains("<td>bundles/pump</td><td>2</td><td>1</td><td>1</td><td>1</td>")
                .doesNotContain("src=", "http");
        assertThat(Files.readString(one.resolve("matrix.csv")))
                .contains(
                        "SR-103,Pump,The pump delivers what it is told to.,\"too much, \"\"<b>\"\" or nothing\",no test")
                .contains("bundles/pump,pump.OneTest,pumps,failed,0,0,1 < 2\r\n");
        assertThat(CheckedJson.MAPPER
                        .readTree(Files.readString(one.resolve("matrix.json")))
                        .at("/tests/1/requirements/0")
                        .asText())
                .isEqualTo("SR-101");
    }

    @Test
    void nothingWrongIsSaidWhereNothingIs() throws Exception {
        Path written = folder.resolve("written");
        new MatrixDocuments(checkout.requirement("SR-101")
                        .tests(ONE)
                        .report("pump.OneTest", passed("pump.OneTest", "pumps"))
                        .matrix())
                .write(written);
        assertThat(Files.readString(written.resolve("matrix.html")))
                .doesNotContain("What is wrong", "Not all tests", "Open gaps", "Risk:");
    }
}
