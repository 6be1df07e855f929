package org.oncotwin.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.oncotwin.api.imaging.ImageWriter;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.casefile.RunFolder;

/** Writes the fields of a run, each output as it comes. */
final class FieldFiles implements RunListener {
    private final ImageWriter images;
    private final RunFolder folder;

    FieldFiles(ImageWriter images, RunFolder folder) {
        this.images = images;
        this.folder = folder;
    }

    @Override
    public void output(Output output) throws IOException {
        for (StateComponent component : output.state().components().values()) {
            if (component instanceof FieldComponent field) {
                try (OutputStream out = folder.create("fields/" + name(field, output) + ".nii.gz")) {
                    images.write(field.field(), out);
                }
            }
        }
    }

    private static String name(FieldComponent field, Output output) {
        String quantity = field.quantity().name();
        boolean several = output.state().components().values().stream()
                        .filter(c -> c instanceof FieldComponent
                                && c.quantity().name().equals(quantity))
                        .count()
                > 1;
        // Two courses of one drug have a field of the same name each.
        String owner = several ? field.owner().replaceAll("[^A-Za-z0-9.-]", "-") + "-" : "";
        return owner + quantity + "-day-" + Text.plain(output.time().days());
    }
}
