package org.oncotwin.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InvalidInputException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads run folders that hold JSON. */
@Component
public final class JsonResultReader implements ResultReader {
    private final CaseReader cases;

    /** With the reader of case files. */
    @Activate
    public JsonResultReader(@Reference CaseReader cases) {
        this.cases = cases;
    }

    @Override
    public Result read(Path runFolder) {
        if (!Files.isDirectory(runFolder)) {
            throw new InvalidInputException("RUN", "'" + shown(runFolder) + "' is not a folder");
        }
        Path file = runFolder.resolve(HiddenRunFolders.RESULT);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "RUN", "'" + shown(runFolder) + "' is not a run folder: it has no " + HiddenRunFolders.RESULT);
        }
        return ResultJson.read(file);
    }

    @Override
    public Result readFile(Path resultFile) {
        return ResultJson.read(resultFile);
    }

    @Override
    public Case readCase(Path runFolder, Result result) {
        Map<String, Path> inputs = new TreeMap<>();
        for (StoredInput input : result.inputs()) {
            inputs.put(input.name(), stored(runFolder, input));
        }
        return cases.read(runFolder.resolve(HiddenRunFolders.CASE), inputs);
    }

    private static Path stored(Path runFolder, StoredInput input) {
        String field = "inputs." + Words.shown(input.name());
        try {
            Path file = runFolder.resolve(input.file()).normalize();
            if (Path.of(input.file()).isAbsolute() || !file.startsWith(runFolder.normalize())) {
                throw new InvalidInputException(field, "the copy is not within the run folder");
            }
            if (!Files.isRegularFile(file)) {
                throw new InvalidInputException(field, "its copy " + Words.shown(input.file()) + " is missing");
            }
            if (!InputFiles.sha256(file).equals(input.sha256())) {
                throw new InvalidInputException(
                        field, "its copy " + Words.shown(input.file()) + " is not the file that the run used");
            }
            return file;
        } catch (InvalidPathException | IOException unreadable) {
            throw new InvalidInputException(field, "its copy cannot be read");
        }
    }

    private static String shown(Path path) {
        return Words.shown(String.valueOf(path.getFileName()));
    }
}
