package org.oncotwin.cli;

import java.util.Comparator;
import java.util.List;
import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.imaging.ImageWriter;
import org.oncotwin.api.imaging.TissueSegmentation;
import org.oncotwin.api.scene.SceneExporter;
import org.oncotwin.api.simulation.CheckpointFormat;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.casefile.DrugCatalogue;
import org.oncotwin.casefile.ResultReader;
import org.oncotwin.casefile.RunFolders;
import org.oncotwin.report.ReportWriter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Gathers what commands work with. An export plugin that comes or goes makes a new one of these; a command that runs keeps what it began with. */
@Component(service = OncoTwinServices.class)
public final class OncoTwinServices {
    private final Services services;

    /** With everything that commands need and the exporters there are. */
    @Activate
    public OncoTwinServices(
            BundleContext context,
            @Reference CaseReader cases,
            @Reference RunFolders folders,
            @Reference ResultReader results,
            @Reference SimulationEngine engine,
            @Reference PluginCatalogue catalogue,
            @Reference DrugCatalogue drugs,
            @Reference CheckpointFormat checkpoints,
            @Reference ImageReader imageReader,
            @Reference ImageWriter images,
            @Reference TissueSegmentation segmentation,
            @Reference ReportWriter reports,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<ComponentServiceObjects<Exporter>> exporters,
            @Reference(policyOption = ReferencePolicyOption.GREEDY)
                    List<ComponentServiceObjects<SceneExporter>> sceneExporters,
            @Reference UnitConverter units) {
        services = new Services(
                context.getBundle().getVersion().toString(),
                cases,
                folders,
                results,
                engine,
                catalogue,
                drugs,
                checkpoints,
                imageReader,
                images,
                segmentation,
                reports,
                exporters.stream().map(OncoTwinServices::installed).toList(),
                sceneExporters.stream()
                        .map(OncoTwinServices::installedScene)
                        .sorted(Comparator.comparing(InstalledSceneExporter::id))
                        .toList(),
                units);
    }

    private static InstalledExporter installed(ComponentServiceObjects<Exporter> objects) {
        Bundle bundle = objects.getServiceReference().getBundle();
        return new InstalledExporter(bundle.getVersion().toString(), bundle.getSymbolicName(), objects.getService());
    }

    private static InstalledSceneExporter installedScene(ComponentServiceObjects<SceneExporter> objects) {
        Bundle bundle = objects.getServiceReference().getBundle();
        return new InstalledSceneExporter(
                bundle.getVersion().toString(), bundle.getSymbolicName(), objects.getService());
    }

    Services get() {
        return services;
    }
}
