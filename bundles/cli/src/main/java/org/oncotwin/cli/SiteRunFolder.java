package org.oncotwin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.casefile.Result;

/**
 * The run folder of a study that a site keeps, {@code SITE/studies/NUMBER/run}. Plugins of a site lie in the site and not in this runtime, and a study may have moved from one version to
 * another, which only the site knows of.
 *
 * @param site name of the folder of the site
 * @param study number of the study
 */
record SiteRunFolder(String site, String study) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /** What a run folder is if it lies in a site. */
    static Optional<SiteRunFolder> of(Path run) {
        try {
            Path real = run.toRealPath();
            Path study = real.getParent();
            Path studies = study == null ? null : study.getParent();
            Path site = studies == null ? null : studies.getParent();
            boolean inSite = site != null
                    && real.endsWith("run")
                    && NUMBER.matcher(study.getFileName().toString()).matches()
                    && studies.endsWith("studies")
                    && Files.isRegularFile(site.resolve("site.properties"));
            return inSite
                    ? Optional.of(new SiteRunFolder(
                            named(run).orElse(String.valueOf(site.getFileName())),
                            study.getFileName().toString()))
                    : Optional.empty();
        } catch (IOException unreadable) {
            // Whoever reads the folder says what is wrong with it.
            return Optional.empty();
        }
    }

    /** The site as the person named it on the way to the run folder, if he did. */
    private static Optional<String> named(Path run) {
        Path site = run.normalize();
        for (int up = 0; up < 3 && site != null; up++) {
            site = site.getParent();
        }
        return Optional.ofNullable(site).map(Path::toString).filter(name -> !name.isEmpty());
    }

    /**
     * Refuses a study that cannot be repeated without its site.
     *
     * @throws InvalidInputException if a plugin is not here in the version of the study, or the study moved from one version to another
     */
    void requirePlugins(Result recorded, PluginCatalogue catalogue) {
        Set<String> here =
                catalogue.identities().stream().map(SiteRunFolder::name).collect(Collectors.toSet());
        List<PluginIdentity> plugins = recorded.provenance().plugins();
        List<String> missing = plugins.stream()
                .filter(plugin -> plugin.kind() != PluginKind.EXPORT && !here.contains(name(plugin)))
                .map(plugin -> "plugin " + plugin.id() + " version " + plugin.version())
                .toList();
        if (!missing.isEmpty()) {
            throw new InvalidInputException(
                    "RUN",
                    String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are")
                            + " not part of this runtime; " + instead());
        }
        Set<String> seen = new HashSet<>();
        plugins.stream()
                .filter(plugin -> !seen.add(plugin.kind() + " " + plugin.id()))
                .findFirst()
                .ifPresent(twice -> {
                    throw new InvalidInputException(
                            "RUN",
                            "the study moved from one version of " + twice.id() + " to another on its way; "
                                    + instead());
                });
    }

    private static String name(PluginIdentity plugin) {
        return plugin.kind() + " " + plugin.id() + " " + plugin.version();
    }

    private String instead() {
        return "replay the study where the site keeps them: oncotwin study replay " + study + " --site " + site;
    }
}
