package org.oncotwin.cli.site;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.api.store.Sites;
import org.oncotwin.api.store.StoreException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Opens sites with the bundles that the launcher adds for commands of a site. Their services are looked up when they are needed, because they are not there before a site is open. */
@Component(service = SiteDoor.class)
public final class FrameworkDoor implements SiteDoor {
    private final BundleContext context;

    /** Called by Declarative Services. */
    @Activate
    public FrameworkDoor(BundleContext context) {
        this.context = context;
    }

    @Override
    public OpenSite open(Path folder) {
        return through(sites -> sites.open(folder));
    }

    @Override
    public OpenSite create(Path folder, DatabaseLocation location) {
        return through(sites -> sites.create(folder, location));
    }

    private OpenSite through(Consumer<Sites> opening) {
        Sites sites = find(Sites.class)
                .orElseThrow(
                        () -> new InvalidInputException(
                                "",
                                "the bundles of a site are not there: give the command of a site as the first words, as in oncotwin site status"));
        opening.accept(sites);
        return new OpenSite(service(SiteFolder.class).path(), this::service, sites::close);
    }

    private <T> Optional<T> find(Class<T> type) {
        ServiceReference<T> reference = context.getServiceReference(type);
        return Optional.ofNullable(reference).map(context::getService);
    }

    private <T> T service(Class<T> type) {
        return find(type)
                .orElseThrow(
                        () -> new StoreException(type.getSimpleName() + " of the site did not come up" + reason()));
    }

    /** What components said when they could not be made; the component runtime keeps it and tells nobody. */
    private String reason() {
        return find(ServiceComponentRuntime.class).stream()
                .flatMap(runtime -> runtime.getComponentDescriptionDTOs().stream()
                        .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream()))
                .filter(configuration -> configuration.failure != null)
                .flatMap(configuration -> configuration.failure.lines().limit(1))
                // The class of what was thrown says nothing to people.
                .map(line -> ": " + line.replaceFirst("^[\\w.$]+: ", ""))
                .findFirst()
                .orElse("");
    }
}
