package org.oncotwin.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Texts that travel in this bundle. */
final class PageResources {

    /** Where the web jar of the plot library keeps its files. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private PageResources() {}

    /** A template; names are those of files beside this class. */
    static Reader template(String name) {
        return new InputStreamReader(open(name + ".mustache"), StandardCharsets.UTF_8);
    }

    /** Style of the plot library and of the page. */
    static String style() {
        return text(UPLOT + "dist/uPlot.min.css") + "\n" + text("report.css");
    }

    /** The plot library under its licence. */
    static String plotLibrary() {
        return "/*!\n" + text(UPLOT + "LICENSE").replace("*/", "* /") + "\n*/\n"
                + text(UPLOT + "dist/uPlot.iife.min.js");
    }

    /** The script of the page. */
    static String script() {
        return text("report.js");
    }

    private static String text(String name) {
        try (InputStream stream = open(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the report bundle cannot be read: " + name, e);
        }
    }

    private static InputStream open(String name) {
        InputStream stream = PageResources.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the report bundle lacks " + name);
        }
        return stream;
    }
}
