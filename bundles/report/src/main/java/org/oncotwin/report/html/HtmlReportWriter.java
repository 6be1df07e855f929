package org.oncotwin.report.html;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.oncotwin.report.ReportContent;
import org.oncotwin.report.ReportWriter;
import org.osgi.service.component.annotations.Component;

/** Writes reports from the templates beside this class. A template that names something that is not there fails rather than leaves a gap. */
@Component(service = ReportWriter.class)
public final class HtmlReportWriter implements ReportWriter {

    @Override
    public void write(ReportContent content, OutputStream out) throws IOException {
        Page page = Page.of(content);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        template().execute(page, writer);
        writer.flush();
    }

    private static Template template() throws IOException {
        try (Reader page = PageResources.template("page")) {
            return Mustache.compiler()
                    .escapeHTML(true)
                    .strictSections(true)
                    .withCollector(new OptionalCollector())
                    .withLoader(PageResources::template)
                    .compile(page);
        }
    }
}
