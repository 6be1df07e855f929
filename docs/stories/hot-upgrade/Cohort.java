import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.StringJoiner;

/** The reference cohort: 24 virtual patients whose true course is known in closed form (von Bertalanffy 1957). Writes it into a folder. */
final class Cohort {

    private static final int PATIENTS = 24;
    private static final int DAYS = 120;
    private static final int OUTPUT = 30;

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        StringJoiner cases = new StringJoiner(",\n", "{ \"cases\": [\n", "\n], \"files\": {} }\n");
        for (int n = 0; n < PATIENTS; n++) {
            double catabolism = 0.06 + 0.005 * n;
            double anabolism = catabolism * (2.5 + 0.5 * (n % 4));
            double volume = 1 + n % 6;
            String file = String.format(Locale.ROOT, "patient-%02d.json", n + 1);
            Files.writeString(folder.resolve(file), patient(n + 1, volume, anabolism, catabolism));
            StringJoiner truth = new StringJoiner(", ");
            for (int day = 0; day <= DAYS; day += OUTPUT) {
                truth.add(Double.toString(volume(volume, anabolism, catabolism, day)));
            }
            cases.add("  { \"case\": \"" + file + "\", \"sha256\": \"" + sha256(folder.resolve(file)) + "\",\n"
                    + "    \"subgroups\": [\"" + (n < PATIENTS / 2 ? "slow" : "fast") + "\", \""
                    + (volume <= 3 ? "small" : "large") + "\"],\n"
                    + "    \"reference\": { \"tumour.volume\": [" + truth + "] } }");
        }
        Files.writeString(folder.resolve("cohort.json"), cases.toString());
        System.out.println(sha256(folder.resolve("cohort.json")));
    }

    /** Volume in cm3: V^(1/3) goes to a / b exponentially with the rate b / 3. */
    private static double volume(double start, double a, double b, double day) {
        double radius = a / b - (a / b - Math.cbrt(start)) * Math.exp(-b * day / 3);
        return radius * radius * radius;
    }

    private static String patient(int number, double volume, double anabolism, double catabolism) {
        return "{ \"case\": \"virtual-patient-" + number + "\", \"initial\": { \"day\": 0, \"volume\": \"" + volume
                + " cm3\" },\n  \"growth\": { \"model\": \"bertalanffy\", \"parameters\": { \"anabolism\": \"" + anabolism
                + " cm/d\", \"catabolism\": \"" + catabolism + " /d\" } },\n  \"horizon\": \"" + DAYS
                + " d\", \"output\": \"" + OUTPUT + " d\" }\n";
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
