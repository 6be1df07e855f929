package org.oncotwin.tests.end.to.end;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The example of the documentation, word for word, and small images for it: a ball of white matter in a shell of grey, with fluid in the middle and a tumour beside it.
 */
final class GliomaCase {
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

    private static final int NX = 24;
    private static final int NY = 22;
    private static final int NZ = 16;

    private GliomaCase() {}

    /** Writes the images, beside which the case goes. */
    static Path images(Path folder) throws IOException {
        Nifti tissue = Nifti.of(NX, NY, NZ, 2, 2, 2.5, GliomaCase::label);
        tissue.writeLabels(folder.resolve("tissue.nii.gz"));
        tissue.map(label -> label == 0 ? 0 : 1).writeLabels(folder.resolve("mask.nii.gz"));
        Nifti.of(NX, NY, NZ, 2, 2, 2.5, (i, j, k) -> {
                    double squared = squaredDistance(i, j, k, 15, 11, 8);
                    return label(i, j, k) >= 2 ? 0.8 * Math.exp(-squared / 32) : 0;
                })
                .write(folder.resolve("u0.nii.gz"));
        return folder;
    }

    /** A folder with the images and a case. */
    static Path write(Path folder, String json) throws IOException {
        images(folder);
        Files.writeString(folder.resolve("case.json"), json);
        return folder;
    }

    /** The example with one piece of text replaced. */
    static String with(String there, String instead) {
        if (!EXAMPLE.contains(there)) {
            throw new IllegalArgumentException("the example has no " + there);
        }
        return EXAMPLE.replace(there, instead);
    }

    private static double label(int i, int j, int k) {
        double distance = Math.sqrt(squaredDistance(i, j, k, 11.5, 10.5, 7.5));
        return distance > 20 ? 0 : distance > 15 ? 2 : distance > 4 ? 3 : 1;
    }

    private static double squaredDistance(int i, int j, int k, double x, double y, double z) {
        double dx = 2 * (i - x);
        double dy = 2 * (j - y);
        double dz = 2.5 * (k - z);
        return dx * dx + dy * dy + dz * dz;
    }
}
