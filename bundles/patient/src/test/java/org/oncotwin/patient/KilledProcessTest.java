package org.oncotwin.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.store.ChildJava;
import org.oncotwin.store.PostgreSqlCluster;

/** Every version that was acknowledged is there after kill -9, whole, and no version is half there. */
class KilledProcessTest {

    private static final int KILLS = 6;
    private static final long SEED = 20_261_123;

    @TempDir
    Path folder;

    @Test
    void losesNothingInTheFolder() throws Exception {
        killAgainAndAgain("");
    }

    @Test
    void losesNothingOnPostgreSql() throws Exception {
        killAgainAndAgain(PostgreSqlCluster.required().newDatabase());
    }

    private void killAgainAndAgain(String url) throws Exception {
        Random random = new Random(SEED);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJava child = ChildJava.start(Writer.class, folder.toString(), url)) {
                int lines = 1 + random.nextInt(12);
                for (int i = 0; i < lines; i++) {
                    String line = child.line();
                    assertThat(line).isNotNull();
                    acknowledged.add(line);
                }
                // Lines on their way were acknowledged as well.
                acknowledged.addAll(child.kill());
            }
            check(url, acknowledged, kill);
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    }

    private void check(String url, List<String> acknowledged, int kill) throws IOException {
        try (SiteForTests site = new SiteForTests(folder.resolve("site"), url, Clock.systemUTC())) {
            List<String> kept = new ArrayList<>();
            for (String id : site.twins.all()) {
                for (TwinVersion version : site.twins.history(id)) {
                    kept.add(version.toString());
                }
                site.twins.export(site.twins.get(id).reference(), folder.resolve("out-" + kill + "-" + id));
            }
            assertThat(kept).containsAll(acknowledged);
            assertThat(site.audit.verify().faults()).isEmpty();
            // Each version with its entry, or neither.
            assertThat(site.events()).hasSameSizeAs(kept);
        }
    }

    /** Makes twins and revises each three times, saying what is kept, until it is killed. */
    public static final class Writer {

        private static final String CASE = """
                { "case": "c", "anatomy": { "mask": "mask.nii" }, "initial": { "day": 0, "cellularity": "mask.nii" },
                  "growth": { "model": "spreading", "parameters": { "proliferation": "RATE /d" } },
                  "horizon": "6 d", "output": "1 d" }
                """;

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Path caseFile = folder.resolve("case.json");
            Session session = SiteForTests.session("ada", Role.SITE);
            Files.writeString(folder.resolve("mask.nii"), "1 1");
            try (SiteForTests site = new SiteForTests(folder.resolve("site"), arguments[1], Clock.systemUTC())) {
                int number = site.twins.all().size();
                while (number >= 0) {
                    number++;
                    String id = "twin-" + number;
                    Files.writeString(caseFile, CASE.replace("RATE", "1"));
                    System.out.println(site.twins.create(session, id, caseFile, "new"));
                    for (int version = 1; version < 4; version++) {
                        Files.writeString(caseFile, CASE.replace("RATE", Integer.toString(version + 1)));
                        TwinReference from = new TwinReference(id, version);
                        System.out.println(site.twins.revise(session, from, caseFile, "more"));
                    }
                }
            }
        }
    }
}
