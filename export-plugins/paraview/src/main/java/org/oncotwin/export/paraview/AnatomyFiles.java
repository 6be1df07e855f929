package org.oncotwin.export.paraview;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.LabelField;

/** What does not change in a run: an image of domain and tissue labels, written once, and the names of the labels. */
final class AnatomyFiles {

    private AnatomyFiles() {}

    static void write(String base, Anatomy anatomy, ExportTarget target) throws IOException {
        List<ImageArray> arrays = new ArrayList<>();
        arrays.add(ImageArray.ofMask("domain", anatomy.domain()));
        anatomy.tissue().ifPresent(tissue -> arrays.add(ImageArray.ofLabels("tissue", tissue)));
        try (OutputStream out = target.create(base + "_anatomy.vti")) {
            ImageDataFile.write(out, anatomy.grid(), null, arrays);
        }
        if (anatomy.tissue().isPresent()) {
            writeNames(base, anatomy.tissue().orElseThrow(), target);
        }
    }

    private static void writeNames(String base, LabelField tissue, ExportTarget target) throws IOException {
        CsvTable table = new CsvTable(List.of("label", "tissue"));
        for (Map.Entry<String, Integer> name : tissue.names().entrySet()) {
            table.add(Map.of("label", Integer.toString(name.getValue()), "tissue", name.getKey()));
        }
        try (OutputStream out = target.create(base + "_tissue.csv")) {
            table.write(out);
        }
    }
}
