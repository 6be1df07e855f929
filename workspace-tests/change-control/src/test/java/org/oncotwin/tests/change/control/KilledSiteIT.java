package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.oncotwin.tests.change.control.verhulst.VerhulstMethod;

/**
 * {@code kill -9} at random points of the workflow and of running studies, also while the site is opened: nothing that was acknowledged is lost, the trail and all signatures hold,
 * changes go on, and studies end with the bits that they would have had.
 */
@Tag("long")
final class KilledSiteIT {

    private static final int KILLS = Integer.getInteger("oncotwin.kills", 100);
    private static final long SEED = Long.getLong("oncotwin.seed", System.nanoTime());
    private static final int SITES = 2;
    private static final int VERSIONS = 150;

    private static final double RATE = 0.05;
    private static final double CAPACITY = 100;
    private static final Pattern VERSION = Pattern.compile("\\[verhulst 1\\.(\\d+)\\.0]");

    /** Kills by what the site was doing. */
    private final Map<String, Integer> killed = new TreeMap<>();

    /** Something that makes a site. */
    private interface Made {
        ControlledSite site() throws Exception;
    }

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        killAgainAndAgain(KILLS, SITES, () -> ControlledSite.at(Stage.INSTALLED), "kills.txt");
    }

    @Test
    void nothingAcknowledgedIsLostOnPostgreSql() throws Exception {
        killAgainAndAgain(
                Math.max(1, KILLS / 10),
                1,
                () -> ControlledSite.onPostgreSql(ControlledSite.plan(1000)),
                "kills-postgresql.txt");
    }

    private void killAgainAndAgain(int kills, int lanes, Made made, String file) throws Exception {
        System.out.println("seed " + SEED + " (-Doncotwin.seed=" + SEED + " draws the same times)");
        List<Lane> sites = new ArrayList<>();
        Path bundles = bundles();
        for (int n = 0; n < lanes; n++) {
            sites.add(new Lane(prepared(made), bundles, new Random(SEED + n)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            List<Future<Void>> results = new ArrayList<>();
            for (int n = 0; n < lanes; n++) {
                Lane lane = sites.get(n);
                int share = kills / lanes + (n < kills % lanes ? 1 : 0);
                Callable<Void> work = () -> {
                    lane.run(share);
                    return null;
                };
                results.add(threads.submit(work));
            }
            for (Future<Void> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String report = kills + " kills while: " + killed;
        System.out.println(report);
        Files.writeString(Path.of("target", file), "seed " + SEED + ", " + report + System.lineSeparator());
        assertThat(killed.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(kills);
    }

    /** Signed bundles of all versions that the sites may come to. */
    private static Path bundles() throws Exception {
        Path folder = ControlledSite.fresh("versions");
        Path signed = folder.resolve("signed");
        for (int n = 1; n <= VERSIONS; n++) {
            ControlledSite.supplier().sign(ModelBundle.build(folder, WorkingSite.version(n), WorkingSite.method(n)));
        }
        return signed;
    }

    /** A site on which one change was carried out, so that all who sign have signed with both components. */
    private static ControlledSite prepared(Made made) throws Exception {
        ControlledSite site = made.site();
        try {
            site.propose(WorkingSite.version(1), WorkingSite.method(1), "numerical-method");
            site.verify(1);
            site.signAll(1);
            assertThat(site.promote(1).state()).isEqualTo(ChangeState.ACCEPTED);
        } finally {
            site.close();
        }
        return site;
    }

    /** One site that is killed again and again. */
    private final class Lane {

        private final Path folder;
        private final Map<String, String> location;
        private final Path bundles;
        private final Map<String, String> tokens;
        private final Random random;

        /** How far each change was said to be, and each study. */
        private final Map<Long, Integer> changes = new HashMap<>();

        private final Map<Long, Double> reached = new HashMap<>();
        private final Map<Long, String> results = new HashMap<>();

        Lane(ControlledSite prepared, Path bundles, Random random) {
            this.folder = prepared.folder();
            this.location = prepared.location();
            this.bundles = bundles;
            this.tokens = prepared.tokens();
            this.random = random;
        }

        void run(int kills) throws Exception {
            for (int n = 0; n < kills; n++) {
                // One in five while the site is being opened; the others at times that are short as a rule and now and
                // then long, so that every step is met.
                boolean opening = random.nextInt(5) == 0;
                long after = opening
                        ? random.nextInt(4000)
                        : (long) Math.min(6000, -1200 * Math.log(1 - random.nextDouble()));
                List<String> said = killed(opening, after, n);
                String when = "kill " + n;
                said.forEach(line -> compare(line, when));
                said.forEach(this::remember);
                count(said);
            }
            end();
        }

        /** Starts the site, kills it, and returns what it had said. */
        private List<String> killed(boolean opening, long after, int number) throws Exception {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WorkingSite.class.getName(),
                    folder.toString(),
                    bundles.toString()));
            tokens.forEach((name, token) -> command.addAll(List.of(name, token)));
            command.add("");
            location.forEach((key, value) -> command.addAll(List.of(key, value)));
            Path errors = folder.resolveSibling("errors-" + number + ".txt");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            List<String> lines = new ArrayList<>();
            CountDownLatch open = new CountDownLatch(1);
            Thread reader = new Thread(() -> read(process, lines, open));
            reader.start();
            try {
                boolean ended = false;
                if (!opening) {
                    assertThat(open.await(2, TimeUnit.MINUTES))
                            .as("the site opens")
                            .isTrue();
                }
                ended = process.waitFor(after, TimeUnit.MILLISECONDS);
                assertThat(ended)
                        .as("it works until it is killed: %s", Files.readString(errors))
                        .isFalse();
            } finally {
                // By its handle: the process itself would close its output, and with it what is on its way.
                process.toHandle().destroyForcibly();
                reader.join();
                process.waitFor();
            }
            return lines;
        }

        private static void read(Process process, List<String> lines, CountDownLatch open) {
            try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.endsWith(" .")) {
                        lines.add(line.substring(0, line.length() - 2));
                    }
                    if (line.equals("open .")) {
                        open.countDown();
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                // Also if it ended before.
                open.countDown();
            }
        }

        private void count(List<String> said) {
            String doing = "opening";
            for (String line : said) {
                if (line.equals("open")) {
                    doing = "studies alone";
                } else if (line.startsWith("doing ")) {
                    doing = line.substring("doing ".length());
                }
            }
            synchronized (KilledSiteIT.this.killed) {
                KilledSiteIT.this.killed.merge(doing, 1, Integer::sum);
            }
        }

        /** What is found when the site is opened is at least what was acknowledged. */
        private void compare(String line, String when) {
            assertThat(line).as(when).doesNotStartWith("fault");
            String[] words = line.split(" ");
            if (!words[0].equals("is")) {
                return;
            }
            long number = Long.parseLong(words[2]);
            if (words[1].equals("change")) {
                ChangeState state = ChangeState.valueOf(words[3]);
                // What was being done is done, or taken back.
                assertThat(state)
                        .as("%s, %s", line, when)
                        .isNotIn(
                                ChangeState.PROMOTING,
                                ChangeState.WATCHING,
                                ChangeState.ROLLING_BACK,
                                ChangeState.FAILED);
                assertThat(rank(state, words[4]))
                        .as("%s, %s", line, when)
                        .isGreaterThanOrEqualTo(changes.getOrDefault(number, 0));
            } else {
                assertThat(StudyState.valueOf(words[3]))
                        .as("%s, %s", line, when)
                        .isNotEqualTo(StudyState.FAILED);
                assertThat(Double.parseDouble(words[4]))
                        .as("%s, %s", line, when)
                        .isGreaterThanOrEqualTo(reached.getOrDefault(number, 0.0));
                if (results.containsKey(number)) {
                    assertThat(words[5]).as("%s, %s", line, when).isEqualTo(results.get(number));
                }
            }
        }

        private void remember(String line) {
            String[] words = line.split(" ");
            if (!words[0].equals("is") && !words[0].equals("did")) {
                return;
            }
            long number = Long.parseLong(words[2]);
            if (words[1].equals("change")) {
                changes.merge(number, rank(ChangeState.valueOf(words[3]), words[4]), Math::max);
            } else {
                reached.merge(number, Double.valueOf(words[4]), Math::max);
                if (!words[5].equals("-")) {
                    results.put(number, words[5]);
                }
            }
        }

        private static int rank(ChangeState state, String signatures) {
            return switch (state) {
                case PROPOSED -> 1;
                case FAILED -> 2;
                case VERIFIED -> 3 + Integer.parseInt(signatures);
                case PROMOTING -> 6;
                case WATCHING -> 7;
                case ACCEPTED -> 8;
                case ROLLING_BACK -> 9;
                case ROLLED_BACK -> 10;
            };
        }

        /** Opened for good, everything goes on to its end. */
        private void end() throws Exception {
            try (ControlledSite site = ControlledSite.open(folder, location, tokens)) {
                List<Change> all = site.site().changes().all();
                assertThat(all).extracting(Change::number).containsAll(changes.keySet());
                for (Change change : all) {
                    compare(
                            "is change " + change.number() + " " + change.state() + " "
                                    + change.signatures().size(),
                            "the end");
                }
                Map<Long, Study> studies = new HashMap<>();
                site.site().studies().all().forEach(study -> studies.put(study.number(), study));
                assertThat(studies.keySet()).containsAll(reached.keySet());
                for (Study study : studies.values()) {
                    if (study.state() == StudyState.PAUSED) {
                        site.site().studies().resume(site.person("simon").session(), study.number(), "to its end");
                    }
                    checkBits(site, site.site().studies().await(study.number(), Duration.ofMinutes(3)));
                }
                assertThat(site.audited("study.fail")).isEmpty();
                assertThat(site.audited("study.stay")).isEmpty();
                assertThat(site.site().audit().verify().faults()).isEmpty();
                assertThat(site.site().signatures().verify()).isEmpty();
            }
        }

        /** Each day of a study is what one of its versions makes of the day before, to the bit, in the order in which the study moved. */
        private void checkBits(ControlledSite site, Study study) throws IOException {
            assertThat(study.state()).as(study.toString()).isEqualTo(StudyState.FINISHED);
            if (results.containsKey(study.number())) {
                assertThat(study.result()).contains(results.get(study.number()));
            }
            List<VerhulstMethod> versions = versions(study);
            if (study.policy() == UpgradePolicy.PIN) {
                assertThat(versions).hasSize(1);
            }
            JsonNode values;
            try (InputStream in = site.site().contents().open(study.result().orElseThrow())) {
                values = new ObjectMapper()
                        .readTree(in)
                        .path("series")
                        .path("tumour.volume")
                        .path("values");
            }
            assertThat(values).hasSize(WorkingSite.DAYS + 1);
            int version = 0;
            for (int day = 0; day < WorkingSite.DAYS; day++) {
                double next = values.get(day + 1).asDouble();
                while (version < versions.size()
                        && versions.get(version).grow(values.get(day).asDouble(), 1, RATE, CAPACITY) != next) {
                    version++;
                }
                assertThat(version)
                        .as(
                                "study %d, day %d: %s is what none of %s makes of %s",
                                study.number(), day + 1, next, versions, values.get(day))
                        .isLessThan(versions.size());
            }
        }

        private static List<VerhulstMethod> versions(Study study) throws IOException {
            Stream<List<PluginIdentity>> used = study.moves().isEmpty()
                    ? Stream.of(study.plugins())
                    : Stream.concat(
                            Stream.of(study.moves().get(0).from()),
                            study.moves().stream().map(StudyMove::to));
            List<VerhulstMethod> versions = new ArrayList<>();
            for (List<PluginIdentity> plugins : used.toList()) {
                Matcher number = VERSION.matcher(plugins.toString());
                assertThat(number.matches()).as(plugins.toString()).isTrue();
                Properties method = new Properties();
                method.load(new StringReader(WorkingSite.method(Long.parseLong(number.group(1)))));
                versions.add(VerhulstMethod.of(method));
            }
            return versions;
        }
    }
}
