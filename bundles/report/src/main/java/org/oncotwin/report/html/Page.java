package org.oncotwin.report.html;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.report.ReportContent;

/**
 * Everything that the page template shows.
 *
 * @param title heading
 * @param caseName name of the case
 * @param patientId identifier of the patient, if given
 * @param notes sentences not to miss
 * @param caseFacts facts about the case
 * @param summary key numbers
 * @param curves observables over time
 * @param pictures the tumour in space, if it is in space
 * @param treatment what was given when
 * @param drugs where drugs went and what they did, if there are any
 * @param methods how the result was made
 * @param style style sheet
 * @param chartData what the script draws, JSON
 * @param plotLibrary script of the plot library
 * @param script script of the page
 * @param policy content security policy: nothing is loaded from anywhere, no script runs but these two
 */
record Page(
        String title,
        String caseName,
        Optional<String> patientId,
        List<String> notes,
        List<SummarySection.Fact> caseFacts,
        SummarySection summary,
        CurvesSection curves,
        Optional<PicturesSection> pictures,
        TreatmentSection treatment,
        Optional<DrugsSection> drugs,
        MethodsSection methods,
        String style,
        String chartData,
        String plotLibrary,
        String script,
        String policy) {

    static Page of(ReportContent content) {
        CurvesSection curves = CurvesSection.of(content);
        String plotLibrary = PageResources.plotLibrary();
        String script = PageResources.script();
        return new Page(
                content.title(),
                content.caseName(),
                content.patientId().isBlank() ? Optional.empty() : Optional.of(content.patientId()),
                content.notes(),
                content.caseFacts().entrySet().stream().map(Page::fact).toList(),
                SummarySection.of(content),
                curves,
                PicturesSection.of(content),
                TreatmentSection.of(content),
                DrugsSection.of(content),
                MethodsSection.of(content),
                PageResources.style(),
                ChartData.json(curves.charts()),
                plotLibrary,
                script,
                ContentPolicy.allowing(List.of(plotLibrary, script)));
    }

    private static SummarySection.Fact fact(Map.Entry<String, String> entry) {
        return new SummarySection.Fact(entry.getKey(), entry.getValue());
    }
}
