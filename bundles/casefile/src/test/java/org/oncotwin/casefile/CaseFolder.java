package org.oncotwin.casefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the example case and its images. */
final class CaseFolder {
    /** The example of the documentation, word for word. */
    static final String EXAMPLE = """
            { "case": "gbm-001", "seed": 1,
              "patient": { "id": "ONCO-2026-001", "age": 62 },
              "anatomy": { "tissue": "tissue.nii.gz", "labels": {"csf": 1, "grey": 2, "white": 3}, "mask": "mask.nii.gz" },
              "initial": { "day": 0, "cellularity": "u0.nii.gz" },
              "growth": { "model": "reaction-diffusion", "version": "[1,2)",
                          "parameters": { "proliferation": "0.05 /d", "diffusion": {"white": "0.1 mm2/d", "grey": "0.02 mm2/d"}, "carrying_capacity": 1.0 } },
              "treatments": [ { "modality": "radiation-lq", "start_day": 30, "fractions": 30, "dose_per_fraction": "2 Gy", "days": "weekdays",
                                "parameters": { "alpha": "0.03 /Gy", "alpha_beta": "10 Gy" } } ],
              "horizon": "180 d", "output": "7 d" }
            """;

    static final String LOGISTIC = """
            { "case": "logistic-001",
              "initial": { "day": 0, "volume": "10 cm3" },
              "growth": { "model": "logistic",
                          "parameters": { "proliferation": "0.05 /d", "carrying_capacity": "100 cm3" } },
              "horizon": "10 d", "output": "1 d" }
            """;

    final Path folder;
    final JsonCaseReader reader = new JsonCaseReader(new PluginsForTests(), new UnitsForTests(), new ImagesForTests());

    CaseFolder(Path folder) throws IOException {
        this.folder = folder;
        ImagesForTests.write(folder.resolve("tissue.nii.gz"), 2, 2, 1, 1, 0, 1, 2, 3, 7);
        ImagesForTests.write(folder.resolve("mask.nii.gz"), 2, 2, 1, 1, 0, 0, 1, 1, 1);
        ImagesForTests.write(folder.resolve("u0.nii.gz"), 2, 2, 1, 1, 0, 0, 0, 0.5, 0);
    }

    Path write(String json) throws IOException {
        return write(json.getBytes(StandardCharsets.UTF_8));
    }

    Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("case.json"), bytes);
    }

    Case read(String json) throws IOException {
        return reader.read(write(json));
    }
}
