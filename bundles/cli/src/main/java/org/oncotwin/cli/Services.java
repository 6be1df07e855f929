package org.oncotwin.cli;

import java.util.List;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.imaging.ImageWriter;
import org.oncotwin.api.imaging.TissueSegmentation;
import org.oncotwin.api.simulation.CheckpointFormat;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.casefile.DrugCatalogue;
import org.oncotwin.casefile.ResultReader;
import org.oncotwin.casefile.RunFolders;
import org.oncotwin.report.ReportWriter;

/**
 * What commands work with.
 *
 * @param version version of this program
 * @param cases reads cases
 * @param folders makes run folders
 * @param results reads run folders
 * @param engine runs
 * @param catalogue plugins there are
 * @param drugs drugs and regimens of the libraries
 * @param checkpoints reads and writes checkpoints
 * @param imageReader reads images
 * @param images writes images
 * @param segmentation tells tissues apart
 * @param reports writes reports
 * @param exporters export plugins there are
 * @param sceneExporters exporters of scenes there are, by id
 * @param units converts units
 */
record Services(
        String version,
        CaseReader cases,
        RunFolders folders,
        ResultReader results,
        SimulationEngine engine,
        PluginCatalogue catalogue,
        DrugCatalogue drugs,
        CheckpointFormat checkpoints,
        ImageReader imageReader,
        ImageWriter images,
        TissueSegmentation segmentation,
        ReportWriter reports,
        List<InstalledExporter> exporters,
        List<InstalledSceneExporter> sceneExporters,
        UnitConverter units) {
    Services {
        exporters = List.copyOf(exporters);
        sceneExporters = List.copyOf(sceneExporters);
    }
}
