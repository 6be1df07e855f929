package org.oncotwin.casefile;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.oncotwin.api.plugin.PluginIdentity;
import org.osgi.annotation.versioning.ProviderType;

/** Reads case files: checks every key, unit, file and plugin that the case names, so that a case that was read can be run. */
@ProviderType
public interface CaseReader {
    /**
     * Reads a case file. Paths in it are relative to its folder.
     *
     * @param caseFile a JSON file in UTF-8 of at most 4 MiB
     * @throws InvalidCaseException with every problem that was found, each with its JSON path
     */
    Case read(Path caseFile);

    /**
     * Reads a case file whose inputs lie elsewhere, as in a run folder.
     *
     * @param caseFile a JSON file in UTF-8 of at most 4 MiB
     * @param inputs where each input lies, by its name in the case
     * @throws InvalidCaseException with every problem that was found, each with its JSON path
     */
    Case read(Path caseFile, Map<String, Path> inputs);

    /**
     * Reads a case file for a part of the plugins that are there, such as those of one combination: the others do not exist for this case.
     *
     * @param visible which plugins the case may name
     * @throws InvalidCaseException with every problem that was found, each with its JSON path
     */
    Case read(Path caseFile, Predicate<PluginIdentity> visible);

    /** As {@link #read(Path, Map)} and {@link #read(Path, Predicate)} at once. */
    Case read(Path caseFile, Map<String, Path> inputs, Predicate<PluginIdentity> visible);
}
