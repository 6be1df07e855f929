package org.oncotwin.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.report.ReportContent;
import org.oncotwin.report.SampleContent;

@Tag("SR-551")
class SamplePageTest {

    private static String page;

    @BeforeAll
    static void write() throws IOException {
        page = written(SampleContent.twoArms());
        // Left there to be looked at.
        Files.writeString(Path.of("target", "sample-report.html"), page);
        Files.writeString(Path.of("target", "sample-report-without-space.html"), written(SampleContent.withoutSpace()));
    }

    static String written(ReportContent content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HtmlReportWriter().write(content, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void loadsNothingFromElsewhere() {
        Matcher references = Pattern.compile("(?:src|href|srcset|action|poster)\\s*=\\s*[\"']([^\"']*)")
                .matcher(page);
        int found = 0;
        while (references.find()) {
            found++;
            assertThat(references.group(1)).matches("(?s)(#.*|data:image/png;base64,.*)");
        }
        assertThat(found).as("references looked at").isGreaterThan(40);
        assertThat(page).doesNotContain("@import").doesNotContain("<link").doesNotContain("<iframe");
        assertThat(page).doesNotContainPattern("url\\((?!#)");
        assertThat(page).contains("default-src &#39;none&#39;");
    }

    @Test
    void namesCaseAndPatient() {
        assertThat(page).contains("Case <strong>gbm-001</strong>", "Patient <strong>ONCO-2026-001</strong>");
        assertThat(page).doesNotContain("Optional[").doesNotContain("{{");
    }

    @Tag("SR-408")
    @Test
    void startsWithItsLimits() {
        int limits = page.indexOf("Research use only. Not for diagnosis or treatment decisions.");
        assertThat(limits).isPositive().isLessThan(page.indexOf("Key numbers</h2>"));
        assertThat(page).contains("The tumour is synthetic, and here the anatomy is too.");
        assertThat(page).contains("<li>No mass effect: tissue does not move when the tumour grows.</li>");
    }

    @Test
    void saysWhereTheNumbersComeFrom() {
        assertThat(page)
                .contains("7d1e0c9b".repeat(8), "31af55e2".repeat(8), "a4c3".repeat(16), "5f02".repeat(16))
                .contains("1122".repeat(16), "3344".repeat(16), "17.0.17+10", "tissue.nii.gz")
                .contains(
                        "0.1 mm²/d",
                        "0.05 1/d",
                        "Rockne et al. 2010",
                        "<td class=\"text\">grid</td><td>54</td>",
                        "fixed steps")
                .contains("Estimated relative error", "3.1 × 10⁻⁵", "not estimated")
                .contains("Biologically effective dose", "72 Gy", "fraction 30 of 30");
    }

    @Test
    void givesAPictureForEachPlaneTimeAndArmWithWords() {
        Matcher pictures = Pattern.compile("<svg class=\"picture\"[^>]*role=\"img\" aria-label=\"([^\"]+)\"")
                .matcher(page);
        int overlays = 0;
        while (pictures.find()) {
            overlays += pictures.group(1).contains("largest cellularity") ? 1 : 0;
        }
        assertThat(overlays).isEqualTo(3 * 6 * 2);
        assertThat(page).contains("id=\"ground-z\"", "href=\"#ground-z\"", "50 mm", "T1-weighted MRI (made up)");
    }

    @Test
    void keepsTheLicenceOfThePlotLibrary() {
        assertThat(page).contains("The MIT License (MIT)", "Leon Sorokin", "var uPlot=");
    }

    @Test
    void hasHeadersOnEveryTable() {
        Matcher tables = Pattern.compile("(?s)<table.*?</table>").matcher(page);
        int found = 0;
        while (tables.find()) {
            found++;
            assertThat(tables.group()).contains("<caption>", "<th scope=\"col\"");
        }
        assertThat(found).isGreaterThanOrEqualTo(7);
    }

    @Test
    void escapesWhatTheCaseSays() throws IOException {
        String hostile = written(SampleContent.twoArms("<script>alert(1)</script>"));
        assertThat(hostile).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)&lt;");
    }

    @Test
    void isTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(written(SampleContent.twoArms())).isEqualTo(page);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void leavesPicturesOutWhereThereIsNoSpace() throws IOException {
        String flat = written(SampleContent.withoutSpace());
        assertThat(flat)
                .contains("Logistic growth")
                .doesNotContain("id=\"pictures\"")
                .doesNotContain("Patient <strong>");
    }
}
