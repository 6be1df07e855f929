package org.example.bertalanffy;

import java.util.List;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.growth.VolumeGrowth;
import org.oncotwin.api.growth.VolumeProcess;
import org.oncotwin.api.twin.Quantity;

/** What the model keeps of a tumour: its volume. */
final class GrowthState {

    static final List<Quantity> QUANTITIES = List.of(Quantity.TUMOUR_VOLUME);

    private GrowthState() {}

    static GrowthProcess process(String owner, int schemaVersion, VolumeGrowth growth) {
        return new VolumeProcess(owner, schemaVersion, growth);
    }
}
