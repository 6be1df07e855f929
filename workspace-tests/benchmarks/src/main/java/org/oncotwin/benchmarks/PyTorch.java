package org.oncotwin.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same step in PyTorch, by the script that stands beside the references; nothing where Python or PyTorch is missing. */
final class PyTorch {

    private static final Pattern RUN = Pattern.compile(
            "\"grid\":\\s*\\[\\s*(\\d+),\\s*(\\d+),\\s*(\\d+)\\s*\\],\\s*\"type\":\\s*\"float64\",\\s*\"way\":\\s*\"(\\w+)\".*?\"best_voxel_steps_per_second\":\\s*([0-9.eE+]+)",
            Pattern.DOTALL);

    private PyTorch() {}

    /** Grid voxel-steps per second by {@code grid way}, for example {@code 64x64x64 slices}. */
    static Map<String, Double> measure(Path script, int threads) {
        Map<String, Double> rates = new TreeMap<>();
        for (String python : List.of("/usr/bin/python3", "python3")) {
            if (rates.isEmpty() && run(List.of(python, "-c", "import torch")).exitCode() == 0) {
                Output output = run(List.of(
                        python,
                        script.toString(),
                        "--threads",
                        Integer.toString(threads),
                        "--seconds",
                        "2",
                        "--types",
                        "float64"));
                Matcher matcher = RUN.matcher(output.text());
                while (matcher.find()) {
                    String grid = matcher.group(1) + "x" + matcher.group(2) + "x" + matcher.group(3);
                    rates.put(grid + " " + matcher.group(4), Double.valueOf(matcher.group(5)));
                }
            }
        }
        return rates;
    }

    private record Output(int exitCode, String text) {}

    private static Output run(List<String> command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            // The program does not exist here.
            return new Output(127, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
