import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the volumes of two run folders at all outputs: prints how many outputs each has, and the largest relative difference, which is 0.0 only if all bits are the same. */
final class Compare {

    public static void main(String[] arguments) throws Exception {
        double[] one = volumes(Path.of(arguments[0]));
        double[] other = volumes(Path.of(arguments[1]));
        double largest = one.length == other.length ? 0 : Double.POSITIVE_INFINITY;
        for (int n = 0; n < Math.min(one.length, other.length); n++) {
            largest = Math.max(largest, Math.abs(one[n] - other[n]) / one[n]);
        }
        if (largest == 0 && !Arrays.equals(one, other)) {
            largest = Double.MIN_VALUE;
        }
        System.out.println(one.length + " " + other.length + " " + largest);
    }

    private static double[] volumes(Path run) throws Exception {
        Matcher series = Pattern.compile("\"tumour\\.volume\"\\s*:\\s*\\{[^}]*\"values\"\\s*:\\s*\\[([^]]*)]")
                .matcher(Files.readString(run.resolve("result.json")));
        if (!series.find()) {
            throw new IllegalStateException("no volumes in " + run.resolve("result.json"));
        }
        return Arrays.stream(series.group(1).split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
