package org.oncotwin.export.paraview;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** Writes the images of a state as it comes and keeps only names and scalars for the end. For one thread. */
final class ParaViewExport implements Export {

    private static final String DAY = "day";

    private final String base;
    private final ExportTarget target;
    private final List<CollectionFile.Entry> images = new ArrayList<>();
    private final CsvTable scalars = new CsvTable(List.of(DAY));
    private int states;

    ParaViewExport(String base, ExportTarget target) {
        this.base = base;
        this.target = target;
    }

    @Override
    public void add(State state) throws IOException {
        Map<Grid, List<ImageArray>> byGrid = new LinkedHashMap<>();
        Map<String, String> row = new LinkedHashMap<>();
        row.put(DAY, Double.toString(state.time().days()));
        for (StateComponent component : state.components().values()) {
            String name = name(component, state);
            if (component instanceof FieldComponent f) {
                byGrid.computeIfAbsent(f.field().grid(), grid -> new ArrayList<>())
                        .add(ImageArray.ofField(name, f.quantity().unit(), f.field()));
            } else if (component instanceof ScalarComponent s) {
                row.put(name + " [" + s.quantity().unit() + "]", Double.toString(s.value()));
            } else if (component instanceof AgentsComponent a) {
                row.put(name + " count [1]", Integer.toString(a.count()));
            }
        }
        int part = 0;
        for (Map.Entry<Grid, List<ImageArray>> image : byGrid.entrySet()) {
            String file = String.format(Locale.ROOT, "%s_%04d%s.vti", base, states, part == 0 ? "" : "_" + part);
            try (OutputStream out = target.create(file)) {
                ImageDataFile.write(out, image.getKey(), state.time(), image.getValue());
            }
            images.add(new CollectionFile.Entry(state.time().days(), part, file));
            part++;
        }
        scalars.add(row);
        states++;
    }

    @Override
    public void finish() throws IOException {
        if (!images.isEmpty()) {
            try (OutputStream out = target.create(base + ".pvd")) {
                CollectionFile.write(out, images);
            }
        }
        try (OutputStream out = target.create(base + "_scalars.csv")) {
            scalars.write(out);
        }
    }

    /** The quantity where one owner keeps it, with the owner in front where several do. */
    private static String name(StateComponent component, State state) {
        String quantity = component.quantity().name();
        long owners = state.components().values().stream()
                .filter(c -> c.quantity().name().equals(quantity))
                .count();
        return owners == 1 ? quantity : component.owner() + "/" + quantity;
    }
}
